"""What differs between two regulations, in the words of the editor's fields: where, what it was, what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fund.core.bilingual import say
from fund.core.moments import clock, day, zone
from fund.core.numerals import num

from ..regulation import Change, Regulation, as_data, differences
from ..sketching import WHOLE
from ..sketching.judging import Ties
from ..sketching.leaves import Check, Choice, Day, Leaf, Moment, Names, Number, Several, Words
from ..sketching.pages import BY_KEY, page_of
from ..sketching.shapes import Cells, Context, Group, Named, Rows
from ..sketching.starting import entered

CLARIFICATIONS = Rows(
    "clarifications",
    Day("on", pgettext_lazy("clarification", "Day")),
    Words("text", pgettext_lazy("clarification", "Text")),
    title=gettext_lazy("Clarifications"),
    one=gettext_lazy("Clarification"),
)
# What a regulation holds and the editor carries unseen is said here too.
ALL = Group("", *(part for part in WHOLE.parts if part.key != CLARIFICATIONS.key), CLARIFICATIONS)
CELL = Number("", "")
IN_LANGUAGE = {"ru": gettext_lazy("in Russian"), "en": gettext_lazy("in English")}
YES = {True: gettext_lazy("yes"), False: gettext_lazy("no")}


@dataclass(frozen=True)
class SaidChange:
    """One difference as a page tells it; `before` or `after` is empty where it is new or gone, `lang` that of a text."""

    where: tuple[str, ...]
    before: str
    after: str
    lang: str = ""


def said_changes(old: Regulation, new: Regulation) -> list[SaidChange]:
    """Every difference from `old` to `new` in words, in the order of the file."""
    sides = [Side.of(old), Side.of(new)]
    # A list of plain choices differs in several places and is told whole, once.
    return list(dict.fromkeys(_said(change, sides) for change in differences(old, new)))


@dataclass(frozen=True)
class Side:
    """One of the two regulations at one place: what stands there, and where the editor has it, None where it has no such row."""

    context: Context
    value: Any
    place: tuple | None = ()

    @classmethod
    def of(cls, regulation: Regulation) -> "Side":
        profile = settings.PROFILE
        programmes = tuple((one.key, say(one.name)) for one in profile.programmes)
        themes = tuple((one.key, say(one.name)) for one in profile.themes)
        return cls(Context(entered(regulation), programmes, themes), as_data(regulation))

    def step(self, step: str | int) -> "Side":
        """The same side one step further; rows with a key are found by it."""
        value = self.value
        if isinstance(value, list):
            keys = [row.get("key") if isinstance(row, dict) else None for row in value]
            n = keys.index(step) if step in keys else step
            is_there = self.place is not None and isinstance(n, int) and n < len(value)
            return Side(self.context, value[n] if is_there else None, (*self.place, n) if is_there else None)
        place = None if self.place is None else (*self.place, step)
        return Side(self.context, value.get(step) if isinstance(value, dict) else None, place)


def _said(change: Change, sides: list[Side]) -> SaidChange:
    steps, before, after = change.at, change.before, change.after
    if steps[:2] == ("rules", "ties") and len(steps) > 3:  # a criterion that parts equals is one step, as in the editor
        steps, before, after = steps[:3], {steps[3]: before}, {steps[3]: after}
    shape: Any = ALL
    where, lang = [], ""
    if change.at[0] != CLARIFICATIONS.key:
        where.append(str(BY_KEY[page_of("-".join(map(str, steps))).partition("/")[0]].title))
    for step in steps:
        above = sides
        sides = [side.step(step) for side in sides]
        if isinstance(shape, Words):
            lang = str(step)
            where.append(str(IN_LANGUAGE[lang]))
        elif isinstance(shape, Named):
            where.append(f"{shape.one} {step}")
            shape = shape.row.parts[1]
        elif isinstance(shape, Rows):
            where.append(_row(shape, sides))
            shape = shape.row
        elif isinstance(shape, Cells):
            where.append(_columns(shape, above).get(str(step), str(step)))
            shape = CELL
        elif isinstance(shape, Several | Names):
            sides, (before, after) = above, (side.value for side in above)
        elif isinstance(shape, Group):
            shape = shape.part(str(step))
            where.append(
                "" if getattr(shape, "apart", False) else str(getattr(shape, "label", "") or getattr(shape, "title", ""))
            )
    if change.kind == "moved":
        where.append(_("order"))
        told = partial(_in_order, shape, sides)
    else:
        told = partial(_value, shape, sides=sides)
    # One name may lead to another place with the same words: a list and the page it stands on.
    where = [words for n, words in enumerate(where) if words and words not in where[:n]]
    return SaidChange(tuple(where), told(before), told(after), lang)


def _row(rows: Rows, sides: Sequence[Side]) -> str:
    """What a row is called: its own words as they are now, else what it is and which."""
    for side in reversed(sides):
        if isinstance(side.value, dict) and (own := say(side.value.get("title") or side.value.get("label"))):
            return own
    place = next((side.place for side in reversed(sides) if side.place), None)
    return f"{rows.one} {place[-1] + 1}" if place else str(rows.one)


def _in_order(rows: Rows, sides: Sequence[Side], keys: Sequence[str] | None) -> str:
    return ", ".join(_row(rows, [side.step(key) for side in sides]) for key in keys or ())


def _columns(cells: Cells, sides: Sequence[Side]) -> dict[str, str]:
    return {key: str(words) for side in sides if side.place for key, words in cells.columns(side.context, side.place)}


def _choices(leaf: Choice, sides: Sequence[Side]) -> dict[str, str]:
    """The choices that either side offers, at the group in which the field stands."""
    return {key: str(words) for side in sides if side.place for key, words in leaf.choices_in(side.context, side.place[:-1])}


def _value(shape: Any, value: Any, sides: Sequence[Side]) -> str:
    """What stands there, as a person would say it."""
    if value is None:
        return ""
    if isinstance(shape, Group):
        return _parts(shape, value, sides)
    if isinstance(shape, Named):
        inner = shape.row.parts[1]
        told = [(f"{shape.one} {key}", _value(inner, one, [side.step(key) for side in sides])) for key, one in value.items()]
        return _joined(told)
    if isinstance(shape, Rows):
        return ", ".join(_listed(shape, value, sides))
    if isinstance(shape, Cells):
        columns = _columns(shape, sides)
        return _joined((columns.get(key, key), _score(one)) for key, one in value.items())
    return _leaf(shape, value, sides)


def _parts(group: Group, value: Any, sides: Sequence[Side]) -> str:
    """Each field that says something, with its label."""
    if not isinstance(value, Mapping):  # a step by which equals are parted is a word, where it is no criterion
        return _tie(group, value, sides)
    told = []
    for part in group.parts:
        one = value.get(part.key)
        # The key of a row is for files, and shows its words instead; what is not said and a plain “no” are left out.
        if one in (None, "", [], {}, False) or part.key == "key":
            continue
        words = _value(part, one, [side.step(part.key) for side in sides])
        told.append((str(getattr(part, "label", "") or part.title), words if isinstance(part, Leaf) else _bracketed(words)))
    if not told:
        return _tie(group, value, sides)
    return told[0][1] if len(told) == 1 else _joined(told)


def _tie(group: Group, value: Any, sides: Sequence[Side]) -> str:
    (row,) = Ties("ties", *group.parts).enter([value], {})
    return _leaf(group.parts[0], row["by"], [side.step("by") for side in sides])


def _listed(rows: Rows, value: list, sides: Sequence[Side]) -> list[str]:
    found = []
    for n, one in enumerate(value):
        step = one["key"] if isinstance(one, dict) and "key" in one else n
        found.append(_bracketed(_value(rows.row, one, [side.step(step) for side in sides])))
    return found


def _leaf(leaf: Any, value: Any, sides: Sequence[Side]) -> str:
    if isinstance(leaf, Words):
        return say(value)
    if isinstance(leaf, Check):
        return str(YES[bool(value)])
    if isinstance(leaf, Choice):
        known = _choices(leaf, sides)
        given = value if isinstance(leaf, Several) else [leaf.enter(value, {})]
        return ", ".join(known.get(str(one), str(one)) for one in given)
    if isinstance(leaf, Names):
        return ", ".join(value) if value else Names.NOBODY
    if isinstance(leaf, Moment | Day):
        return _when(str(value))
    if isinstance(leaf, Number):
        return _score(value)
    return str(value)


def _when(text: str) -> str:
    """The year too: a regulation is read for years; the zone where an instant has one."""
    if len(text) == len("2027-03-22"):
        return day(date.fromisoformat(text), with_year=True)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        return f"{at:%d.%m.%Y, %H:%M}"
    return f"{day(at, with_year=True)}, {clock(at)} {zone(at)}"


def _score(value: Any) -> str:
    return num(value) or _("no score")


def _bracketed(words: str) -> str:
    """What has parts of its own stands in brackets among others."""
    return f"({words})" if "; " in words else words


def _joined(told: Any) -> str:
    return "; ".join(f"{label}: {words}" if label else words for label, words in told)


__all__ = ["SaidChange", "said_changes"]
