"""Pictures of scores: the strip of one thing's marks, and the figure that adds criteria up to a total."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..numerals import num
from .shapes import drawing, n, pct, rect

WIDTH, HEIGHT, EDGE = 176, 26, 8


def strip(values, low, high, mean=None, limit=None, ticks: int = 0) -> SafeString:
    """One dot per mark on the axis low…high, a bar from the least to the greatest, an upright line at the mean.

    Amber when the spread reaches `limit`; equal marks stand above one another; `ticks` draws that many steps.
    """
    marks = sorted(Decimal(str(v)) for v in values if v is not None)
    words = [num(v) for v in marks] or ["—"]
    label = _("Scores: %(scores)s") % {"scores": " · ".join(words)}
    if mean is not None:
        label = _("Scores: %(scores)s; mean %(mean)s") % {"scores": " · ".join(words), "mean": num(mean)}
    wide = limit is not None and marks and marks[-1] - marks[0] >= Decimal(str(limit))
    body = _axis(low, high, ticks) + _dots(marks, low, high) + _mean(mean, low, high)
    return drawing(body, css="strip wide" if wide else "strip", label=label, box=f"0 0 {WIDTH} {HEIGHT}")


def beside(own, other, low, high, label: str) -> SafeString:
    """Two sides on one axis: above, a dot at one's own mean; below, an upright line at the others'.

    Each side is (mean, deviation); its bar reaches one deviation to both sides, within low…high. `other` may be None.
    """
    body = _axis(low, high, 0)
    for side, y, css in ((own, 7, "rng"), (other, 19, "rng rest")):
        if side is None or side[0] is None:
            continue
        middle, reach = side[0], side[1] or 0
        ends = [n(_x(min(max(middle + way * reach, low), high), low, high)) for way in (-1, 1)]
        body += f'<path class="{css}" d="M{ends[0]} {y}H{ends[1]}"/>' if ends[0] != ends[1] else ""
        x = n(_x(middle, low, high))
        body += (
            f'<circle class="pt" cx="{x}" cy="{y}" r="4"/>' if side is own else f'<path class="mean" d="M{x} {y - 6}V{y + 6}"/>'
        )
    return drawing(body, css="strip", label=label, box=f"0 0 {WIDTH} {HEIGHT}")


def _x(value, low, high) -> float:
    return EDGE + (WIDTH - 2 * EDGE) * pct(Decimal(str(value)) - Decimal(str(low)), Decimal(str(high)) - Decimal(str(low))) / 100


def _axis(low, high, ticks: int) -> str:
    steps = "".join(f"M{n(EDGE + (WIDTH - 2 * EDGE) * i / ticks)} 10V16" for i in range(ticks + 1)) if ticks else ""
    return f'<path class="ax" d="M{EDGE} 13H{WIDTH - EDGE}{steps}"/>'


def _dots(marks: list, low, high) -> str:
    if not marks:
        return ""
    x = [n(_x(v, low, high)) for v in (marks[0], marks[-1])]
    body = f'<path class="rng" d="M{x[0]} 13H{x[1]}"/>' if marks[0] != marks[-1] else ""
    for value, count in Counter(marks).items():
        tops = [13 + (i - (count - 1) / 2) * min(9, 18 / count) for i in range(count)]
        body += "".join(f'<circle class="pt" cx="{n(_x(value, low, high))}" cy="{n(y)}" r="4"/>' for y in tops)
    return body


def _mean(mean, low, high) -> str:
    return "" if mean is None else f'<path class="mean" d="M{n(_x(mean, low, high))} 4V22"/>'


@dataclass(frozen=True)
class Part:
    """One criterion's share of a total, in points: its name, what it gave, what it could give at most."""

    name: str
    gave: Decimal
    most: Decimal


def adds(parts, whole, *, digits: int = 1, threshold=None, passing=None) -> SafeString:
    """How a total came about: each bar starts where the last one ended, dashes show what could be earned.

    `parts` are Part in points of `whole`; a thin upright line marks the threshold, a thick one the passing score.
    """
    rows, start, stretches = [], Decimal(0), ""
    for place, part in enumerate(parts):
        css = f"c{place % 7 + 1}"
        at, width = pct(start, whole), pct(part.gave, whole)
        rest = n(pct(part.most - part.gave, whole))
        most = f'<rect class="most" x="{n(at + width)}%" y="1" width="{rest}%" height="22"/>'
        rows.append(_row(part.name, most + rect(width, x=at, css=css), part.gave, part.most, digits))
        stretches += rect(width, x=at, css=css)
        start += part.gave
    for value, css in ((threshold, "at"), (passing, "at pass")):
        if value is not None:
            x = n(pct(value, whole))
            stretches += f'<line class="{css}" x1="{x}%" x2="{x}%" y1="-5" y2="29"/>'
    rows.append(_row(_("Total"), stretches, start, whole, digits, css="all"))
    return format_html('<ol class="adds">{}{}</ol>', mark_safe("".join(rows)), _marks(whole, threshold, passing, digits))


def _row(name: str, body: str, gave, most, digits: int, css: str = "") -> str:
    out_of = _("out of %(most)s") % {"most": num(most)}
    kind, tag = (f' class="{css}"', "b") if css else ("", "span")
    return (
        f'<li{kind}><{tag}>{escape(name)}</{tag}><svg class="lane" aria-hidden="true">{body}</svg>'
        f'<span class="val"><b>{num(gave, digits)}</b> <span class="meta">{escape(out_of)}</span></span></li>'
    )


def _marks(whole, threshold, passing, digits: int) -> SafeString:
    """The numbers under the lines; the lower one is written to the left of its line so that they never meet."""
    named = [(threshold, _("threshold")), (passing, _("passing score"))]
    named = sorted((pair for pair in named if pair[0] is not None), key=lambda pair: pair[0])
    if not named:
        return mark_safe("")
    body = ""
    for place, (value, words) in enumerate(named):
        at = pct(value, whole)
        side = "end" if (place == 0 and len(named) == 2) or at > 88 else "middle" if at > 80 else "start"
        x, anchor = f"{n(at)}%", f' text-anchor="{side}"'
        body += f'<text x="{x}" y="12"{anchor}>{num(value, digits)}</text><text x="{x}" y="28"{anchor}>{escape(words)}</text>'
    return mark_safe(f'<li aria-hidden="true"><svg class="lane marks">{body}</svg></li>')
