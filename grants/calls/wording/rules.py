"""How scores become a decision, a sentence for each rule; every rule of the schema has one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fund.core.bilingual import say
from fund.core.money import money
from fund.core.numerals import num
from grants.scoring.rules import Rules, Tie

from ..regulation import Regulation


def rule_sentences(regulation: Regulation) -> list[str]:
    return list(_sentences(regulation))


def _sentences(regulation: Regulation) -> Iterator[str]:
    rules, review = regulation.rules, regulation.review
    n = review.experts
    yield ngettext("%(n)s expert judges each application.", "%(n)s experts judge each application.", n) % {"n": n}
    yield {
        "mean": _("A sheet's total is the weighted mean of its scores."),
        "sum": _("A sheet's total is the sum of its scores multiplied by their weights."),
    }[rules.sheet_total]
    if rules.out_of:
        yield _("Totals are counted out of %(n)s.") % {"n": num(rules.out_of)}
    yield {
        "mean": _("The total of an application is the mean of its sheets."),
        "median": _("The total of an application is the median of its sheets."),
        "trimmed": _("The highest and the lowest sheet are left out, from three sheets up; the rest are averaged."),
        "criterion_mean": _("Each criterion is averaged over the experts first, then the total is counted."),
        "criterion_median": _("The median of each criterion is taken first, then the total is counted."),
    }[rules.aggregation]
    yield ngettext(
        "The total is rounded once, at the end, to %(n)s decimal, halves up.",
        "The total is rounded once, at the end, to %(n)s decimals, halves up.",
        rules.digits,
    ) % {"n": rules.digits}
    if rules.direction == "lower":
        yield _("The lower total is the better one.")
    if rules.normalisation != "none":
        yield _("Sheets are brought to one scale, so that strict and generous experts weigh alike; raw totals are kept beside.")
    if rules.thresholds.every_expert is not None:
        yield _("An application is out if every expert gave it less than %(n)s.") % {"n": num(rules.thresholds.every_expert)}
    yield from _divergence(rules)
    yield from _ties(rules)
    yield _selection(rules)
    yield from _reserve(rules)
    yield {
        "never": _("Experts do not see one another's sheets."),
        "after_own": _("An expert sees the other sheets after handing in their own."),
    }[review.others_visible]
    if review.discussion == "named":
        yield _("Experts who discuss an application know one another's names.")


def _divergence(rules: Rules) -> Iterator[str]:
    if rules.divergence is None:
        return
    sentence = {
        "expert": _("If sheets lie %(n)s or more apart, one more expert is asked."),
        "discussion": _("If sheets lie %(n)s or more apart, the council discusses the application."),
    }[rules.divergence.then]
    yield sentence % {"n": num(rules.divergence.spread)}


def _ties(rules: Rules) -> Iterator[str]:
    if rules.ties:
        steps = "; ".join(_tie(rules, tie) for tie in rules.ties)
        yield _("Equal totals are parted in this order: %(steps)s.") % {"steps": steps}


def _tie(rules: Rules, tie: Tie) -> str:
    if tie.criterion:
        criterion = rules.criterion(tie.criterion)
        return _("the criterion “%(title)s”") % {"title": say(criterion.title) if criterion else tie.criterion}
    return {
        "spread": _("the smaller spread of sheets"),
        "submitted": _("the earlier submission"),
        "vote": _("the chair's vote"),
        "lot": _("a lot that anyone can check"),
    }[tie.by]


def _selection(rules: Rules) -> str:
    return {
        "stop": _("Grants are given from the top until the first application that does not fit into the envelope."),
        "skip": _("Grants are given from the top; what does not fit into the envelope is passed over."),
        "best_total": _("Those applications are chosen that together have the greatest total within the envelope."),
        "partial": _("Grants are given from the top; the first that does not fit gets the rest if that is enough for it."),
    }[rules.selection.rule]


def _reserve(rules: Rules) -> Iterator[str]:
    n = rules.selection.reserve
    if n is None:
        yield _("All others that passed wait in the reserve, in their order.")
    elif n:
        yield ngettext("%(n)s application waits in the reserve.", "%(n)s applications wait in the reserve.", n) % {"n": n}


def threshold_rows(rules: Rules) -> list[tuple[str, str]]:
    """(sum asked, passing score): one row, or one for each band."""
    if rules.thresholds.total is not None:
        return [(pgettext("sum", "any"), num(rules.thresholds.total))]
    rows, above = [], None
    for band in rules.thresholds.total_by_amount:
        if band.up_to is None:
            words = _("above %(sum)s") % {"sum": money(above)} if above is not None else pgettext("sum", "any")
        else:
            words = _("up to %(sum)s") % {"sum": money(band.up_to)}
        rows.append((words, num(band.threshold)))
        above = band.up_to
    return rows
