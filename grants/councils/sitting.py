"""A meeting of a call's council as its page and its protocol tell it: seats, the agenda with votes and results, sums of the call."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Value

from grants.applications.models import Application
from grants.reviews.models import Conflict
from grants.reviews.queries import Ranked, ranking_of

from .gathering import Gathering, Voted
from .models import SUGGESTED, TONES, Decision, Entry, Item, Meeting, Member
from .queries.votes import Seats, counts_of

ZERO = Decimal("0.00")


@dataclass
class AgendaLine(Voted):
    """One item: its applications in the order of the ranking, how the vote stands, what came of it."""

    applications: list[Application]
    rows: list[Ranked]
    decisions: list[Decision]
    recused: list[tuple[Member, str]]  # and what ties them, in words
    is_cut: bool = False  # the last one that the ranking funds within the envelope

    @property
    def is_list(self) -> bool:
        return len(self.applications) > 1

    @property
    def row(self) -> Ranked | None:
        return self.rows[0] if self.rows else None

    @property
    def last_row(self) -> Ranked | None:
        return self.rows[-1] if self.rows else None

    @property
    def application(self) -> Application:
        return self.applications[0]

    @property
    def decision(self) -> Decision | None:
        return self.decisions[0] if self.decisions and not self.is_list else None

    @property
    def tone(self) -> str:
        return TONES[self.decision.outcome] if self.decision else self.state.tone

    @property
    def departs(self) -> bool:
        """Is something else proposed than the ranking says?"""
        if self.is_list or self.row is None or not self.item.outcome:
            return False
        same = SUGGESTED.get(self.row.outcome) == self.item.outcome
        return not same or (self.item.outcome == "fund" and self.item.amount != self.row.amount)

    @property
    def funded(self) -> int:
        return self.tells("fund")

    @property
    def reserved(self) -> int:
        return self.tells("reserve")

    @property
    def declined(self) -> int:
        return self.tells("decline")

    def tells(self, outcome: str) -> int:
        """How many of a list got this outcome."""
        return sum(one.outcome == outcome for one in self.decisions)


@dataclass
class Sitting(Gathering):
    """A meeting of a call's council. `hidden`: items that a conflict closes to the reader."""

    hidden: int
    given: Decimal
    asked: Decimal
    cut: Decimal
    funded: int

    @property
    def recusals(self) -> int:
        return sum(len(line.recused) for line in self.lines)

    @property
    def recused_items(self) -> int:
        return sum(bool(line.recused) for line in self.lines)


def sitting_of(meeting: Meeting, *, now: datetime, reader: Any = None) -> Sitting:
    """The meeting as this reader may see it; None sees all. A constant number of queries."""
    told = Exists(Item.objects.visible_to(reader).filter(pk=OuterRef("pk"))) if reader else Value(True)
    every = list(meeting.items.annotate(is_told=told))
    items = [item for item in every if item.is_told]
    for item in items:
        item.meeting = meeting
    entries: dict[int, list[Application]] = defaultdict(list)
    for entry in Entry.objects.filter(item__in=items).select_related("application"):
        entries[entry.item_id].append(entry.application)
    members = list(meeting.members.select_related("account__person"))
    ties = _words_of_ties(members, [one.pk for listed in entries.values() for one in listed])
    seats = Seats(members, {pk: [one.pk for one in listed] for pk, listed in entries.items()}, set(ties))
    counts = counts_of(meeting, items, seats)
    standing = list(
        Decision.objects.filter(application__call=meeting.call)
        .exclude(outcome_of=None)
        .select_related("application")
        .order_by("pk")
    )
    ranked = {row.pk: row for row in ranking_of(meeting.call, now=now)}
    order = {pk: place for place, pk in enumerate(ranked)}
    lines = []
    for item in items:
        applications = sorted(entries[item.pk], key=lambda one: order.get(one.pk, len(order)))
        rows = [ranked[one.pk] for one in applications if one.pk in ranked]
        recused = [(seat, ties[seat.pk, one.pk]) for one in applications for seat in members if (seat.pk, one.pk) in ties]
        decided = [one for one in standing if one.item_id == item.pk]
        lines.append(AgendaLine(item, counts[item.pk], applications, rows, decided, recused))
    within = [line for line in lines if line.last_row and line.last_row.outcome == "funded"]
    if within and within[-1] is not lines[-1]:
        within[-1].is_cut = True
    funded = [one for one in standing if one.outcome == "fund"]
    given = sum((one.amount for one in funded), ZERO)
    asked = sum((one.application.amount for one in funded), ZERO)
    return Sitting(meeting, members, lines, len(every) - len(items), given, asked, asked - given, len(funded))


def _words_of_ties(members: list[Member], applications: list[int]) -> dict[tuple[int, int], str]:
    """(seat, application) → what ties them, in words."""
    seats = {seat.account_id: seat.pk for seat in members}
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in Conflict.objects.live().filter(expert__in=list(seats), application__in=applications).order_by("pk"):
        found[seats[row.expert_id], row.application_id].append(str(row.get_kind_display()))
    return {key: ", ".join(words) for key, words in found.items()}
