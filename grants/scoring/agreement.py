"""What a set of rules must agree on with itself, and with its worked examples, before anything is computed by it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from fund.core.parts import N_, Place, wrong

from .bands import band_for
from .faults import Faulty
from .numbers import exact
from .rubric import validate_score

if TYPE_CHECKING:
    from .rules import Rules


def check_agreement(rules: "Rules") -> None:
    """Raises the first contradiction, at its path from the rules down."""
    with exact():
        _check_keys(rules)
        _check_totals(rules)
        _check_ties(rules)
        _check_combinations(rules)
        _check_examples(rules)


def _check_keys(rules: "Rules") -> None:
    seen: set[str] = set()
    for place, criterion in enumerate(rules.criteria):
        if criterion.key in seen:
            raise wrong("twice", N_("the key “{key}” stands twice"), at=("criteria", place, "key"), key=criterion.key)
        seen.add(criterion.key)
        if (rules.sheet_total == "sum" or rules.out_of) and criterion.greatest <= 0:
            raise wrong(
                "greatest",
                N_("a sum, or a total out of something, needs a scale that ends above zero"),
                at=("criteria", place),
            )


def _check_totals(rules: "Rules") -> None:
    for amount in rules.turning_amounts():
        weighing = rules.weighing(amount)
        for weights in (weighing.weights, rules.weighing(amount, "ranking").weights):
            if not any(weights):
                raise wrong("no_weight", N_("all weights are zero: there is nothing to add up"), at=("criteria",))
        least, greatest = weighing.least, weighing.greatest
        for at, threshold in _thresholds_at(rules, amount):
            if threshold is not None and not least <= threshold <= greatest:
                raise wrong(
                    "off_scale",
                    N_("{threshold} lies outside the possible totals, {min} to {max}"),
                    at=at,
                    threshold=threshold,
                    min=least,
                    max=greatest,
                )
        if rules.divergence and rules.divergence.spread > greatest - least:
            raise wrong(
                "off_scale",
                N_("totals cannot lie {spread} apart, {most} is the most"),
                at=("divergence", "spread"),
                spread=rules.divergence.spread,
                most=greatest - least,
            )


def _thresholds_at(rules: "Rules", amount: Decimal | None) -> list[tuple[Place, Decimal | None]]:
    found: list[tuple[Place, Decimal | None]] = [
        (("thresholds", "every_expert"), rules.thresholds.every_expert),
        (("thresholds", "total"), rules.thresholds.total),
    ]
    if rules.thresholds.total_by_amount:
        band = band_for(rules.thresholds.total_by_amount, amount)
        place = rules.thresholds.total_by_amount.index(band)
        found.append((("thresholds", "total_by_amount", place, "threshold"), band.threshold))
    return found


def _check_ties(rules: "Rules") -> None:
    keys = {criterion.key for criterion in rules.criteria}
    for place, tie in enumerate(rules.ties):
        if tie.criterion and tie.criterion not in keys:
            raise wrong("unknown", N_("there is no criterion “{key}”"), at=("ties", place, "criterion"), key=tie.criterion)
        if tie in rules.ties[:place]:
            raise wrong("twice", N_("this step stands in the chain already"), at=("ties", place))
        if place and rules.ties[place - 1].by == "lot":
            raise wrong("after_lot", N_("a lot parts all: no step can follow it"), at=("ties", place))


def _check_combinations(rules: "Rules") -> None:
    if rules.normalisation != "none" and rules.aggregation.startswith("criterion_"):
        raise wrong(
            "combination",
            N_("normalisation maps sheet totals; it does not go with aggregation by criterion"),
            at=("normalisation",),
        )
    if rules.direction == "lower" and rules.selection.rule == "best_total":
        raise wrong("combination", N_("the best total has no meaning where lower is better"), at=("selection", "rule"))


def _check_examples(rules: "Rules") -> None:
    for place, example in enumerate(rules.examples):
        for name, application in example.applications.items():
            at = ("examples", place, "applications", name)
            if rules.needs_amounts and application.amount is None:
                raise wrong("no_amount", N_("the rules depend on the amount, and none is given"), at=at)
            for expert, scores in application.sheets.items():
                _check_sheet(rules, scores, (*at, "sheets", expert))


def _check_sheet(rules: "Rules", scores: Mapping[str, Decimal | None], at: Place) -> None:
    keys = {criterion.key for criterion in rules.scored}
    for key in scores:
        if key not in keys:
            raise wrong("unknown", N_("there is no criterion “{key}” that experts score"), at=(*at, key), key=key)
    for criterion in rules.scored:
        if criterion.key not in scores:
            raise wrong("missing", N_("there is no value for “{key}”"), at=at, key=criterion.key)
        try:
            validate_score(criterion, scores[criterion.key])
        except Faulty as fault:
            reason = fault.reason
            raise wrong(reason.code, reason.sentence, at=(*at, criterion.key), **reason.facts) from None
