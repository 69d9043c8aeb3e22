"""The blocks that an editor's page is drawn of, and the words of its rows."""

from dataclasses import dataclass, field
from typing import Any

from django import forms

from ..sketching.asking import said
from ..sketching.leaves import Check, Leaf, Several
from ..sketching.shapes import Rows


@dataclass
class Block:
    """`kind` names the template that draws it: one, pair, beside, cells, group, rows, table."""

    kind: str
    name: str = ""
    title: Any = ""
    hint: Any = ""
    fields: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    adds: list = field(default_factory=list)  # (value of the button, its words)
    heads: list = field(default_factory=list)  # of a table: the labels of its columns
    path: str = ""  # the row's own page
    was: str = ""
    is_first: bool = False
    is_last: bool = False

    @property
    def ticks(self) -> bool:
        """Has it boxes to tick? They stand in a line of their own."""
        return any(isinstance(field.field, forms.BooleanField) for field in self.fields)

    @property
    def template(self) -> str:
        return f"calls/editor/{self.kind}.html"


def row_words(rows: Rows, row: dict, n: int) -> str:
    """What a row is called: its own words, else what it is and which."""
    own = said(row.get("title") or row.get("label")) if isinstance(row.get("title") or row.get("label"), dict) else ""
    name = row.get("name", "") if isinstance(row.get("name"), str) else ""
    return own or (f"{rows.one} {name}" if name else f"{rows.one} {n + 1}")


def flat(leaf: Leaf, value: Any) -> list:
    """The value as a browser would send it."""
    if isinstance(leaf, Check):
        return ["on"] if value else []
    if isinstance(leaf, Several):
        return list(value)
    return [value]
