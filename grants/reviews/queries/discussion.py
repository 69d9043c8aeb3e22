"""A discussion as its reader may see it: who speaks under which name, the scores side by side, what changed, what was said."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from fund.core.bilingual import say

from ..drawing import letter
from ..marks import values_of
from ..models import Discussion, HandIn, Message, Sheet
from .disagreement import Side, Voice, side_by_side


@dataclass(frozen=True)
class Change:
    """One score changed after it was handed in: both values stay side by side."""

    name: str
    at: datetime
    why: str
    steps: list[tuple[str, Decimal | None, Decimal | None]]


@dataclass(frozen=True)
class Said:
    """One message, with the name its author has in this discussion."""

    name: str
    is_own: bool
    message: Message


@dataclass(frozen=True)
class Talk:
    voices: list[Voice]
    sides: list[Side]
    changes: list[Change]
    said: list[Said]


def talk_of(application: Any, discussion: Discussion | None, *, own: Sheet | None = None) -> Talk:
    """What is on the table. `own` is the reading expert's sheet; without it an officer or director reads, who see names.

    An expert sees the others' scores where the regulation shows them, and never a name unless it says so; in five queries.
    """
    review = application.regulation.review
    shown = Sheet.objects.filter(application=application).submitted().select_related("current", "expert__person")
    if own is not None and review.others_visible != "after_own":
        shown = shown.filter(pk=own.pk)
    naming = Naming(discussion, own, is_named=own is None or review.discussion == "named")
    voices = sorted((naming.voice(sheet) for sheet in shown), key=lambda voice: (not voice.is_own, voice.name))
    rules = application.regulation.rules
    return Talk(voices, side_by_side(rules, voices), _changes(rules, voices), _said(discussion, naming))


@dataclass(frozen=True)
class Naming:
    """Under which name a sheet's expert appears to this reader."""

    discussion: Discussion | None
    own: Sheet | None
    is_named: bool

    def of(self, sheet: Sheet) -> str:
        if self.own is not None and sheet.pk == self.own.pk:
            return _("You")
        place = self.discussion and self.discussion.voices.get(str(sheet.pk))
        if place is None:
            return sheet.expert.person.short_name if self.is_named else _("An expert")
        words = _("Expert %(letter)s") % {"letter": letter(place)}
        return f"{words} · {sheet.expert.person.short_name}" if self.is_named else words

    def voice(self, sheet: Sheet) -> Voice:
        return Voice(self.of(sheet), sheet, self.own is not None and sheet.pk == self.own.pk)


def _said(discussion: Discussion | None, naming: Naming) -> list[Said]:
    if discussion is None:
        return []
    messages = discussion.messages.select_related("sheet__expert__person").order_by("written_at", "pk")
    return [Said(naming.of(one.sheet), bool(naming.own and one.sheet_id == naming.own.pk), one) for one in messages]


def _changes(rules: Any, voices: list[Voice]) -> list[Change]:
    """Every hand-in that carries a reason, beside the one before it; the latest first."""
    of_sheet: dict[int, list[HandIn]] = defaultdict(list)
    for one in HandIn.objects.filter(sheet__in=[voice.sheet.pk for voice in voices]).order_by("sheet", "number"):
        of_sheet[one.sheet_id].append(one)
    found = []
    for voice in voices:
        hand_ins = of_sheet[voice.sheet.pk]
        for before, after in pairwise(hand_ins):
            if after.why:
                found.append(Change(voice.name, after.submitted_at, after.why, _steps(rules, before, after)))
    return sorted(found, key=lambda change: change.at, reverse=True)


def _steps(rules: Any, before: HandIn, after: HandIn) -> list[tuple[str, Decimal | None, Decimal | None]]:
    old, new = values_of(before.scores), values_of(after.scores)
    keys = [criterion for criterion in rules.scored if old.get(criterion.key) != new.get(criterion.key)]
    return [(say(criterion.title), old.get(criterion.key), new.get(criterion.key)) for criterion in keys]
