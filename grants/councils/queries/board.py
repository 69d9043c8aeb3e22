"""The decisions page as data: the ranking's rows with the decisions beside them, sums, the cut line, what stands out."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from grants.reviews.models import Conflict
from grants.reviews.queries import Equals, Ranked, equals_among, ranking_of

from ..models import TONES, Outcome
from .line import Within, within

ZERO = Decimal("0.00")
NEAR = 2  # rows on each side of the cut line that are "at the line"


@dataclass
class Line:
    """One row: the ranking's, the running sum of what is asked, the decision if there is one."""

    row: Ranked
    sum: Decimal
    outcome: Outcome | None
    is_cut: bool = False
    is_near: bool = False
    votes: str = ""

    @property
    def suggested(self) -> str:
        return {"funded": "fund", "reserve": "reserve", "declined": "decline"}.get(self.row.outcome, "")

    @property
    def decided(self) -> str:
        return self.outcome.decision.outcome if self.outcome else ""

    @property
    def tone(self) -> str:
        """The colour of the decision's pill."""
        return TONES.get(self.decided, "mute")

    @property
    def seen(self) -> int:
        return self.outcome.decision.number if self.outcome else 0

    @property
    def departs(self) -> bool:
        """Money that came to the reserve later leaves no ranking."""
        return bool(self.outcome) and self.decided != self.suggested and not self.outcome.is_later


@dataclass(frozen=True)
class Board:
    """The lines of a call's decisions that the reader may see, and the figures of all of them (roubles)."""

    lines: list[Line]
    undecided: int
    envelope: Decimal
    passing: int
    passing_sum: Decimal
    low: Decimal
    high: Decimal
    diverging: int
    decided: dict[str, int]
    given: Decimal
    equals: list[Equals]

    @property
    def by_lot(self) -> int:
        """How many wait for a lot."""
        return sum(len(one.rows) for one in self.equals if one.pending == "lot")

    @property
    def by_vote(self) -> list[Equals]:
        """The groups that wait for the chair."""
        return [one for one in self.equals if one.pending == "vote"]

    @property
    def left(self) -> Decimal:
        return self.envelope - self.passing_sum

    @property
    def to_follow(self) -> dict[str, int]:
        """How many undecided lines the ranking itself would fund, put in reserve, decline."""
        open_ones = [line.suggested for line in self.lines if not line.decided]
        return {key: open_ones.count(key) for key in ("fund", "reserve", "decline")}


def board_of(call: Any, *, now: datetime, reader: Any = None) -> Board:
    """The decisions of a call beside its ranking; a constant number of queries. Without the lines that a declared conflict
    closes to the reader; the sums stay those of the whole call."""
    outcomes = {one.application_id: one for one in Outcome.objects.of_call(call).select_related("decision")}
    rows = ranking_of(call, now=now)
    lines, added = [], ZERO
    for row in rows:
        added += row.asked
        lines.append(Line(row, added, outcomes.get(row.pk)))
    fits = within(rows, {line.row.pk: line.outcome.decision for line in lines if line.outcome}, call)
    decided = {key: sum(line.decided == key for line in lines) for key in ("fund", "reserve", "decline")}
    closed = Conflict.objects.live().filter(application__call=call, expert=reader) if reader else Conflict.objects.none()
    tied = set(closed.values_list("application", flat=True))
    visible = [line for line in lines if line.row.pk not in tied]
    _draw_line(visible, lines, fits)
    totals = [total for line in visible for total in line.row.sheets]
    return Board(
        lines=visible,
        undecided=sum(not line.decided for line in lines),
        envelope=call.envelope,
        passing=len(fits.who),
        passing_sum=fits.sum,
        low=min(totals, default=ZERO),
        high=max(totals, default=Decimal(100)),
        diverging=sum(row.diverges for row in rows),
        decided=decided,
        given=sum((line.outcome.decision.amount for line in lines if line.outcome), ZERO),
        equals=equals_among(rows),
    )


def _draw_line(visible: list[Line], lines: list[Line], fits: Within) -> None:
    """Marks the last visible line at or above the cut line, and those near it."""
    last = max((place for place, line in enumerate(lines) if line.row.pk in fits.who), default=-1)
    above = {line.row.pk for line in lines[: last + 1]}
    cut = sum(line.row.pk in above for line in visible)
    if cut:
        visible[cut - 1].is_cut = True
    for line in visible[max(0, cut - NEAR) : cut + NEAR]:
        line.is_near = True
