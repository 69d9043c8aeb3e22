"""A score written out: every sum as a reader can do it again, with numbers, + × ÷ and brackets alone. No database.

What is written here is exact: worked out as fractions it gives the very points that `grants.scoring.explain` gives.
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from fund.core.numerals import num
from grants.scoring.explain import CriterionStep, Explanation, SheetStep
from grants.scoring.numbers import snapped

SHORT = 6  # decimals: a longer total is written as the fraction it is


def of_criterion(found: Explanation, step: CriterionStep) -> str:
    """The points a criterion brought: `(4 + 4 + 4,5) ÷ 3 × 6`; empty if nobody gave a score that counts."""
    weight = f" × {num(step.weight)}"
    if found.aggregation.startswith("criterion_"):
        given = sorted(value for value in step.values if value is not None)
        if not given or found.combined is None:
            return ""
        middle = given if found.aggregation == "criterion_mean" else given[(len(given) - 1) // 2 : len(given) // 2 + 1]
        return _mean([num(value) for value in middle]) + weight + _share(found.combined)
    counting = [(value, sheet) for value, sheet in zip(step.values, found.sheets, strict=True) if sheet.counts]
    scored = sorted(((value, sheet) for value, sheet in counting if value is not None), key=lambda pair: pair[0])
    shares = {_share(sheet) for _value, sheet in counting}
    if not scored:
        return ""
    if len(scored) == len(counting) and len(shares) == 1:
        return _mean([num(value) for value, _sheet in scored]) + weight + shares.pop()
    return _mean([num(value) + weight + _share(sheet) for value, sheet in scored], of=len(counting))


def of_sheet(sheet: SheetStep) -> str:
    """A sheet's total: `68`, or `64 × 100 ÷ 90` where decimals would not end."""
    return num(sheet.total) if _is_short(sheet.total) else num(sheet.summed) + _share(sheet)


def of_total(found: Explanation) -> str:
    """The total before its one rounding and before any normalisation: `(68 + 70 + 74) ÷ 3`."""
    if found.combined is not None:
        return " + ".join(text for step in found.criteria if (text := of_criterion(found, step)))
    counting = sorted((sheet for sheet in found.sheets if sheet.counts), key=lambda sheet: sheet.total)
    return _mean([of_sheet(sheet) for sheet in counting])


def nearly(value: Decimal | None, digits: int) -> str:
    """A value to two decimals more than it is rounded to, with an ellipsis where it goes on: `70,666…`."""
    if value is None:
        return ""
    unit = Decimal(1).scaleb(-(digits + 2))
    cut = value.quantize(unit, ROUND_DOWN)
    return num(cut) if cut == snapped(value) else f"{num(cut, digits + 2)}…"


def _mean(terms: Sequence[str], of: int | None = None) -> str:
    """The terms added and divided by their number, or by `of`."""
    count = len(terms) if of is None else of
    if not terms:
        return ""
    whole = terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"
    return whole if count == 1 else f"{whole} ÷ {count}"


def _share(sheet: SheetStep) -> str:
    """What a sum of weighed scores is multiplied and divided by to become a total."""
    if sheet.times == sheet.over:
        return ""
    return f" ÷ {num(sheet.over)}" if sheet.times == 1 else f" × {num(sheet.times)} ÷ {num(sheet.over)}"


def _is_short(value: Decimal) -> bool:
    return value == value.quantize(Decimal(1).scaleb(-SHORT), ROUND_DOWN)
