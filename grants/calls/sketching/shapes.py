"""What a sketch is built of: groups of fields, rows of groups, tables of cells; their way into a regulation and out of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from fund.core.parts import N_

from .leaves import MISSING, NA, Given, Key, Leaf, one, plain_number, read_score

ROW = re.compile(r"(\d{1,3})(?:-|$)", re.ASCII)
CELL = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
WAS = "was"  # the key that a row had when its page was drawn

Data = dict[str, Any]


@dataclass
class Places:
    """Where each place of the regulation stands in the sketch, by name: what a fault found there belongs to."""

    names: dict[tuple, str] = field(default_factory=dict)
    # What no regulation could hold, so that its schema cannot say it: (name, code, sentence, facts).
    wrong: list[tuple[str, str, str, dict]] = field(default_factory=list)

    def name_of(self, at: tuple) -> str:
        known = at
        while known not in self.names and known:
            known = known[:-1]
        return "-".join(filter(None, (self.names.get(known, ""), *map(str, at[len(known) :]))))


@dataclass(frozen=True)
class Context:
    """What the choices of a field depend on: the whole sketch, and what the fund knows."""

    data: Data
    programmes: tuple[tuple[str, Any], ...] = ()
    themes: tuple[tuple[str, Any], ...] = ()
    officers: tuple[tuple[str, Any], ...] = ()


class Group:
    """Fields under one key. `always`: an empty one still stands in the regulation, because its presence says something."""

    blank: ClassVar[Any] = {}

    def __init__(
        self,
        key: str,
        *parts: Any,
        title: Any = "",
        hint: Any = "",
        when: Callable[[Mapping], bool] | None = None,
        always: bool = False,
    ):
        self.key, self.parts, self.title, self.hint, self.when, self.always = key, parts, title, hint, when, always

    def part(self, key: str) -> Any:
        return next((part for part in self.parts if part.key == key), None)

    def stands_in(self, row: Mapping) -> bool:
        return self.when is None or self.when(row) or not self.is_blank(row.get(self.key))

    def is_blank(self, value: Any) -> bool:
        return not value or all(part.is_blank(value.get(part.key)) for part in self.parts)

    def merge(self, stored: Any, given: Given, name: str) -> Data:
        kept = dict(stored or {})
        # What one field says may make another stand: those are asked by what was stored, as the page was drawn.
        for part in [part for part in self.parts if part.stands_in(stored or {})]:
            value = part.merge(kept.get(part.key), given, join(name, part.key))
            # Said and left empty is the same as not said. A group may hold more than this page shows of it.
            if not getattr(part, "always", False) and (not value if isinstance(part, Group) else part.is_blank(value)):
                kept.pop(part.key, None)
            else:
                kept[part.key] = value
        return kept

    def shown_of(self, value: Any) -> Data:
        return {part.key: part.shown_of((value or {}).get(part.key)) for part in self.parts}

    def enter(self, value: Any, beside: Mapping) -> Data:
        return {part.key: part.enter(value[part.key], value) for part in self.parts if value.get(part.key) is not None}

    def leave(self, value: Any, at: tuple, name: str, places: Places) -> Any:
        places.names[at] = name
        made = {}
        for part in self.parts:
            left = leave(part, (value or {}).get(part.key), (*at, part.key), join(name, part.key), places, value or {})
            if left is not MISSING:
                made[part.key] = left
        return made if made or (self.always and value is not None) else MISSING


class Rows:
    """A list of groups. `one` names a row; `adds` are its buttons: (kind, words, the new row); `apart`: each row has a page.

    `brief`: the fields that stand on the list's own page for a row that has a page too; `note(row)` a few words about it
    there. `is_table`: a row is a line of fields.
    """

    blank: ClassVar[Any] = []

    def __init__(
        self,
        key: str,
        *parts: Any,
        title: Any = "",
        hint: Any = "",
        one: Any = "",
        adds: tuple[tuple[str, Any, Data], ...] = (),
        stem: str = "",
        apart: bool = False,
        brief: tuple[Any, ...] = (),
        note: Callable[[Mapping], Any] | None = None,
        is_table: bool = False,
        most: int = 60,
        when: Callable[[Mapping], bool] | None = None,
        always: bool = False,
    ):
        self.key, self.title, self.hint, self.one, self.adds, self.stem = key, title, hint, one, adds, stem
        self.apart, self.most, self.when, self.always = apart, most, when, always
        self.note, self.is_table = note, is_table
        self.row = Group("", *parts)
        self.drawn = Group("", *brief) if apart else self.row

    def stands_in(self, row: Mapping) -> bool:
        return self.when is None or self.when(row) or bool(row.get(self.key))

    def is_blank(self, value: Any) -> bool:
        return not value

    def merge(self, stored: Any, given: Given, name: str) -> list[Data]:
        rows, sent = list(stored or []), rows_in(given, name)
        if not self.apart:
            return [self.row.merge(rows[n] if n < len(rows) else {}, given, f"{name}-{n}") for n in sent]
        if not self.drawn.parts:
            return rows
        # Rows are found by the key they had: somebody may have moved them since.
        drawn = {one(given, f"{name}-{n}-{WAS}"): n for n in sent}
        return [self.drawn.merge(row, given, f"{name}-{drawn[row['key']]}") if row.get("key") in drawn else row for row in rows]

    def shown_of(self, value: Any) -> list[Any]:
        return [(row.get("key"), self.drawn.shown_of(row)) for row in value or []]

    def enter(self, value: Any, beside: Mapping) -> list[Data]:
        return [self.row.enter(row, {}) for row in value]

    def leave(self, value: Any, at: tuple, name: str, places: Places) -> Any:
        made: list[Any] = []
        for n, row in enumerate(value or []):
            if not self.apart and self.row.is_blank(row):
                continue  # a row that nobody has written in
            left = self.row.leave(row, (*at, len(made)), f"{name}-{n}", places)
            made.append({} if left is MISSING else left)
        places.names[at] = name
        return made if made or (self.always and value is not None) else MISSING


class Named(Rows):
    """Rows that a regulation keeps by name: {"first": …}. Each has its `name` and what stands under it, `is`."""

    def __init__(self, key: str, name: Leaf, inner: Any, **kwargs: Any):
        super().__init__(key, name, inner, **kwargs)

    def enter(self, value: Any, beside: Mapping) -> list[Data]:
        name, inner = self.row.parts
        return [{"name": name.enter(key, {}), "is": inner.enter(one, {})} for key, one in value.items()]

    def leave(self, value: Any, at: tuple, name: str, places: Places) -> Any:
        made: Data = {}
        for n, row in enumerate(value or []):
            key = row.get("name") or ""
            if not key and self.row.is_blank(row):
                continue
            if not key or key in made:
                code, sentence = ("twice", N_("the key “{key}” stands twice")) if key else ("missing", N_("this is missing"))
                places.wrong.append((f"{name}-{n}-name", code, sentence, {"key": key}))
                continue
            left = leave(self.row.parts[1], row.get("is"), (*at, key), f"{name}-{n}-is", places, row)
            made[key] = {} if left is MISSING else left
        places.names[at] = name
        return made if made else MISSING


class Cells:
    """A number for each of some columns: {"use": "4"}. `columns(context, at)` gives (key, words); others that are kept show too."""

    blank: ClassVar[Any] = {}

    def __init__(self, key: str, columns: Callable, *, title: Any = "", hint: Any = "", is_score: bool = False):
        self.key, self.columns, self.title, self.hint, self.is_score = key, columns, title, hint, is_score
        self.when = None

    def stands_in(self, row: Mapping) -> bool:
        return True

    def is_blank(self, value: Any) -> bool:
        return not any((value or {}).values())

    def columns_in(self, context: Context, at: tuple, value: Any) -> list[tuple[str, Any]]:
        known = list(self.columns(context, at))
        return known + [(key, key) for key in value or {} if key not in dict(known)]

    def shown_of(self, value: Any) -> Data:
        return value or {}

    def merge(self, stored: Any, given: Given, name: str) -> Data:
        kept, read = dict(stored or {}), read_score if self.is_score else plain_number
        for sent in given:
            if sent.startswith(f"{name}-") and CELL.fullmatch(key := sent[len(name) + 1 :]):
                kept[key] = read(one(given, sent))
        return {key: value for key, value in kept.items() if value}

    def enter(self, value: Any, beside: Mapping) -> Data:
        return {key: NA if number is None else plain_number(str(number)) for key, number in value.items()}

    def leave(self, value: Any, at: tuple, name: str, places: Places) -> Any:
        places.names[at] = name
        return {key: number for key, number in (value or {}).items() if number} or MISSING


def leave(part: Any, value: Any, at: tuple, name: str, places: Places, beside: Mapping) -> Any:
    if isinstance(part, Leaf):
        places.names[at] = name
        return part.leave(value, beside)
    return part.leave(value, at, name, places)


def join(name: str, key: str) -> str:
    return f"{name}-{key}" if name and key else name or key


def rows_in(given: Given, name: str) -> list[int]:
    """The numbers of the rows that were sent, ascending."""
    start = f"{name}-"
    found = (ROW.match(sent[len(start) :]) for sent in given if sent.startswith(start))
    return sorted({int(row[1]) for row in found if row})


def shape_at(shape: Any, steps: tuple) -> Any:
    """The part of the sketch's shape that these steps lead to; None where they lead nowhere."""
    for step in steps:
        if isinstance(shape, Rows):
            shape = shape.row if isinstance(step, int) else None
        else:
            shape = shape.part(str(step)) if isinstance(shape, Group) else None
        if shape is None:
            return None
    return shape


def value_at(data: Any, steps: tuple) -> Any:
    """What stands there; None where nothing does."""
    for step in steps:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def steps_of(name: str) -> tuple[str | int, ...]:
    """`rules-criteria-0` as ("rules", "criteria", 0)."""
    return tuple(int(step) if step.isascii() and step.isdigit() else step for step in name.split("-") if step)


__all__ = ["MISSING", "Cells", "Context", "Data", "Group", "Key", "Named", "Places", "Rows", "shape_at", "steps_of", "value_at"]
