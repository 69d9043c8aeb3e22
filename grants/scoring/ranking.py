"""The ranking: sheets in, places, outcomes and sums out. The one entrance for pages, commands and examples."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from fund.core.parts import N_

from .aggregate import Statistics, statistics
from .draw import Draw
from .examples import Outcome
from .faults import Reason, faulty
from .numbers import ZERO, exact
from .rules import Rules, Tie
from .selection import Candidate, Selected, select
from .sheets import Entry, Sheet
from .standing import Standing, is_normalised, stand
from .thresholds import diverges
from .ties import Equals, Pending, in_order, steps_between
from .totals import judge


@dataclass(frozen=True, slots=True)
class TieNote:
    """An application that had equals: the steps that parted it from some, those it still equals (itself among them, one
    tuple for all of them), and what is awaited: the vote, the lot, or nothing more ("end")."""

    steps: tuple[Tie, ...] = ()
    equals: tuple[str, ...] = ()
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One application in the ranking.

    `place` from 1, shared by equals that nothing has parted yet, None if it did not pass. `total`, `ranking` and the
    `statistics` (of the sheet totals that count) are rounded by the rules; `sheets` are those totals unrounded, in the
    order of the experts' names; `raw` the statistics before normalisation. `amount` is granted, in roubles.
    """

    application: str
    place: int | None
    total: Decimal | None
    ranking: Decimal | None
    statistics: Statistics
    raw: Statistics
    sheets: tuple[Decimal, ...]
    passed: bool
    reason: Reason | None
    outcome: Outcome
    asked: Decimal | None
    amount: Decimal
    reserve: int | None
    diverges: bool
    tie: TieNote | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows in order: those who passed by place, then the others by total; and what became of the envelope (roubles)."""

    rows: tuple[Row, ...]
    envelope: Decimal | None
    spent: Decimal
    is_normalised: bool

    @property
    def left(self) -> Decimal | None:
        return None if self.envelope is None else self.envelope - self.spent

    @property
    def undecided(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.outcome == "undecided")

    def row(self, application: str) -> Row:
        return next(row for row in self.rows if row.application == application)


def rank(
    rules: Rules,
    entries: Sequence[Entry],
    sheets: Sequence[Sheet],
    *,
    envelope: Decimal | None = None,
    lot_seed: str | None = None,
    votes: Sequence[str] | None = None,
    draw: Draw | None = None,
) -> Ranking:
    """Ranks `entries` by their handed-in `sheets`, and divides `envelope` (roubles) where one is given.

    `lot_seed` is the revealed seed of the lot; `votes` the applications in the order the chair voted; `draw`, in place of
    both, lots and votes that hold among some only. Without them equals share a place and, where money hangs on it, are
    undecided. Without an envelope outcomes are passed and
    declined. Neither the order of entries nor that of sheets matters. Raises Faulty for inputs the rules have no place
    for. Source: domain.md, "Scoring, exactly".
    """
    with exact():
        judged, draw = judge(rules, entries, sheets), draw or Draw.of(lot_seed, votes)
        standings = stand(rules, judged, draw)
        placed = place(rules, standings, draw)
        selected = None if envelope is None else select(list(candidates(placed)), envelope, rules.selection)
        notes = _notes(rules, placed, draw)
        rows = [_row(rules, placed, selected, notes, one) for one in (*placed.order, *_others(rules, standings))]
        return Ranking(tuple(rows), envelope, selected.spent if selected else ZERO, is_normalised(standings))


class Placed(NamedTuple):
    """Those who passed in order, with their places from 1; equals share one."""

    order: list[Standing]
    places: dict[str, int]
    equals: list[Equals]


def place(rules: Rules, standings: Sequence[Standing], draw: Draw) -> Placed:
    """Puts the measured applications that passed in order. Run it inside `exact()`."""
    order, equals = in_order([one for one in standings if one.failure is None], rules, draw)
    places = {standing.entry.application: number for number, standing in enumerate(order, 1)}
    for group in equals:
        shared = places[group.members[0].application]
        places.update({one.application: shared for one in group.members})
    return Placed(order, places, equals)


def candidates(placed: Placed) -> Iterator[Candidate]:
    """Those who passed as the selection takes them. Raises Faulty where one asks for no amount."""
    for standing in placed.order:
        yield _candidate(standing, placed.places[standing.entry.application])


def _notes(rules: Rules, placed: Placed, draw: Draw) -> dict[str, TieNote]:
    notes: dict[str, TieNote] = {}
    for _, same in groupby(placed.order, key=lambda standing: standing.ranking):
        members = list(same)
        if len(members) > 1:
            steps = steps_between(members, rules, draw)
            notes.update({one.application: TieNote(steps.get(one.application, ())) for one in members})
    for group in placed.equals:
        names = tuple(one.application for one in group.members)
        for name in names:
            notes[name] = TieNote(notes[name].steps, names, group.pending)
    return notes


def _candidate(standing: Standing, place: int) -> Candidate:
    entry = standing.entry
    if entry.amount is None:
        raise faulty("no_amount", N_("there is an envelope to divide, and no amount is given"), at=(entry.application,))
    return Candidate(entry.application, place, entry.amount, standing.ranking or ZERO, entry.minimum)


def _others(rules: Rules, standings: Sequence[Standing]) -> list[Standing]:
    """Those who did not pass: by value, those without a total last; among equals by number."""
    sign = -1 if rules.direction == "higher" else 1
    return sorted(
        (one for one in standings if one.failure is not None),
        key=lambda one: (one.ranking is None, sign * (one.ranking or ZERO), one.application),
    )


def _row(rules: Rules, placed: Placed, selected: Selected | None, notes: Mapping[str, TieNote], standing: Standing) -> Row:
    application = standing.application
    figures = statistics(standing.sheets, rules.digits)
    outcome, amount, reason, reserve = _outcome(selected, standing)
    return Row(
        application=application,
        place=placed.places.get(application),
        total=standing.total,
        ranking=standing.ranking,
        statistics=figures,
        raw=figures if standing.raw is standing.sheets else statistics(standing.raw, rules.digits),
        sheets=standing.sheets,
        passed=standing.failure is None,
        reason=reason,
        outcome=outcome,
        asked=standing.entry.amount,
        amount=amount,
        reserve=reserve,
        diverges=diverges(rules, amount=standing.entry.amount, sheets=standing.raw),
        tie=notes.get(application),
    )


def _outcome(selected: Selected | None, standing: Standing) -> tuple[Outcome, Decimal, Reason | None, int | None]:
    application = standing.application
    if standing.failure is not None:
        return "declined", ZERO, standing.failure, None
    if selected is None:
        return "passed", ZERO, None, None
    reason = selected.reasons.get(application)
    if application in selected.granted:
        return "funded", selected.granted[application], reason, None
    if application in selected.reserve:
        return "reserve", ZERO, reason, selected.reserve[application]
    return "undecided" if application in selected.undecided else "declined", ZERO, reason, None
