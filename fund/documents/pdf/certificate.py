"""A certificate: one landscape sheet, a cover band on the left, whom it honours and for what on the right."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, HRFlowable, KeepInFrame

from fund.core import covers
from fund.core.bilingual import say

from ..contents import dated
from . import marks
from .blocks import flow
from .type import BRAND, INK, SOFT, load_fonts, styles, words

WIDTH, HEIGHT = landscape(A4)
BAND, LEFT, RIGHT = 78 * mm, 98 * mm, 20 * mm
TILE = BAND / 3


def draw(paper: Any, text: dict, language: str) -> bytes:
    load_fonts()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, lang=language)
    canvas.setTitle(f"{text['title']} {paper.number}")
    canvas.setAuthor(say(settings.PROFILE.fund, language))
    band(canvas, paper.uid)
    marks.whose(canvas, LEFT, HEIGHT - 33 * mm, language, 11 * mm)
    _words(canvas, text, language)
    _foot(canvas, paper, language)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _words(canvas: Canvas, text: dict, language: str) -> None:
    """Title, name and text, made smaller together where they are long."""
    style, width = styles(language), WIDTH - LEFT - RIGHT
    title = style["title"].clone("honour", fontSize=40, leading=46, spaceAfter=14)
    name = style["title"].clone("name", fontSize=24, leading=30, textColor=BRAND, spaceAfter=10)
    body = [words(text["title"], title), words(text["name"], name), HRFlowable("100%", 0.8, color=INK, spaceAfter=12)]
    if text["lead"]:
        body.append(words(text["lead"], style["text"].clone("for", fontSize=14, leading=20, hyphenationLang="")))
    room = KeepInFrame(width, 118 * mm, [*body, *flow(text, language, width)], mode="shrink")
    Frame(LEFT, 42 * mm, width, 122 * mm, leftPadding=0, rightPadding=0).addFromList([room], canvas)


def _foot(canvas: Canvas, paper: Any, language: str) -> None:
    marks.square(canvas, marks.verify_address(paper), WIDTH - RIGHT - 22 * mm, 14 * mm, 22 * mm)
    edge = WIDTH - RIGHT - 26 * mm
    told = {"number": paper.number, "day": dated(paper.issued_at)}
    canvas.setFont("PTSans", 10)
    canvas.setFillColor(INK)
    canvas.drawRightString(edge, 30 * mm, _("No. %(number)s of %(day)s") % told)
    canvas.drawRightString(edge, 24 * mm, _("Check code %(code)s") % {"code": paper.written_code})
    canvas.setFillColor(SOFT)
    canvas.setFont("PTSans", 9)
    canvas.drawRightString(edge, 18.5 * mm, marks.verify_address(paper, with_code=False))


def band(canvas: Canvas, seed: str) -> None:
    """The cover of the paper, three tiles wide: the same shapes as on pages, thrown by the same dice."""
    ground, main, light, spark = (HexColor(colour) for colour in covers.PALETTES["city"])
    dice = covers.Dice(seed)
    canvas.setFillColor(ground)
    canvas.rect(0, 0, BAND, HEIGHT, stroke=0, fill=1)
    canvas.saveState()
    edge = canvas.beginPath()
    edge.rect(0, 0, BAND, HEIGHT)
    canvas.clipPath(edge, stroke=0, fill=0)
    for row in range(int(HEIGHT // TILE) + 1):
        for column in range(3):
            fill = (main, light, light, spark, main)[dice.throw(5)]
            shape = SHAPES[dice.throw(len(SHAPES))]
            shape(canvas, column * TILE, HEIGHT - (row + 1) * TILE, fill, ground, dice.throw(4))
    canvas.restoreState()


def _quarter(canvas: Canvas, x: float, y: float, fill: Any, ground: Any, turn: int) -> None:
    cx, cy = ((x, y), (x + TILE, y), (x + TILE, y + TILE), (x, y + TILE))[turn]
    canvas.setFillColor(fill)
    canvas.wedge(cx - TILE, cy - TILE, cx + TILE, cy + TILE, 90 * turn, 90, stroke=0, fill=1)


def _ring(canvas: Canvas, x: float, y: float, fill: Any, ground: Any, turn: int) -> None:
    for colour, part in ((fill, 0.36), (ground, 0.14)):
        canvas.setFillColor(colour)
        canvas.circle(x + TILE / 2, y + TILE / 2, TILE * part, stroke=0, fill=1)


def _pins(canvas: Canvas, x: float, y: float, fill: Any, ground: Any, turn: int) -> None:
    canvas.setFillColor(fill)
    for place in range(3):
        at = (2 * place + 1) * TILE / 7
        across = (x + at, y, TILE / 7, TILE) if turn % 2 else (x, y + at, TILE, TILE / 7)
        canvas.rect(*across, stroke=0, fill=1)


def _block(canvas: Canvas, x: float, y: float, fill: Any, ground: Any, turn: int) -> None:
    canvas.setFillColor(fill)
    canvas.rect(x, y, TILE, TILE, stroke=0, fill=1)


def _dot(canvas: Canvas, x: float, y: float, fill: Any, ground: Any, turn: int) -> None:
    canvas.setFillColor(fill)
    canvas.circle(x + TILE / 2, y + TILE / 2, TILE * 0.12, stroke=0, fill=1)


def _nothing(canvas: Canvas, x: float, y: float, fill: Any, ground: Any, turn: int) -> None:
    """Ground alone."""


SHAPES = (_quarter, _quarter, _quarter, _ring, _ring, _pins, _block, _dot, _nothing)
