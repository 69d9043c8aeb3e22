"""How calls stand in lists: their pills and the facts of their cards."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from fund.core.bilingual import say
from fund.core.numerals import num
from fund.core.templatetags.gs.marks import pill

from ..sketching.asking import said
from ..status import status_of
from ..wording.conditions import grant_words, who_applies
from ..workflow import WORKFLOW

# What a worked example compares, in words; a criterion's own points go by its key.
FIGURES = {
    "n": pgettext_lazy("figure", "sheets"),
    "total": pgettext_lazy("figure", "total"),
    "ranking": pgettext_lazy("figure", "total for the ranking"),
    "mean": pgettext_lazy("figure", "mean"),
    "median": pgettext_lazy("figure", "median"),
    "deviation": pgettext_lazy("figure", "deviation"),
    "spread": pgettext_lazy("figure", "spread"),
    "passed": pgettext_lazy("figure", "passed"),
    "place": pgettext_lazy("figure", "place"),
    "outcome": pgettext_lazy("figure", "outcome"),
    "amount": pgettext_lazy("figure", "amount"),
    "order": pgettext_lazy("figure", "order"),
}
OUTCOMES = {
    "funded": pgettext_lazy("outcome", "funded"),
    "reserve": pgettext_lazy("outcome", "reserve"),
    "declined": pgettext_lazy("outcome", "declined"),
    "undecided": pgettext_lazy("outcome", "undecided"),
    "passed": pgettext_lazy("outcome", "passed"),
}

register = template.Library()
register.filter("say", say)


@register.simple_tag
def call_state(call):
    """{% call_state call %}: the stored state, for those inside."""
    state = WORKFLOW.states[call.state]
    return pill(state.label, state.tone)


@register.simple_tag
def call_pill(call, now):
    """{% call_pill call now %}: what the town is told, by the clock."""
    status = status_of(call, now)
    return pill(status.pill, status.kind)


@register.filter
def figure(what: str):
    """The name of a figure of a worked example."""
    return FIGURES.get(what, what)


@register.simple_tag
def figure_in(what: str, data: dict):
    """The same where the rubric is a sketch: a criterion's own points by its title."""
    titles = {one.get("key"): said(one.get("title")) for one in data.get("rules", {}).get("criteria", [])}
    return FIGURES.get(what) or titles.get(what) or what


@register.simple_tag
def row_link(frame, path: str) -> tuple[str, int]:
    """The address of a row's own page, and how much is left there."""
    return frame.rows.get(path, ("", 0))


@register.simple_tag
def share_here(frame, name: str) -> str:
    """What part of the greatest total a criterion makes, by the name of its row; nothing for other rows."""
    return frame.shares.get(name, "")


@register.filter
def figured(value):
    """Its value as people write it: a number, yes or no, an outcome, a list of names; a dash for nothing."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(value)
    return num(value) if isinstance(value, Decimal | int) else OUTCOMES.get(value, value)


@register.filter
def card_facts(call) -> list[tuple[str, str]]:
    return [
        (_("Grant"), grant_words(call.least, call.most)),
        (_("Who applies"), who_applies(call.applicants.split(), call.youngest)),
    ]
