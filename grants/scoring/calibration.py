"""Calibration: how one expert's marks lie beside the other experts' on what they judged together; nobody's sheet can be told from it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .aggregate import deviation, mean, median
from .numbers import exact, half_up

# Below these the figures of the others would be nearly those of one of them: nothing of the others is given then.
OTHERS, APPLICATIONS, MARKS = 3, 5, 10

# Application → expert → value; None is N/A and no mark.
Marks = Mapping[str, Mapping[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Side:
    """The marks of one side: how many, mean, median, sample deviation (n − 1); each rounded once, None where there is none."""

    n: int
    mean: Decimal | None
    median: Decimal | None
    deviation: Decimal | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """One expert beside the others, in points of the scale.

    `n` applications where the expert and somebody else gave a mark. `panel` the marks of the others on these and `severity`
    the expert's mean less theirs (below zero: lower marks than the others); both None where too few gave too few marks. With
    a panel `own` counts the same `n` applications, else all of the expert's marks.
    """

    n: int
    own: Side
    panel: Side | None
    severity: Decimal | None


def calibrate(marks: Marks, expert: str, *, digits: int) -> Calibration:
    """The marks of `expert` beside those of all others on the same applications; results have `digits` decimals.

    The mean of the panel is the mean over applications of the others' mean on each, so that every application counts once
    on both sides; its median and deviation are of the others' single marks. `severity` = Σ (own − mean of the others) ÷ n.
    Given only if at least 3 others gave at least 10 marks on at least 5 applications, none of them more than half of the
    marks, and the marks are not all the same: else one sheet could be worked out. Source: docs/scoring.md, "Calibration".
    """
    with exact():
        own = {name: value for name, row in marks.items() if (value := row.get(expert)) is not None}
        others = {name: _others(marks[name], expert) for name in own}
        joint = [name for name in own if others[name]]
        given = [value for name in joint for value in others[name].values()]
        if not _tells_of_nobody([others[name] for name in joint], given):
            return Calibration(len(joint), _side(list(own.values()), digits), None, None)
        middles = [mean(list(others[name].values())) for name in joint]
        apart = [own[name] - middle for name, middle in zip(joint, middles, strict=True)]
        return Calibration(
            n=len(joint),
            own=_side([own[name] for name in joint], digits),
            panel=_side(given, digits, middle=mean(middles)),
            severity=half_up(mean(apart), digits),
        )


def _others(row: Mapping[str, Decimal | None], expert: str) -> dict[str, Decimal]:
    return {one: value for one, value in row.items() if one != expert and value is not None}


def _tells_of_nobody(rows: Sequence[Mapping[str, Decimal]], given: Sequence[Decimal]) -> bool:
    """Are the others many and different enough that no single mark follows from their figures?"""
    by_expert = Counter(one for row in rows for one in row)
    return (
        len(by_expert) >= OTHERS
        and len(rows) >= APPLICATIONS
        and len(given) >= MARKS
        and max(by_expert.values()) * 2 <= len(given)
        and len(set(given)) > 1
    )


def _side(values: Sequence[Decimal], digits: int, *, middle: Decimal | None = None) -> Side:
    if not values:
        return Side(0, None, None, None)
    scatter = deviation(values)
    return Side(
        n=len(values),
        mean=half_up(mean(values) if middle is None else middle, digits),
        median=half_up(median(values), digits),
        deviation=None if scatter is None else half_up(scatter, digits),
    )
