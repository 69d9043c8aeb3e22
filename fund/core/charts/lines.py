"""A line chart whose points stand at percentages: it stretches with its box while its letters keep their size."""

import itertools
from dataclasses import dataclass
from math import ceil, log10

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..numerals import num
from .shapes import drawing, n, text

HEIGHT, TOP, FOOT = 200, 26, 30
LEFT, RIGHT = 9.0, 93.0  # percent of the width
MOST_SERIES = 5


@dataclass(frozen=True)
class Frame:
    """Turns a value into a height and a place in the row into a percentage."""

    most: float
    count: int

    def y(self, value) -> float:
        return HEIGHT - FOOT - float(value) / self.most * (HEIGHT - FOOT - TOP)

    def x(self, place: int) -> float:
        return RIGHT if self.count == 1 else LEFT + 2 + (RIGHT - LEFT - 2) * place / (self.count - 1)


def lines(labels, series, label: str) -> SafeString:
    """`labels`: the names along the foot; `series`: (name, values) pairs, five at most, values from zero up.

    Each line carries its name and last value at its end: nobody has to match colours with a legend.
    """
    labels, series = list(labels), list(series)
    if len(series) > MOST_SERIES:
        raise ValueError(f"A line chart holds {MOST_SERIES} series at most, not {len(series)}.")
    step = _step(max((float(v) for _, values in series for v in values), default=0))
    top = max((float(v) for _, values in series for v in values), default=0)
    frame = Frame(step * max(1, ceil(top / step)), len(labels))
    body = _grid(frame, step) + _foot(frame, labels)
    body += "".join(_line(frame, place, name, values) for place, (name, values) in enumerate(series))
    return format_html('<div class="chart-box">{}</div>', drawing(body, css="chart", label=label, height=HEIGHT))


def _step(most: float) -> float:
    """A round distance between the rules: 1, 2 or 5 times a power of ten, three to five rules in all."""
    if most <= 0:
        return 1
    rough = most / 4
    power = 10.0 ** int(log10(rough) // 1)
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough)


def _grid(frame: Frame, step: float) -> str:
    body = ""
    for i in range(round(frame.most / step) + 1):
        y = n(frame.y(i * step))
        body += f'<line class="ax" x1="{LEFT}%" x2="{RIGHT + 2}%" y1="{y}" y2="{y}"/>'
        body += text(f"{LEFT - 1.5}%", n(frame.y(i * step) + 4), num(n(i * step)), anchor="end")
    return body


def _foot(frame: Frame, labels: list) -> str:
    # On a narrow page every other name gives way; the first and the last stay.
    thin = {i for i in range(len(labels)) if (len(labels) - 1 - i) % 2 and len(labels) > 4}
    return "".join(
        text(f"{n(frame.x(i))}%", HEIGHT - 8, name, css="thin" if i in thin else "", anchor="middle")
        for i, name in enumerate(labels)
    )


def _line(frame: Frame, place: int, name: str, values) -> str:
    points = [(frame.x(i), frame.y(v)) for i, v in enumerate(values)]
    pairs = itertools.pairwise(points)
    body = "".join(f'<line class="ln" x1="{n(ax)}%" y1="{n(ay)}" x2="{n(bx)}%" y2="{n(by)}"/>' for (ax, ay), (bx, by) in pairs)
    body += "".join(f'<circle class="pt" cx="{n(x)}%" cy="{n(y)}" r="4.5"/>' for x, y in points)
    x, y = points[-1]
    return f'<g class="c{place + 1}">{body}</g>' + text(f"{n(x)}%", n(y - 12), f"{name} {num(values[-1])}", "v", "end")
