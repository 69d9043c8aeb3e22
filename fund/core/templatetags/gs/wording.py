"""How values are written: sums, numbers, instants, texts in two languages, Markdown."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fund.core import markdown, moments, numerals
from fund.core import money as sums
from fund.core.bilingual import Said, say
from fund.core.text import within

register = template.Library()

register.filter("moment", moments.moment, is_safe=True)
register.filter("pairs", lambda names, values: list(zip(names, values, strict=False)))  # the heads of a table beside one row
register.filter("deadline", moments.deadline, is_safe=True)
register.filter("day", moments.day, is_safe=True)
register.filter("clock", moments.clock, is_safe=True)
register.filter("within", within, is_safe=True)
register.filter("rich", markdown.rich, is_safe=True)
register.filter("paragraphs", markdown.paragraphs, is_safe=True)


@register.filter(is_safe=True)
def money(amount):
    """{{ amount|money }}: `1 250 000,50 ₽`; nothing for None."""
    return "" if amount is None or amount == "" else sums.money(amount)


@register.filter(is_safe=True)
def amount(value):
    """{{ sum|amount }}: the same without the sign, for columns headed by it."""
    return "" if value is None or value == "" else sums.money(value, sign=False)


@register.filter(is_safe=True)
def num(value, digits=None):
    """{{ mean|num:1 }}: `70,7` in Russian."""
    return numerals.num(value, digits)


@register.filter
def said(text):
    """{{ call.title|said }}: the reader's language; a text of the other one is marked for screen readers."""
    words = text if isinstance(text, Said) else say(text)
    return format_html('<span lang="{}">{}</span>', words.lang, words) if words.is_foreign else words


@register.filter(is_safe=True)
def size(count):
    """{{ file.size|size }}: `1,4 МБ`."""
    kilo, mega = 1000, 1000 * 1000
    if count >= mega:
        return _("%(size)s MB") % {"size": numerals.num(f"{count / mega:.1f}")}
    return _("%(size)s KB") % {"size": numerals.num(max(1, round(count / kilo)))}


@register.simple_tag
def zone(at):
    """{% zone at %}: `по Калининграду (в Москве 19:00)`"""
    return moments.zone(at)


@register.simple_tag
def when(at, now=None, only=""):
    """{% when at %}: <time> with day and time; only="day" or only="clock" for one of them."""
    if at is None:
        return ""
    words = {"day": lambda: moments.day(at, now), "clock": lambda: moments.clock(at)}.get(only, lambda: moments.moment(at, now))
    return format_html('<time datetime="{}">{}</time>', moments.local(at).isoformat(), words())
