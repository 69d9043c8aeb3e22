"""How the sheets on one application lie to one another: totals, spread, and criterion by criterion."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from grants.scoring.aggregate import Statistics, mean, statistics
from grants.scoring.numbers import exact
from grants.scoring.rubric import Criterion
from grants.scoring.thresholds import diverges

from ..marks import total_of, values_of
from ..models import HandIn, Sheet
from .ranking import form_values


@dataclass(frozen=True)
class Measured:
    """The figures of what is handed in on an application now; `diverges` as the regulation says."""

    statistics: Statistics
    diverges: bool


def measure(application: Any) -> Measured:
    """Spread and divergence, computed from the scores: stored totals are rounded."""
    rules = application.regulation.rules
    values = form_values(application.regulation, {application.pk: application}).get(application.pk)
    scores = Sheet.objects.submitted().filter(application=application).values_list("current__scores", flat=True)
    with exact():
        totals = [total_of(rules, one, amount=application.amount, values=values) for one in scores]
        given = [total for total in totals if total is not None]
        return Measured(statistics(given, rules.digits), diverges(rules, amount=application.amount, sheets=given))


@dataclass(frozen=True)
class Voice:
    """One sheet on the page: under which name its expert speaks here, and what counts of it now."""

    name: str
    sheet: Sheet
    is_own: bool = False

    @property
    def hand_in(self) -> HandIn:
        return self.sheet.current  # type: ignore[return-value]


@dataclass(frozen=True)
class Side:
    """One criterion with the marks of all voices side by side."""

    criterion: Criterion
    marks: list[tuple[Voice, Decimal | None, str]]

    @property
    def given(self) -> list[Decimal]:
        return [value for _voice, value, _comment in self.marks if value is not None]

    @property
    def mean(self) -> Decimal | None:
        return mean(self.given) if self.given else None

    @property
    def apart(self) -> Decimal:
        return max(self.given) - min(self.given) if self.given else Decimal(0)

    @property
    def is_widest(self) -> bool:
        """Do the marks lie half the scale apart, or more?"""
        return self.apart * 2 >= self.criterion.greatest - self.criterion.least

    @property
    def limit(self) -> Decimal:
        return (self.criterion.greatest - self.criterion.least) / 2


def side_by_side(rules: Any, voices: list[Voice]) -> list[Side]:
    """Every scored criterion, in the order of the regulation."""
    return [Side(c, [(voice, *_mark(voice.hand_in, c)) for voice in voices]) for c in rules.scored]


def _mark(hand_in: HandIn, criterion: Criterion) -> tuple[Decimal | None, str]:
    value = values_of(hand_in.scores).get(criterion.key)
    return value, hand_in.scores.get(criterion.key, {}).get("comment", "")
