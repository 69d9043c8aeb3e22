"""The editor's pages: which part of a sketch each shows, in the order of its rail; which page a fault belongs to."""

import copy
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .asking import COSTS, ELIGIBILITY, SECTIONS, said
from .judging import CRITERIA, REVIEW, SCORING
from .leaves import Given
from .passport import CURATOR, ENVELOPE, GRANT, LETTERS, PASSPORT, SELECTION, TIMELINE
from .proving import EXAMPLES
from .shapes import Data, Group, Rows, value_at


@dataclass(frozen=True)
class Part:
    """One line of the rail: its pages begin at `steps`; `rows` are the keys of lists whose rows have pages of their own."""

    key: str
    title: Any
    lead: Any
    shape: Any
    steps: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    own: tuple[str, ...] = ()  # names that begin so belong here


PARTS = (
    Part("passport", _("Passport"), _("What the call is, and for whom."), Group("", PASSPORT, CURATOR), own=("call", "curator")),
    Part("timeline", _("Dates"), _("Each not before the one above it."), Group("", TIMELINE), own=("timeline",)),
    Part(
        "money",
        _("Money and selection"),
        _("How much there is, how much one may ask for, and how it is divided."),
        Group("", ENVELOPE, Group("costs", *GRANT), Group("rules", SELECTION)),
        own=("money", "costs-least", "costs-most", "rules-selection"),
    ),
    Part(
        "eligibility",
        pgettext_lazy("editor", "Who may apply"),
        _("Asked before a draft is begun. Whoever answers otherwise reads why they cannot apply, and what fits them."),
        ELIGIBILITY,
        ("eligibility",),
        ("",),
        own=("eligibility",),
    ),
    Part(
        "questions",
        _("Questions of the form"),
        _("What every applicant is asked."),
        SECTIONS,
        ("questions",),
        ("sections", "questions"),
        own=("questions",),
    ),
    Part("costs", _("Cost table"), _("What a budget may hold."), Group("", Group("costs", *COSTS)), own=("costs",)),
    Part("review", pgettext_lazy("editor", "Experts"), _("Who judges, and what they see."), Group("", REVIEW), own=("review",)),
    Part(
        "criteria",
        _("Criteria and scores"),
        _("What experts score, on which scale, and how much it weighs."),
        CRITERIA,
        ("rules", "criteria"),
        ("",),
        own=("rules-criteria",),
    ),
    Part(
        "scoring",
        _("Totals and thresholds"),
        _("How sheets become a total, who passes, who stands higher of equals."),
        Group("", Group("rules", *SCORING)),
        own=("rules",),
    ),
    Part(
        "examples",
        _("Worked examples"),
        _("Small competitions whose result is known. A call opens only when all of them come out right."),
        EXAMPLES,
        ("rules", "examples"),
        ("",),
        own=("rules-examples",),
    ),
    Part(
        "letters",
        _("Words of the letters"),
        _("What the fund adds to its letters. All of it may stay empty."),
        Group("", LETTERS),
        own=("letters",),
    ),
)
BY_KEY = {part.key: part for part in PARTS}


@dataclass(frozen=True)
class Page:
    """One page: the part it belongs to, the rows that lead to it, the place and the shape of what it shows."""

    part: Part
    numbers: tuple[int, ...]
    steps: tuple[str | int, ...]
    shape: Any

    @property
    def path(self) -> str:
        return "/".join([self.part.key, *map(str, self.numbers)])

    @property
    def name(self) -> str:
        return "-".join(map(str, self.steps))

    def merged(self, data: Data, given: Given) -> Data:
        """The sketch with what was sent from this page; what the page does not show stays."""
        return put(data, self.steps, self.shape.merge(value_at(data, self.steps), given, self.name))

    def token(self, data: Data) -> str:
        """What the page showed: another token now means that somebody has changed it."""
        return sha256(json.dumps(self.shape.shown_of(value_at(data, self.steps)), sort_keys=True).encode()).hexdigest()[:24]

    def title_in(self, data: Data) -> Any:
        if not self.numbers:
            return self.part.title
        row = value_at(data, self.steps) or {}
        return said(row.get("title") or row.get("label")) or f"{row_word(self)} {self.numbers[-1] + 1}"

    @property
    def above(self) -> "tuple[str, ...]":
        """The paths of the pages above this one, outermost first."""
        return tuple("/".join([self.part.key, *map(str, self.numbers[:n])]) for n in range(len(self.numbers)))


def row_word(page: Page) -> str:
    lists = {"eligibility": (ELIGIBILITY,), "criteria": (CRITERIA,), "examples": (EXAMPLES,)}
    sections = SECTIONS.parts[0]
    found = lists.get(page.part.key, (sections, sections.row.part("questions")))
    return str(found[len(page.numbers) - 1].one)


def put(data: Data, steps: tuple, value: Any) -> Data:
    """A copy of the sketch with this value at that place."""
    if not steps:
        return value
    made = copy.copy(data) if data else {}
    made[steps[0]] = put(made[steps[0]] if isinstance(steps[0], int) else made.get(steps[0]), steps[1:], value)  # type: ignore[index]
    return made


def page_at(path: str, data: Data) -> Page | None:
    """The page of an address (`questions/0/3`); None where the sketch has no such row."""
    key, *rest = path.strip("/").split("/")
    part = BY_KEY.get(key)
    if part is None or len(rest) > len(part.rows) or not all(one.isascii() and one.isdigit() and len(one) < 4 for one in rest):
        return None
    steps: tuple[str | int, ...] = part.steps
    shape: Any = part.shape
    for number, list_key in zip(map(int, rest), part.rows, strict=False):
        if list_key:
            steps, shape = (*steps, list_key), shape.part(list_key)
        steps, shape = (*steps, number), shape.row
        if value_at(data, steps) is None:
            return None
    return Page(part, tuple(map(int, rest)), steps, shape)


def pages_of(data: Data) -> list[Page]:
    """Every page of a sketch, lists before their rows."""
    found: list[Page] = []

    def follow(path: str) -> None:
        page = page_at(path, data)
        if page is None:
            return
        found.append(page)
        if len(page.numbers) < len(page.part.rows):
            key = page.part.rows[len(page.numbers)]
            for number in range(len(value_at(data, (*page.steps, *([key] if key else []))) or [])):
                follow(f"{path}/{number}")

    for part in PARTS:
        follow(part.key)
    return found


def page_of(name: str) -> str:
    """The address of the page where a named place is mended: the row's own page, if it has one."""
    part = max(
        (part for part in PARTS if any(name == own or name.startswith(f"{own}-") for own in part.own)),
        key=lambda part: max(len(own) for own in part.own if name == own or name.startswith(f"{own}-")),
        default=PARTS[0],
    )
    if not part.rows:
        return part.key
    steps = name.split("-")[len(part.steps) :]
    numbers = []
    for key in part.rows:
        if key and (not steps or steps.pop(0) != key):
            break
        if not steps or not steps[0].isdigit():
            break
        numbers.append(steps.pop(0))
    return "/".join([part.key, *numbers])


__all__ = ["BY_KEY", "PARTS", "Page", "Part", "Rows", "page_at", "page_of", "pages_of", "put"]
