"""The weights that hold for one amount, and the total they make of one row of values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import mul
from typing import Literal

from .numbers import ZERO
from .rubric import Criterion

SheetTotal = Literal["mean", "sum"]
Values = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights in the order of the criteria, and what follows from them. Totals are exact: nothing here rounds.

    sum:  Σ w·v over the answered, × Σ w·max of all ÷ Σ w·max of the answered
    mean: Σ w·v ÷ Σ w over the answered
    With `out_of` both become Σ w·v × out_of ÷ Σ w·max over the answered: greatest values give exactly `out_of`.
    Source: domain.md, "Sheet total".
    """

    method: SheetTotal
    out_of: Decimal | None
    weights: tuple[Decimal, ...]
    least_values: tuple[Decimal, ...]
    greatest_values: tuple[Decimal, ...]
    times: Decimal
    over: Decimal

    @classmethod
    def of(
        cls, method: SheetTotal, out_of: Decimal | None, criteria: Iterable[Criterion], weights: Iterable[Decimal]
    ) -> "Weighing":
        criteria, weights = tuple(criteria), tuple(weights)
        least, greatest = tuple(c.least for c in criteria), tuple(c.greatest for c in criteria)
        times, over = _fraction(method, out_of, weights, greatest, range(len(weights)))
        return cls(method, out_of, weights, least, greatest, times, over)

    def fraction(self, values: Values) -> tuple[Decimal, Decimal]:
        """(times, over) with total = Σ w·v × times ÷ over, for a row where N/A is None."""
        answered = [place for place, value in enumerate(values) if value is not None]
        return _fraction(self.method, self.out_of, self.weights, self.greatest_values, answered)

    def total(self, values: Values) -> Decimal | None:
        """The total of a row of values (None = N/A); None where nothing that weighs was answered."""
        times, over = self.fraction(values)
        summed = sum((w * v for w, v in zip(self.weights, values, strict=True) if v is not None), ZERO)
        return summed * times / over if over else None

    def totals(self, rows: Sequence[Values]) -> tuple[Decimal | None, ...]:
        """The totals of several rows. Asking first whether one holds an N/A would cost more than adding them up."""
        weights, times, over = self.weights, self.times, self.over
        try:
            return tuple([sum(map(mul, weights, row), ZERO) * times / over for row in rows])
        except TypeError:
            return tuple(map(self.total, rows))

    @property
    def greatest(self) -> Decimal:
        """The greatest possible total."""
        return self.total(self.greatest_values) or ZERO

    @property
    def least(self) -> Decimal:
        return self.total(self.least_values) or ZERO


def _fraction(
    method: SheetTotal, out_of: Decimal | None, weights: Sequence[Decimal], greatest: Sequence[Decimal], answered: Iterable[int]
) -> tuple[Decimal, Decimal]:
    answered = list(answered)
    if method == "mean" and out_of is None:
        return Decimal(1), sum((weights[place] for place in answered), ZERO)
    answered_most = sum((weights[place] * greatest[place] for place in answered), ZERO)
    whole = out_of if out_of is not None else sum(map(mul, weights, greatest), ZERO)
    return whole, answered_most
