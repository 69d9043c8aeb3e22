"""Bars from zero: a meter, a share in a table, the filling of an envelope, a list of labelled bars."""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .shapes import drawing, pct, rect

SERIES = 7
# The longest bar leaves this much of its row for the value printed after it.
LONGEST = 68


def bar(part, whole, label: str = "") -> SafeString:
    """One bar filled to part of whole."""
    return drawing(rect(pct(part, whole)), css="bar", label=label)


def share(part, whole) -> SafeString:
    """The small bar that stands before a percentage in a table."""
    return drawing(rect(pct(part, whole)), css="share")


def quota(parts, whole, label: str, css: str = "") -> SafeString:
    """What of a limit is taken: one or several stretches behind one another; red when they exceed it.

    `parts` is one number or a list of numbers in the unit of `whole`.
    """
    parts = list(parts) if isinstance(parts, (list, tuple)) else [parts]
    body, start = "", 0.0
    for place, part in enumerate(parts):
        width = min(pct(part, whole), 100 - start)
        body += rect(width, x=start, css=f"c{place % SERIES + 1}" if len(parts) > 1 else "")
        start += width
    over = " over" if whole is not None and sum(parts) > whole else ""
    return format_html('<div class="quota{}{}">{}</div>', f" {css}" if css else "", over, drawing(body, css="bar", label=label))


def bars(rows) -> SafeString:
    """A list of bars, each with its name and its value in words.

    `rows`: (name, value, words) in the order shown; a plain list to a screen reader, so it needs no other label.
    """
    rows = list(rows)
    most = max((float(value) for _, value, _ in rows), default=0)
    lines = []
    for place, (name, value, words) in enumerate(rows):
        width = pct(value, most) * LONGEST / 100
        lines.append(
            f'<li><span>{escape(name)}</span><span class="val">'
            f'<svg class="c{place % SERIES + 1}" width="{width:.1f}%" height="22" aria-hidden="true">{rect(100)}</svg>'
            f"{escape(words)}</span></li>"
        )
    return mark_safe(f'<ul class="bars">{"".join(lines)}</ul>')
