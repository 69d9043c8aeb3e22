"""From several sheets to one value: mean, median, trimmed mean; and the figures shown beside every total."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .numbers import CONTEXT, TWO, ZERO, half_up
from .rules import Aggregation

Average = Callable[[Sequence[Decimal]], Decimal]


def mean(values: Sequence[Decimal]) -> Decimal:
    """Σ ÷ n of at least one value, unrounded."""
    return sum(values, ZERO) / len(values)


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value; of an even number, the mean of the two middle ones."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / TWO


def trimmed(values: Sequence[Decimal]) -> Decimal:
    """The mean without one highest and one lowest value, from three values up; the plain mean of fewer."""
    if len(values) < 3:
        return mean(values)
    return (sum(values, ZERO) - max(values) - min(values)) / (len(values) - 2)


def deviation(values: Sequence[Decimal]) -> Decimal | None:
    """The sample standard deviation (n − 1), unrounded; None for fewer than two values."""
    count = len(values)
    if count < 2:
        return None
    middle = mean(values)
    squares = sum(((value - middle) ** 2 for value in values), ZERO)
    return (squares / (count - 1)).sqrt(CONTEXT)


AVERAGES: dict[Aggregation, Average] = {
    "mean": mean,
    "median": median,
    "trimmed": trimmed,
    "criterion_mean": mean,
    "criterion_median": median,
}


def average_of(aggregation: Aggregation) -> Average:
    """The average that `aggregation` takes: over sheet totals, and over the values of one criterion."""
    return AVERAGES[aggregation]


@dataclass(frozen=True, slots=True)
class Statistics:
    """n, mean, median, sample deviation and spread (largest − smallest) of sheet totals, each rounded once."""

    n: int
    mean: Decimal | None
    median: Decimal | None
    deviation: Decimal | None
    spread: Decimal | None


def statistics(values: Sequence[Decimal], digits: int) -> Statistics:
    """The figures beside a total. Source: domain.md, "Everything shown carries n, mean, median and deviation"."""
    if not values:
        return Statistics(0, None, None, None, None)
    scatter = deviation(values)
    return Statistics(
        n=len(values),
        mean=half_up(mean(values), digits),
        median=half_up(median(values), digits),
        deviation=None if scatter is None else half_up(scatter, digits),
        spread=half_up(max(values) - min(values), digits),
    )
