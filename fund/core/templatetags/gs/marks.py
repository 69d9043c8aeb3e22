"""Small marks made without a template, because lists print hundreds of them: pills, meters, notes, progress."""

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.core import charts, moments
from fund.core.icons import icon

register = template.Library()

KINDS = {"": "", "mute": "", "warn": "amber", "error": "danger"}
NOTE_ICONS = {"ok": "check", "amber": "alert", "danger": "alert"}
TIGHT = 80  # percent taken from which a meter warns


def kind_of(word: str) -> str:
    return KINDS.get(word, word)


@register.simple_tag
def pill(label, kind="mute"):
    """{% pill "Draft" "mute" %}: mute ok info amber plum danger brand; add " plain" for no dot."""
    css = kind_of(kind)
    return format_html('<span class="pill{}">{}</span>', f" {css}" if css else "", label)


@register.simple_tag
def deadline_pill(at, now, opens=None, closed=None):
    """{% deadline_pill call.closes_at now opens=call.opens_at %}: not open yet, open, near, last day, closed."""
    state = moments.urgency(at, now, opens)
    words = {
        "soon": lambda: _("Opens on %(day)s") % {"day": moments.day(opens, now)},
        "closed": lambda: closed or _("Applications closed"),
        "last": lambda: _last_day(at, now),
    }.get(state, lambda: _days_left(at, now))
    css = {"open": "ok", "near": "amber", "last": "danger"}.get(state, "mute")
    return format_html('<time datetime="{}">{}</time>', moments.local(at).isoformat(), pill(words(), css))


def _days_left(at, now) -> str:
    days = moments.Left.until(at, now).days
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _last_day(at, now) -> str:
    is_today = timezone.localdate(at) == timezone.localdate(now)
    words = _("Today until %(time)s") if is_today else _("Tomorrow until %(time)s")
    return words % {"time": moments.clock(at)}


@register.simple_tag
def meter(taken, of, words, wide="", wanted=""):
    """{% meter 21 25 "4 places of 25 left" %}: the words first, the bar only beside them; wanted: a full one is no alarm."""
    part = charts.shapes.pct(taken, of)
    state = "" if wanted else " full" if taken >= of else " tight" if part >= TIGHT else ""
    css = f"meter{state}{' wide' if wide else ''}"
    return format_html('<span class="{}"><span>{}</span>{}</span>', css, words, charts.bar(taken, of))


@register.simple_tag
def progress(done, total):
    """{% progress 3 6 %}: one stretch per section; say the same in words beside it."""
    parts = ((mark_safe(' class="on"') if i < done else "",) for i in range(total))
    return format_html('<div class="progress" aria-hidden="true">{}</div>', format_html_join("", "<i{}></i>", parts))


@register.simple_tag
def dot(state):
    """{% dot "half" %}: full half no, or "" for not begun; the words stand beside it."""
    return format_html('<i class="dot{}" aria-hidden="true"></i>', f" {state}" if state else "")


@register.simple_block_tag
def note(content, kind="info", css=""):
    """{% note "warn" %}<p>…</p>{% endnote %}: ok info warn danger mute; css "loud" for what must not be missed."""
    word = kind_of(kind)
    classes = " ".join(filter(None, ("note", word, css)))
    drawn = icon(NOTE_ICONS.get(word, "info"))
    body = content if "<p" in content or "<ul" in content else format_html("<p>{}</p>", content)
    return format_html('<div class="{}">{}<div>{}</div></div>', classes, drawn, body)
