"""A table that people fill row by row: plain buttons add a row, take one away, put it back; the server does it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from fund.core.bilingual import say

from ..schema import Column
from ..validation import MOST_ITEMS

Row = dict[str, str]
PLACE = re.compile(r"\d{1,3}", re.ASCII)
NUMERIC = ("number", "money")


class RowsInput(forms.Widget):
    """Cells are named <name>-<row>-<column>; the value is a list of rows {column: text}.

    The buttons send add=<name>, drop=<name>-<row>, restore=<name>-<row>; the row to put back is <name>-gone-….
    """

    template_name = "questions/rows.html"

    def __init__(self, columns: Iterable[Column] = (), most: int | None = None, attrs: dict | None = None):
        super().__init__(attrs)
        self.columns, self.most = tuple(columns), min(most or MOST_ITEMS, MOST_ITEMS)
        self.blank = 1  # rows that stand ready below the filled ones
        self.is_new = False  # the last row has just been asked for
        self.gone: Row | None = None
        self.gone_at = 0

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    def get_columns(self) -> list[dict]:
        """What the head of each column says."""
        return [
            {
                "key": column.key,
                "label": say(column.label),
                "is_numeric": column.type in NUMERIC,
                "unit": "₽" if column.type == "money" else "",
                "is_optional": not column.required,
            }
            for column in self.columns
        ]

    def is_blank(self, row: Row) -> bool:
        return not any(cell.strip() for cell in row.values())

    # What was sent ---------------------------------------------------------------------------------------------------

    def value_from_datadict(self, data: Mapping, files: Any, name: str) -> list[Row]:
        """The rows as sent, the pressed button obeyed; rows without a word are left out."""
        rows = self._sent(data, name)
        if (at := self._dropped_at(data, name)) is not None:
            del rows[at]
        if (at := place_of(data.get("restore"), name)) is not None:
            rows.insert(at, self._row(data, f"{name}-gone"))
        return [row for row in rows if not self.is_blank(row)]

    def value_omitted_from_data(self, data: Mapping, files: Any, name: str) -> bool:
        return not places(data, name)

    def follow(self, data: Mapping, name: str) -> None:
        """Draws what the pressed button asked for: one more blank row, or the way back for the row taken away."""
        sent = self._sent(data, name)
        if data.get("add") == name:
            self.is_new, self.blank = True, 1 + sum(map(self.is_blank, sent))
        if (at := self._dropped_at(data, name)) is not None and not self.is_blank(sent[at]):
            self.gone, self.gone_at = sent[at], at

    def _sent(self, data: Mapping, name: str) -> list[Row]:
        return [self._row(data, f"{name}-{place}") for place in places(data, name)]

    def _row(self, data: Mapping, start: str) -> Row:
        return {key: data.get(f"{start}-{key}", "") for key in self.keys}

    def _dropped_at(self, data: Mapping, name: str) -> int | None:
        """The index, among the rows sent, of the one whose button was pressed."""
        place, sent = place_of(data.get("drop"), name), places(data, name)
        return sent.index(place) if place in sent else None

    # What is shown ---------------------------------------------------------------------------------------------------

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-{self.keys[0]}" if id_ and self.keys else id_

    def get_context(self, name: str, value: Any, attrs: Any) -> dict:
        context = super().get_context(name, value, attrs)
        drawn, columns = context["widget"]["attrs"], self.get_columns()
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        rows = [*rows, *({} for _ in range(min(self.blank, self.most - len(rows))))]
        root = drawn.get("id", f"id_{name}")
        context["widget"].update(
            columns=columns,
            rows=[
                {
                    "place": place,
                    "number": place + 1,
                    "cells": self._cells(columns, f"{name}-{place}", f"{root}-{place}", row),
                    "is_new": self.is_new and place == len(rows) - 1,
                }
                for place, row in enumerate(rows)
            ],
            is_full=len(rows) >= self.most,
            is_wrong=bool(drawn.get("aria-invalid")),
            described=drawn.get("aria-describedby", ""),
            gone={"place": self.gone_at, "number": self.gone_at + 1, "cells": self._cells(columns, f"{name}-gone", "", self.gone)}
            if self.gone
            else None,
        )
        return context

    def _cells(self, columns: list[dict], name: str, root: str, row: Row) -> list[dict]:
        return [
            {**column, "name": f"{name}-{column['key']}", "id": f"{root}-{column['key']}", "value": row.get(column["key"], "")}
            for column in columns
        ]


def places(data: Mapping, name: str) -> list[int]:
    """The numbers of the rows that were sent, in order; a browser may have left gaps, and none is made up."""
    start = f"{name}-"
    found = (key[len(start) :].split("-", 1) for key in data if key.startswith(start))
    numbers = {int(parts[0]) for parts in found if len(parts) == 2 and PLACE.fullmatch(parts[0])}
    return sorted(numbers)[:MOST_ITEMS]


def place_of(pressed: str | None, name: str) -> int | None:
    """The row of a pressed button of this table; None for another's."""
    start, _, place = (pressed or "").rpartition("-")
    return int(place) if start == name and PLACE.fullmatch(place) else None
