"""How a score came about: each step from the experts' values to the outcome, as data for a page; no names of experts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .aggregate import Statistics, statistics
from .faults import Reason
from .numbers import ZERO, exact, half_up, snapped
from .ranking import Ranking, Row, TieNote
from .rubric import Criterion
from .rules import Aggregation, Rules
from .sheets import Entry, Sheet
from .standing import criterion_value, unrounded
from .thresholds import reaches
from .totals import Judged, answered, judge, totals
from .weighing import Values, Weighing


@dataclass(frozen=True, slots=True)
class CriterionStep:
    """What one criterion brought. `values` by sheet (None = N/A), in the order of `Explanation.sheets`.

    `share` of the weight, 0 to 1; `contribution` and `greatest` in points of the total; `value` the aggregated value;
    `statistics` of the values given, rounded to at least two decimals; `nearest` the anchor values around `value`.
    """

    criterion: Criterion
    weight: Decimal
    share: Decimal
    values: tuple[Decimal | None, ...]
    value: Decimal | None
    statistics: Statistics
    contribution: Decimal
    greatest: Decimal
    nearest: tuple[Decimal, ...]
    passed: bool | None


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One sheet without its author: Σ w·v, × times ÷ over, = total; `counts` is False for a dropped one."""

    summed: Decimal
    times: Decimal
    over: Decimal
    total: Decimal
    counts: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole way of one application.

    `sheets` are sorted by total, so that their order betrays nobody; `combined` is the one row that aggregation by
    criterion makes of them, None where totals of sheets are aggregated. `unrounded` is the total before its one rounding
    (`digits`, half-up); `normalisation` the points that normalisation added to it. `threshold` and `margin` compare the
    total; `line` is the total of the last funded one, `left_before` the roubles left when this one's turn came.
    """

    row: Row
    aggregation: Aggregation
    direction: Literal["higher", "lower"]
    digits: int
    greatest: Decimal
    criteria: tuple[CriterionStep, ...]
    sheets: tuple[SheetStep, ...]
    combined: SheetStep | None
    unrounded: Decimal | None
    normalisation: Decimal
    threshold: Decimal | None
    margin: Decimal | None
    ranked: int
    line: Decimal | None
    left_before: Decimal | None
    tie: TieNote | None
    reason: Reason | None

    @property
    def adds_up(self) -> bool:
        """True if the contributions, rounded one by one, add up to the rounded total as shown."""
        return sum((half_up(step.contribution, self.digits) for step in self.criteria), ZERO) == self.row.total


def explain(rules: Rules, entry: Entry, sheets: Sequence[Sheet], ranking: Ranking) -> Explanation:
    """Retraces the score of `entry` from its handed-in `sheets`, and its outcome in `ranking`.

    `sheets` are those of this application; weights and totals are those that thresholds compare. Raises Faulty for
    inputs the rules have no place for. Source: domain.md, "how my score came about".
    """
    with exact():
        one = _by_total(rules, judge(rules, [entry], sheets)[0])
        row = ranking.row(entry.application)
        weighing = rules.weighing(entry.amount)
        found = tuple(total for total in map(weighing.total, one.rows) if total is not None)
        before = unrounded(rules, one, found)
        counted = unrounded(rules, one, row.sheets)
        threshold = rules.thresholds.for_amount(entry.amount)
        return Explanation(
            row=row,
            aggregation=rules.aggregation,
            direction=rules.direction,
            digits=rules.digits,
            greatest=snapped(weighing.greatest),
            criteria=_criteria(rules, one, weighing),
            sheets=_sheets(rules.aggregation, one, weighing),
            combined=_combined(rules, one, weighing),
            unrounded=None if counted is None else snapped(counted),
            normalisation=ZERO if before is None or counted is None else snapped(counted - before),
            threshold=threshold,
            margin=None if threshold is None or row.total is None else row.total - threshold,
            ranked=sum(other.passed for other in ranking.rows),
            line=_line(ranking),
            left_before=_left_before(ranking, row),
            tie=row.tie,
            reason=row.reason,
        )


def contributions(rules: Rules, entry: Entry, sheets: Sequence[Sheet]) -> dict[str, Decimal]:
    """Unrounded points that each criterion brings to the total of `entry`; they add up to it (before normalisation)."""
    with exact():
        one = _by_total(rules, judge(rules, [entry], sheets)[0])
        points = _points(rules, one, rules.weighing(entry.amount))
        return {criterion.key: snapped(found) for criterion, found in zip(rules.criteria, points, strict=True)}


def _by_total(rules: Rules, one: Judged) -> Judged:
    """The sheets that have a total, sorted by it; the experts' names dropped."""
    pairs = [(total, row) for total, row in zip(totals(rules, [one])[0], one.rows, strict=True) if total is not None]
    pairs.sort(key=lambda pair: (pair[0], [(value is None, value or ZERO) for value in pair[1]]))
    return Judged(one.entry, ("",) * len(pairs), tuple(row for _, row in pairs))


def _counting(aggregation: Aggregation, count: int) -> range:
    """Which of `count` sheets, sorted by total, make the total: all, the middle ones, or all but both ends."""
    if aggregation == "median" and count:
        return range((count - 1) // 2, count // 2 + 1)
    if aggregation == "trimmed" and count >= 3:
        return range(1, count - 1)
    return range(count)


def _points(rules: Rules, one: Judged, weighing: Weighing) -> list[Decimal]:
    if rules.aggregation.startswith("criterion_"):
        rows: list[Values] = [[criterion_value(rules, one, place) for place in range(len(rules.criteria))]] if one.rows else []
    else:
        rows = [one.rows[place] for place in _counting(rules.aggregation, len(one.rows))]
    points = [ZERO] * len(rules.criteria)
    for row in rows:
        times, over = weighing.fraction(row)
        for place, (weight, value) in enumerate(zip(weighing.weights, row, strict=True)):
            if value is not None and over:
                points[place] += weight * value * times / over / len(rows)
    return points


def _criteria(rules: Rules, one: Judged, weighing: Weighing) -> tuple[CriterionStep, ...]:
    points = _points(rules, one, weighing)
    whole = sum(weighing.weights, ZERO)
    steps = []
    for place, criterion in enumerate(rules.criteria):
        value, weight = criterion_value(rules, one, place), weighing.weights[place]
        steps.append(
            CriterionStep(
                criterion=criterion,
                weight=weight,
                share=weight / whole,
                values=tuple(row[place] for row in one.rows),
                value=None if value is None else snapped(value),
                statistics=statistics(answered(one.rows, place), max(rules.digits, 2)),
                contribution=snapped(points[place]),
                greatest=snapped(weight * criterion.greatest * weighing.times / weighing.over),
                nearest=_nearest(criterion, value),
                passed=None
                if criterion.threshold is None or value is None
                else reaches(rules, snapped(value), criterion.threshold),
            )
        )
    return tuple(steps)


def _nearest(criterion: Criterion, value: Decimal | None) -> tuple[Decimal, ...]:
    """The described value closest to `value`; two of them where it lies in the middle."""
    described = sorted(criterion.anchors) or [level.value for level in criterion.levels or ()]
    if value is None or not described:
        return ()
    gap = min(abs(anchor - value) for anchor in described)
    return tuple(anchor for anchor in described if abs(anchor - value) == gap)


def _sheets(aggregation: Aggregation, one: Judged, weighing: Weighing) -> tuple[SheetStep, ...]:
    counting = _counting(aggregation, len(one.rows))
    return tuple(_step(row, weighing, counts=place in counting) for place, row in enumerate(one.rows))


def _combined(rules: Rules, one: Judged, weighing: Weighing) -> SheetStep | None:
    if not (rules.aggregation.startswith("criterion_") and one.rows):
        return None
    row = [criterion_value(rules, one, place) for place in range(len(rules.criteria))]
    return _step(row, weighing, counts=True) if weighing.fraction(row)[1] else None


def _step(row: Values, weighing: Weighing, *, counts: bool) -> SheetStep:
    times, over = weighing.fraction(row)
    summed = sum((w * v for w, v in zip(weighing.weights, row, strict=True) if v is not None), ZERO)
    return SheetStep(snapped(summed), times, over, snapped(summed * times / over), counts)


def _line(ranking: Ranking) -> Decimal | None:
    funded = [row.total for row in ranking.rows if row.outcome == "funded"]
    return funded[-1] if funded else None


def _left_before(ranking: Ranking, row: Row) -> Decimal | None:
    """Roubles of the envelope that those on better places left over."""
    if ranking.envelope is None or row.place is None:
        return None
    return ranking.envelope - sum((other.amount for other in ranking.rows if other.place and other.place < row.place), ZERO)
