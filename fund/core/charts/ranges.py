"""A list of ranges on one axis: from the least to the greatest, an upright line where a thing stands now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .shapes import n, pct


@dataclass(frozen=True)
class Range:
    """One row: its name, least, present and greatest value on the axis, the same in words; `is_open` draws it in amber."""

    name: str
    low: float
    at: float
    high: float
    words: str
    is_open: bool = False


def ranges(rows: Iterable[Range], first: float, last: float, line: float | None = None) -> SafeString:
    """Each row as a bar on the axis first…last; `line` is drawn through all of them. The words say it without the picture."""
    return mark_safe(f'<ol class="adds ranges">{"".join(_row(row, first, last, line) for row in rows)}</ol>')


def _row(row: Range, first: float, last: float, line: float | None) -> str:
    # A value is one step wide, so that a range of a single place can be seen.
    span = last - first + 1
    start, end = pct(row.low - first, span), pct(row.high - first + 1, span)
    css = "c2" if row.is_open else "c1"
    body = f'<rect class="{css}" x="{n(start)}%" y="5" width="{n(end - start)}%" height="14" rx="3"/>'
    at = n(pct(row.at - first + 0.5, span))
    body += f'<line class="at pass" x1="{at}%" x2="{at}%" y1="2" y2="22"/>'
    if line is not None and first <= line <= last:
        x = n(pct(line - first + 1, span))
        body += f'<line class="at" x1="{x}%" x2="{x}%" y1="-5" y2="29"/>'
    return (
        f'<li><span>{escape(row.name)}</span><svg class="lane" aria-hidden="true">{body}</svg>'
        f'<span class="val"><span class="meta">{escape(row.words)}</span></span></li>'
    )
