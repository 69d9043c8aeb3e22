"""Criteria as people read them: what is judged, on which scale, how much of the total it makes, what each value means."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from fund.core.bilingual import Said, say
from fund.core.numerals import num, percent
from grants.scoring.rubric import Criterion
from grants.scoring.rules import Rules


@dataclass(frozen=True)
class CriterionWords:
    """One criterion of the page: `share` of the greatest total, `scale`, `threshold`, meanings of values."""

    key: str
    title: Said
    help: Said
    share: str
    scale: str
    threshold: str
    anchors: list[tuple[str, Said]]
    remarks: list[str]


def criteria_of(rules: Rules) -> list[CriterionWords]:
    shares = shares_of(rules)
    return [
        CriterionWords(
            criterion.key,
            say(criterion.title),
            say(criterion.help),
            shares[place],
            _scale(criterion),
            "" if criterion.threshold is None else num(criterion.threshold),
            _anchors(criterion),
            _remarks(criterion),
        )
        for place, criterion in enumerate(rules.criteria)
    ]


def shares_of(rules: Rules) -> list[str]:
    """What part of the greatest total each criterion makes; a range where weights depend on the sum asked."""
    found: list[list[Decimal]] = [[] for _criterion in rules.criteria]
    for amount in rules.turning_amounts():
        weights = [criterion.weight_for(amount) for criterion in rules.criteria]
        points = (
            weights if rules.sheet_total == "mean" else [w * c.greatest for w, c in zip(weights, rules.criteria, strict=True)]
        )
        whole = sum(points) or Decimal(1)
        for place, one in enumerate(points):
            found[place].append(one * 100 / whole)
    return [_share(min(parts), max(parts)) for parts in found]


def _share(low: Decimal, high: Decimal) -> str:
    if round(low) == round(high):
        return percent(high, 100)
    return f"{num(low, 0)}–{percent(high, 100)}"


def _scale(criterion: Criterion) -> str:
    if criterion.automatic:
        return _("computed from the form")
    if criterion.scale:
        low, high = num(criterion.scale.min), num(criterion.scale.max)
        if criterion.scale.step == 1:
            return _("%(low)s to %(high)s") % {"low": low, "high": high}
        return _("%(low)s to %(high)s in steps of %(step)s") % {"low": low, "high": high, "step": num(criterion.scale.step)}
    return _("levels")


def _anchors(criterion: Criterion) -> list[tuple[str, Said]]:
    if criterion.levels:
        return [(num(level.value), say(level.label)) for level in criterion.levels]
    if criterion.automatic:
        return [
            (num(band.value), say({"ru": words, "en": words}))
            for band in criterion.automatic.bands
            for words in [f"{num(band.from_)}–{num(band.to)}"]
        ]
    return [(num(value), say(words)) for value, words in sorted(criterion.anchors.items())]


def _remarks(criterion: Criterion) -> list[str]:
    told = []
    if criterion.comment_required:
        told.append(_("The expert must explain the score."))
    if criterion.na_allowed:
        told.append(_("An expert may leave it without a score; it is never counted as a zero."))
    if criterion.ranking_weight is not None:
        told.append(_("It has another weight, %(n)s, for the place in the ranking.") % {"n": num(criterion.ranking_weight)})
    return told
