"""Who may apply, for how much, on what it may be spent, what is asked."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.core.bilingual import reader, say
from fund.core.money import money
from fund.core.numerals import num
from fund.questions.schema import Category, Question

from ..regulation import Regulation

Row = tuple[str, str]


def who_applies(applicants: Iterable[str], youngest: int = 18) -> str:
    """`Жители и команды, от 14 лет`; the age is said only where it is not the usual one."""
    who = _applicants(frozenset(applicants))
    if youngest == 18:
        return who
    age = ngettext("aged %(n)s or over", "aged %(n)s or over", youngest) % {"n": youngest}
    return f"{who}, {age}"


def _applicants(kinds: frozenset[str]) -> str:
    """Each mixture is a phrase of its own: languages join such words each in its own way."""
    phrases = {
        frozenset({"person"}): _("Residents"),
        frozenset({"team"}): _("Teams"),
        frozenset({"organisation"}): _("Organisations"),
        frozenset({"person", "team"}): _("Residents and teams"),
        frozenset({"person", "organisation"}): _("Residents and organisations"),
        frozenset({"team", "organisation"}): _("Teams and organisations"),
    }
    return phrases.get(kinds, _("Residents, teams, organisations"))


def grant_words(least, most) -> str:
    if most is None:
        return _("from %(sum)s") % {"sum": money(least)} if least else _("no limit")
    if least:
        return f"{money(least, sign=reader() == 'en')}–{money(most)}"  # the sign stands before the sum in English
    return _("up to %(sum)s") % {"sum": money(most)}


def facts_of(regulation: Regulation) -> list[Row]:
    """The fact block of a call's page."""
    passport, costs = regulation.call, regulation.costs
    rows = [
        (_("Grant"), grant_words(costs.least, costs.most)),
        (_("Envelope of the call"), money(regulation.envelope)),
        (_("Who applies"), who_applies(passport.applicants, passport.youngest)),
    ]
    if costs.own_percent:
        rows.append((_("Own share"), _("from %(n)s%% of the cost") % {"n": num(costs.own_percent)}))
    if "team" in passport.applicants:
        members = ngettext("up to %(n)s person", "up to %(n)s people", passport.team_most) % {"n": passport.team_most}
        rows.append((_("Team"), members))
    n = passport.per_applicant
    rows.append((_("From one applicant"), ngettext("%(n)s application", "%(n)s applications", n) % {"n": n}))
    return rows


def cost_rows(regulation: Regulation) -> list[tuple[Category, str]]:
    """Each category of costs with its cap in words."""
    return [(one, _cap(one)) for one in regulation.costs.categories]


def _cap(category: Category) -> str:
    if category.cap is not None:
        return _("up to %(sum)s") % {"sum": money(category.cap)}
    if category.cap_percent is not None:
        return _("up to %(n)s%% of the grant") % {"n": num(category.cap_percent)}
    return _("no cap")


def question_rows(regulation: Regulation) -> list[tuple[str, list[tuple[Question, str]]]]:
    """The sections of the form, each question with its limits in words."""
    return [(say(one.title), [(q, limits(q)) for q in one.questions]) for one in regulation.questions.sections]


def limits(question: Question) -> str:
    """What an answer may be: `до 1500 знаков, по желанию`."""
    told = [_type(question)]
    if question.max_length:
        most = question.max_length
        told.append(ngettext("up to %(n)s character", "up to %(n)s characters", most) % {"n": num(most)})
    if question.type == "number" and (question.min is not None or question.max is not None):
        told.append(_range(question))
    if question.most:
        told.append(_("at most %(n)s") % {"n": question.most})
    if not question.required:
        told.append(_("optional"))
    if question.hidden_from_experts:
        told.append(_("experts do not see the answer"))
    return ", ".join(told)


def _range(question: Question) -> str:
    if question.max is None:
        return _("from %(n)s") % {"n": num(question.min)}
    if question.min is None:
        return _("up to %(n)s") % {"n": num(question.max)}
    return f"{num(question.min)}–{num(question.max)}"


def _type(question: Question) -> str:
    return {
        "short_text": _("a line"),
        "long_text": _("a text"),
        "number": _("a number"),
        "money": _("a sum"),
        "date": _("a date"),
        "choice": _("one of the choices"),
        "several": _("several of the choices"),
        "file": _("files"),
        "link": _("a link"),
        "table": _("a table"),
    }[question.type]
