"""Normalisation: harsh and lenient experts brought to one measure by z-scores, where there is enough to go by."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from .aggregate import deviation, mean
from .totals import Judged

EXPERTS, SHEETS = 3, 6

Totals = Sequence[Sequence[Decimal | None]]


def has_enough(judged: Sequence[Judged], totals: Totals) -> bool:
    """True if at least 3 experts each handed in at least 6 sheets on applications that another also judged.

    A sheet without a total (in `totals`, which has the shape of the rows in `judged`) counts as no sheet.
    Source: domain.md, "Normalisation".
    """
    shared: Counter[str] = Counter()
    for one, row in zip(judged, totals, strict=True):
        experts = [expert for expert, total in zip(one.experts, row, strict=True) if total is not None]
        if len(experts) > 1:
            shared.update(experts)
    return sum(count >= SHEETS for count in shared.values()) >= EXPERTS


def normalised(judged: Sequence[Judged], totals: Totals) -> list[tuple[Decimal | None, ...]]:
    """Each sheet total t of an expert with mean m and deviation s becomes M + S · (t − m) ÷ s, unrounded.

    M and S are mean and sample deviation of all sheets. An expert with zero deviation, or with one sheet, is left as is.
    `totals` has the shape of the rows in `judged`; so has the result. Run it inside `exact()`.
    """
    by_expert: dict[str, list[Decimal]] = defaultdict(list)
    for one, row in zip(judged, totals, strict=True):
        for expert, total in zip(one.experts, row, strict=True):
            if total is not None:
                by_expert[expert].append(total)
    everything = [total for own in by_expert.values() for total in own]
    if not everything:
        return [tuple(row) for row in totals]
    middle, scatter = mean(everything), deviation(everything)
    line = {expert: _line(own, middle, scatter) for expert, own in by_expert.items()}
    return [
        tuple(
            None if total is None else line[expert][0] + line[expert][1] * total
            for expert, total in zip(one.experts, row, strict=True)
        )
        for one, row in zip(judged, totals, strict=True)
    ]


def _line(own: Sequence[Decimal], middle: Decimal, scatter: Decimal | None) -> tuple[Decimal, Decimal]:
    """(shift, slope) of one expert, so that a total t becomes shift + slope · t."""
    own_scatter = deviation(own)
    if not own_scatter or scatter is None:
        return Decimal(0), Decimal(1)
    slope = scatter / own_scatter
    return middle - slope * mean(own), slope
