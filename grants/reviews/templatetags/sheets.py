"""How a score sheet is shown in lists and panes: its pill, its dot, its words, its marks."""

from decimal import Decimal

from django.template import Library
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fund.core import moments
from fund.core.bilingual import reader, say
from fund.core.numerals import num
from fund.core.templatetags.gs.marks import dot, pill
from grants.calls.wording.rubric import shares_of

from ..workflow import DISCUSSION, WORKFLOW

register = Library()
DOTS = {"submitted": "full", "draft": "half", "declined": "no", "conflicted": "no"}


@register.simple_tag
def sheet_pill(sheet):
    state = WORKFLOW.states[sheet.state]
    return pill(state.label, state.tone)


@register.simple_tag
def discussion_pill(is_live):
    """Whether one may still speak: what counts, not what is stored."""
    state = DISCUSSION.states["open" if is_live else "closed"]
    return pill(state.label, state.tone)


@register.simple_tag
def due_pill(at, now):
    """When sheets are due, in the colour of how near that is: {% due_pill sheet.due_at now %}"""
    tone = {"open": "ok", "near": "amber", "last": "danger"}.get(moments.urgency(at, now), "danger")
    words = _("Hand in by %(day)s") if at > now else _("Was due on %(day)s")
    return format_html(
        '<time datetime="{}">{}</time>', moments.local(at).isoformat(), pill(words % {"day": moments.day(at, now)}, tone)
    )


@register.simple_tag
def sheet_dot(sheet):
    return dot(DOTS.get(sheet.state, ""))


@register.simple_tag
def sheet_words(sheet, rules):
    """What stands under a title in the rail: the total of a sheet handed in, how far a draft is, else its state."""
    if sheet.current:
        return num(sheet.current.total, 1)
    if sheet.state == "draft":
        scored = sum(bool(mark.get("value") or mark.get("na")) for mark in sheet.draft.values())
        return _("%(scored)s of %(all)s criteria") % {"scored": scored, "all": len(rules.scored)}
    return WORKFLOW.states[sheet.state].label


@register.filter
def score_label(value: str, criterion) -> str:
    """A cell's words: the number, or the name of the level."""
    for level in criterion.levels or ():
        if level.value == Decimal(value):
            return say(level.label)
    return num(Decimal(value))


@register.simple_tag
def mark_of(hand_in, criterion) -> dict:
    """What a hand-in says of one criterion; the value as a Decimal, None for "no score"."""
    mark = hand_in.scores.get(criterion.key, {"value": None, "comment": ""})
    return {"value": None if mark["value"] is None else Decimal(mark["value"]), "comment": mark["comment"]}


@register.simple_tag
def share_of(criterion, rules) -> str:
    """What part of the greatest total a criterion makes: "30 %"."""
    return shares_of(rules)[rules.criteria.index(criterion)]


@register.filter
def typed(mark) -> str:
    """A mark of a draft in words: the number as typed with the reader's decimal sign, "no score", or a dash."""
    if mark.get("na"):
        return _("No score")
    value = mark.get("value") or "—"
    return value.replace(".", ",") if reader() == "ru" else value
