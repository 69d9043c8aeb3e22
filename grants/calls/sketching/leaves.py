"""The fields of a sketch: what each reads from a form, what it becomes in a regulation, and back.

A leaf's name is its path from the root joined by hyphens (`rules-criteria-0-weight`); keys never hold a hyphen.
`enter(value, beside)` takes a regulation's value, `leave(value, beside)` gives it back; `beside` is the group it stands in.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from fund.core.parts import written

from ..regulation.timeline import zones


class Missing:
    """Nothing is said: the key stays out of the regulation."""

    def __bool__(self) -> bool:
        return False


MISSING = Missing()
NA = "n/a"
SPACES = re.compile(r"[\s\u00a0\u202f\u2009₽]")
NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)
MINUTES = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
Given = Mapping[str, Any]


class Leaf:
    """One field. `when(row)`: stands only where its row asks for it; `default`: what holds where nothing is said."""

    blank: ClassVar[Any] = ""
    is_short = False

    def __init__(
        self,
        key: str,
        label: Any,
        hint: Any = "",
        *,
        optional: bool = True,
        quiet: bool = False,
        default: Any = None,
        unless: Callable[[Mapping], bool] | None = None,
        when: Callable[[Mapping], bool] | None = None,
        form: Any = "",
        outside: bool = False,
    ):
        self.key, self.label, self.hint, self.optional = key, label, hint, optional
        self.quiet = quiet  # may stay empty without saying so at each of many
        self.default, self.unless, self.when = default, unless, when
        self.form = form  # what a value looks like, in words, where the schema could only show a pattern
        self.outside = outside  # stands in the editor and in no regulation

    def stands_in(self, row: Mapping) -> bool:
        """Is it asked here? What is kept under it shows it too: nothing typed may hide."""
        return self.when is None or self.when(row) or not self.is_blank(row.get(self.key))

    def is_blank(self, value: Any) -> bool:
        return value in (None, "", [], {})

    def shown(self, value: Any, beside: Mapping) -> Any:
        """What stands in the field."""
        if not self.is_blank(value):
            return value
        return self.blank if self.default is None or (self.unless and self.unless(beside)) else self.default

    def merge(self, stored: Any, given: Given, name: str) -> Any:
        """What is kept after a form was sent: a field it did not have stays as it was, a default is not written down."""
        if name not in given:
            return stored
        value = self.read(given, name)
        return self.blank if value == self.default else value

    def read(self, given: Given, name: str) -> Any:
        return one(given, name).strip()

    def shown_of(self, value: Any) -> Any:
        """What a page that has this field shows of what is kept."""
        return None if self.is_blank(value) else value

    def enter(self, value: Any, beside: Mapping) -> Any:
        return value

    def leave(self, value: Any, beside: Mapping) -> Any:
        return MISSING if self.outside or self.is_blank(value) else value


class Line(Leaf):
    """A line of text."""


class Key(Line):
    """The name of a row in files and tables; the editor gives one to each new row."""

    is_short = True


class Words(Leaf):
    """A text in both languages: two fields, name-ru and name-en. Kept to the letter, line ends as everywhere but on the wire."""

    blank: ClassVar[Any] = {}

    def __init__(self, *args: Any, is_long: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_long = is_long

    def is_blank(self, value: Any) -> bool:
        return not value or not any(value.values())

    def merge(self, stored: Any, given: Given, name: str) -> Any:
        return {
            lang: one(given, f"{name}-{lang}").replace("\r\n", "\n")
            if f"{name}-{lang}" in given
            else (stored or {}).get(lang, "")
            for lang in ("ru", "en")
        }

    def enter(self, value: Any, beside: Mapping) -> Any:
        return {"ru": value, "en": ""} if isinstance(value, str) else {"ru": value.get("ru", ""), "en": value.get("en", "")}

    def leave(self, value: Any, beside: Mapping) -> Any:
        return MISSING if self.is_blank(value) else {"ru": value["ru"], **({"en": value["en"]} if value["en"] else {})}


class Number(Leaf):
    """A number as people type it: 0,5 and 0.5; what is none is kept as it stands, and the schema says so."""

    is_short = True

    def read(self, given: Given, name: str) -> str:
        return plain_number(one(given, name))

    def enter(self, value: Any, beside: Mapping) -> str:
        return plain_number(str(value))


class Whole(Number):
    """A whole number."""


class Money(Number):
    """Roubles."""


class Score(Number):
    """A number, or N/A: in a regulation None."""

    def read(self, given: Given, name: str) -> str:
        return read_score(one(given, name))

    def enter(self, value: Any, beside: Mapping) -> str:
        return NA if value is None else plain_number(str(value))


class Check(Leaf):
    """Yes or no. A page that has the box and sends nothing for it means no."""

    blank: ClassVar[Any] = None
    is_short = True

    def is_blank(self, value: Any) -> bool:
        return value is None

    def merge(self, stored: Any, given: Given, name: str) -> bool | None:
        checked = name in given
        return None if checked == bool(self.default) else checked


class Choice(Leaf):
    """One of some: `choices` as (value, words) pairs, or a function of the context and the place that gives them."""

    is_short = True

    def __init__(self, *args: Any, choices: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.choices = choices

    def choices_in(self, context: Any, at: tuple) -> list[tuple[str, Any]]:
        return list(self.choices(context, at) if callable(self.choices) else self.choices)


class YesNo(Choice):
    """Yes, no, or not said."""

    def enter(self, value: Any, beside: Mapping) -> str:
        return "yes" if value else "no"

    def leave(self, value: Any, beside: Mapping) -> Any:
        return {"yes": True, "no": False}.get(value, MISSING)


class Several(Choice):
    """Some of many, in the order in which they were chosen first."""

    blank: ClassVar[Any] = []
    is_short = False

    def merge(self, stored: Any, given: Given, name: str) -> list[str]:
        return [SPACES.sub("", value)[:200] for value in many(given, name)]

    def enter(self, value: Any, beside: Mapping) -> list[str]:
        return [str(item) for item in value]


class Names(Leaf):
    """A list of names, one a line; a dash alone is a list of nobody."""

    NOBODY = "—"

    def read(self, given: Given, name: str) -> str:
        return one(given, name).replace("\r\n", "\n").strip("\n")

    def enter(self, value: Any, beside: Mapping) -> str:
        return "\n".join(value) if value else self.NOBODY

    def leave(self, value: Any, beside: Mapping) -> Any:
        if self.is_blank(value):
            return MISSING
        lines = [line.strip() for line in value.split("\n") if line.strip()]
        return [] if lines == [self.NOBODY] else lines


class Moment(Leaf):
    """The clock on the wall: `2027-03-15T18:00`, in the zone that stands beside it where there is one."""

    def enter(self, value: Any, beside: Mapping) -> str:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None or beside.get("zone") not in zones():
            return value.removesuffix(":00") if MINUTES.fullmatch(value.removesuffix(":00")) else value
        zone = ZoneInfo(beside["zone"])
        wall = moment.astimezone(zone).replace(tzinfo=None)
        if wall.replace(tzinfo=zone) != moment:  # the clock shows this hour twice
            return value
        return wall.isoformat(timespec="minutes") if not (wall.second or wall.microsecond) else wall.isoformat()


class Day(Leaf):
    """A day."""


class Same(Leaf):
    """What the editor carries and shows nowhere."""

    def __init__(self, key: str):
        super().__init__(key, "")

    def stands_in(self, row: Mapping) -> bool:
        return False

    def merge(self, stored: Any, given: Given, name: str) -> Any:
        return stored


def one(given: Given, name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""


def many(given: Given, name: str) -> Iterable[str]:
    return given.getlist(name) if hasattr(given, "getlist") else given.get(name, ())


def plain_number(text: str) -> str:
    """`1 250 000,50` as 1250000.5; anything that is no number as it was typed."""
    digits = SPACES.sub("", text).replace(",", ".").replace("−", "-")
    return written(Decimal(digits)) if NUMBER.fullmatch(digits) else text.strip()


def read_score(text: str) -> str:
    return NA if text.strip().lower() in (NA, "н/о", "нет", "na") else plain_number(text)
