"""Covers: tiles of a circuit board drawn from a seed, so that each call and project has its own picture and no file."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

# Ground, main, light, spark. Decoration only: no text is ever set on a cover.
PALETTES = {
    "city": ("#0B5D4A", "#FFB81C", "#BFE3D3", "#F5F7F4"),
    "media": ("#1B3A8C", "#FF8A5C", "#A9CCF7", "#F5F7F4"),
    "heritage": ("#8C3322", "#F0C987", "#D9694F", "#FBEFDD"),
    "youth": ("#FFB81C", "#12201B", "#E4572E", "#FFF4D9"),
    "stage": ("#4B2A6B", "#F2A1C4", "#9C77C9", "#FFD27A"),
    "eco": ("#17626D", "#C9DD6B", "#6FC0C4", "#F3F7E6"),
}
UNIT = 40


class Dice:
    """The same seed throws the same numbers on every machine, for ever."""

    def __init__(self, seed: str):
        self.digits = hashlib.sha256(seed.encode()).digest() * 8
        self.at = 0

    def throw(self, sides: int) -> int:
        self.at = (self.at + 1) % len(self.digits)
        return self.digits[self.at] % sides


@lru_cache(maxsize=512)
def cover(seed: str, palette: str, cols: int = 6, rows: int = 2, css: str = "cover") -> SafeString:
    """An SVG of cols × rows tiles; an unknown palette is chosen by the seed."""
    colours = PALETTES.get(palette) or sorted(PALETTES.values())[Dice(seed).throw(len(PALETTES))]
    dice = Dice(seed + palette)
    tiles = "".join(_tile(dice, i * UNIT, j * UNIT, colours) for j in range(rows) for i in range(cols))
    return mark_safe(
        f'<svg class="{css}" viewBox="0 0 {cols * UNIT} {rows * UNIT}" preserveAspectRatio="xMidYMid slice" '
        f'aria-hidden="true"><rect width="100%" height="100%" fill="{colours[0]}"/>{tiles}</svg>'
    )


def _tile(dice: Dice, x: int, y: int, colours: tuple) -> str:
    ground, main, light, spark = colours
    fill = (main, light, light, spark, main)[dice.throw(5)]
    return OUTCOMES[dice.throw(11)](dice, x, y, fill, ground)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _solid(fill: str) -> str:
    # The hair of a stroke closes the seam that browsers leave between neighbouring tiles.
    return f'fill="{fill}" stroke="{fill}" stroke-width=".4"'


def _quarter(dice, x, y, fill, ground) -> str:
    corner = dice.throw(4)
    px, py = [(x, y), (x + UNIT, y), (x + UNIT, y + UNIT), (x, y + UNIT)][corner]
    ax, ay, bx, by = [
        (x + UNIT, y, x, y + UNIT),
        (x + UNIT, y + UNIT, x, y),
        (x, y + UNIT, x + UNIT, y),
        (x, y, x + UNIT, y + UNIT),
    ][corner]
    return f'<path {_solid(fill)} d="M{px} {py}L{ax} {ay}A{UNIT} {UNIT} 0 0 1 {bx} {by}Z"/>'


def _via(dice, x, y, fill, ground) -> str:
    cx, cy = x + UNIT // 2, y + UNIT // 2
    return (
        f'<circle cx="{cx}" cy="{cy}" r="{_n(UNIT * 0.36)}" fill="{fill}"/>'
        f'<circle cx="{cx}" cy="{cy}" r="{_n(UNIT * 0.14)}" fill="{ground}"/>'
    )


def _half(dice, x, y, fill, ground) -> str:
    r = UNIT // 2
    if dice.throw(2):
        return f'<path {_solid(fill)} d="M{x} {y}H{x + UNIT}A{r} {r} 0 0 1 {x} {y}Z"/>'
    return f'<path {_solid(fill)} d="M{x} {y}V{y + UNIT}A{r} {r} 0 0 0 {x} {y}Z"/>'


def _pins(dice, x, y, fill, ground) -> str:
    width = UNIT / 7
    upright = dice.throw(2)
    offsets = [(2 * i + 1) * width for i in range(3)]
    if upright:
        return "".join(f'<rect x="{_n(x + o)}" y="{y}" width="{_n(width)}" height="{UNIT}" fill="{fill}"/>' for o in offsets)
    return "".join(f'<rect x="{x}" y="{_n(y + o)}" width="{UNIT}" height="{_n(width)}" fill="{fill}"/>' for o in offsets)


def _block(dice, x, y, fill, ground) -> str:
    return f'<rect x="{x}" y="{y}" width="{UNIT}" height="{UNIT}" {_solid(fill)}/>'


def _trace(dice, x, y, fill, ground) -> str:
    u, cx, cy = UNIT, x + UNIT / 2, y + UNIT / 2
    return (
        f'<path d="M{x} {_n(cy)}H{_n(cx - u * 0.1)}L{_n(cx + u * 0.3)} {_n(y + u * 0.1)}V{y}'
        f'M{x} {_n(cy + u * 0.25)}H{_n(cx)}L{x + u} {_n(y + u * 0.28)}" '
        f'fill="none" stroke="{fill}" stroke-width="{_n(u * 0.08)}"/>'
    )


def _dot(dice, x, y, fill, ground) -> str:
    return f'<circle cx="{x + UNIT // 2}" cy="{y + UNIT // 2}" r="{_n(UNIT * 0.12)}" fill="{fill}"/>'


def _nothing(dice, x, y, fill, ground) -> str:
    return ""


OUTCOMES: tuple[Callable[..., str], ...] = (
    _quarter,
    _quarter,
    _via,
    _via,
    _half,
    _pins,
    _block,
    _trace,
    _dot,
    _nothing,
    _nothing,
)
