"""Pictures: covers, icons, the logo, charts."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from fund.core import charts, covers, icons
from fund.core.numerals import percent

register = template.Library()


def palette(theme) -> str:
    """The colours of a direction of support, as the profile says; a palette's own name also works."""
    key = str(theme or "")
    return next((t.palette for t in settings.PROFILE.themes if t.key == key), key)


@register.simple_tag
def cover(slug, theme="", cols=6, rows=2, css="cover"):
    """{% cover call.slug call.theme 9 3 %}: the same seed gives the same picture everywhere."""
    return covers.cover(str(slug), palette(theme), int(cols), int(rows), css)


@register.simple_tag
def icon(name):
    """{% icon "check" %}"""
    return icons.icon(name)


@register.simple_tag
def logo():
    return mark_safe(icons.LOGO)


@register.simple_tag
def bar(part, whole, label=""):
    """{% bar 67 100 %}: hidden from screen readers unless it has a label."""
    return charts.bar(part, whole, label)


@register.simple_tag
def share(part, whole):
    """{% share row.sum total %}: the small bar and `40 %`."""
    return format_html("{}{}", charts.share(part, whole), percent(part, whole))


@register.simple_tag
def quota(parts, whole, label, css=""):
    """{% quota taken envelope words %}: a wide bar; css "tall" for the envelope of a call."""
    return charts.quota(parts, whole, label, css)


@register.simple_tag
def bars(rows):
    """{% bars rows %}: rows of (name, value, words)."""
    return charts.bars(rows)


@register.simple_tag
def lines(series, labels, label):
    """{% lines series labels "Applications by season" %}: series of (name, values)."""
    return charts.lines(labels, series, label)


@register.simple_tag
def beside(own, other, low, high, label):
    """{% beside own other 0 5 words %}: two means with their deviations on one axis, each a (mean, deviation) or None."""
    return charts.beside(own, other, low, high, label)


@register.simple_tag
def strip(values, low, high, mean=None, limit=None, ticks=0):
    """{% strip values 0 100 mean 20 %}"""
    return charts.strip(values, low, high, mean, limit, ticks)


@register.simple_tag
def adds(parts, whole, threshold=None, passing=None, digits=1):
    """{% adds parts 100 threshold=60 passing=72.7 %}: parts are fund.core.charts.Part."""
    return charts.adds(parts, whole, digits=digits, threshold=threshold, passing=passing)


@register.simple_tag
def ranges(rows, first, last, line=None):
    """{% ranges rows 1 40 line=12 %}: rows are fund.core.charts.Range; a thin line where the envelope ends."""
    return charts.ranges(rows, first, last, line)


@register.simple_tag
def percents(part, whole, digits=0):
    """{% percents 96000 508300 %}: `19 %`"""
    return percent(part, whole, digits)
