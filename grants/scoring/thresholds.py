"""Who passes, and where experts disagree too much: totals are compared rounded, criterion values as they are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from fund.core.parts import N_

from .faults import Reason, faulty
from .numbers import half_up, snapped
from .rules import Rules


def reaches(rules: Rules, value: Decimal, threshold: Decimal) -> bool:
    """True if `value` is as good as `threshold`, or better, in the direction of the rules."""
    return value >= threshold if rules.direction == "higher" else value <= threshold


def limits_of(rules: Rules) -> dict[str, Decimal]:
    """The thresholds on criteria, by key, in the order of the rubric."""
    return {criterion.key: criterion.threshold for criterion in rules.criteria if criterion.threshold is not None}


def failed(
    rules: Rules,
    *,
    amount: Decimal | None,
    total: Decimal | None,
    criteria: Mapping[str, Decimal | None],
    limits: Mapping[str, Decimal],
    sheets: Sequence[Decimal],
) -> Reason | None:
    """Why an application does not pass; None if it does.

    `total` rounded, in points; `criteria` the aggregated values by key (None: all N/A, which no threshold can fail),
    `limits` the thresholds on them; `sheets` unrounded sheet totals, before any normalisation. The first of these that fails is
    named: no total, criterion, total, every expert. Source: domain.md, "Thresholds".
    """
    if total is None:
        return faulty("no_total", N_("there is no sheet with a total")).reason
    for key, limit in limits.items():
        value = criteria[key]
        if value is not None and not reaches(rules, snapped(value), limit):
            return _missed(rules, "criterion", limit, _apart(value, limit, rules.digits), key)
    threshold = rules.thresholds.for_amount(amount)
    if threshold is not None and not reaches(rules, total, threshold):
        return _missed(rules, "total", threshold, total)
    least = rules.thresholds.every_expert
    if least is not None and not any(reaches(rules, half_up(sheet, rules.digits), least) for sheet in sheets):
        return _missed(rules, "every_expert", least)
    return None


SENTENCES = {
    ("criterion", "higher"): N_("“{key}”: {value} is below {threshold}"),
    ("criterion", "lower"): N_("“{key}”: {value} is above {threshold}"),
    ("total", "higher"): N_("the total {value} is below {threshold}"),
    ("total", "lower"): N_("the total {value} is above {threshold}"),
    ("every_expert", "higher"): N_("every expert is below {threshold}"),
    ("every_expert", "lower"): N_("every expert is above {threshold}"),
}


def _apart(value: Decimal, threshold: Decimal, digits: int) -> Decimal:
    """`value` with as many decimals as it takes to see that it is not the threshold: at least two, at most six."""
    return next((shown for places in range(max(digits, 2), 7) if (shown := half_up(value, places)) != threshold), value)


def _missed(
    rules: Rules,
    what: Literal["criterion", "total", "every_expert"],
    threshold: Decimal,
    value: Decimal | None = None,
    key: str = "",
) -> Reason:
    facts: dict[str, Any] = {
        "threshold": threshold,
        **({} if value is None else {"value": value}),
        **({"key": key} if key else {}),
    }
    return faulty(f"below_{what}", SENTENCES[what, rules.direction], **facts).reason


def diverges(rules: Rules, *, amount: Decimal | None, sheets: Sequence[Decimal]) -> bool:
    """True if the spread of `sheets` (unrounded totals, before normalisation) reaches the limit of the rules.

    Not so if all totals lie on the losing side of the passing score: no further opinion can matter then.
    Source: domain.md, "Divergence".
    """
    if rules.divergence is None or len(sheets) < 2:
        return False
    if half_up(max(sheets) - min(sheets), rules.digits) < rules.divergence.spread:
        return False
    threshold = rules.thresholds.for_amount(amount)
    return threshold is None or any(reaches(rules, half_up(sheet, rules.digits), threshold) for sheet in sheets)
