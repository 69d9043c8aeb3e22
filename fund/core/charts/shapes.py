"""The few marks all charts are made of."""

from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def n(value: float | Decimal) -> str:
    """A number for an attribute: at most two decimals, no trailing zeros."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def pct(part, whole) -> float:
    """Part of whole in percent, 0 to 100; 0 when there is no whole."""
    return 0.0 if not whole else max(0.0, min(100.0, float(part) * 100 / float(whole)))


def rect(width: float, *, x: float = 0, css: str = "", height: str = "100%") -> str:
    at = f' x="{n(x)}%"' if x else ""
    kind = f' class="{css}"' if css else ""
    return f'<rect{kind}{at} width="{n(width)}%" height="{height}"/>'


def text(x, y, words, css: str = "", anchor: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    side = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{kind} x="{x}" y="{y}"{side}>{escape(words)}</text>'


def drawing(body: str, *, css: str, label: str = "", box: str = "", height: int | None = None) -> SafeString:
    """An svg: with a label it is an image to a screen reader, without one it is hidden from it."""
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    size = f' viewBox="{box}"' if box else ""
    tall = f' height="{height}"' if height else ""
    return mark_safe(f'<svg class="{css}"{size}{tall} {role}>{body}</svg>')
