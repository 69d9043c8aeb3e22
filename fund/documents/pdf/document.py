"""The usual sheet: A4 with a margin for binding, pages counted, number and check code at the foot of each."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Spacer

from fund.core.bilingual import say

from ..contents import dated
from . import marks
from .blocks import flow
from .type import INK, LINE, SOFT, styles, words

TOP, RIGHT, BOTTOM, LEFT = 18 * mm, 16 * mm, 26 * mm, 22 * mm
WIDTH = A4[0] - LEFT - RIGHT
HEAD = 16 * mm  # what the fund's sign takes from the first page


class Counted(Canvas):
    """A canvas that knows how many pages there are when it writes the foot of the first."""

    def __init__(self, *args: Any, foot: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.foot, self.kept = foot, []

    def showPage(self) -> None:  # noqa: N802 -- the name is reportlab's
        self.kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self.kept, 1):
            self.__dict__.update(page)
            self.foot(self, number, len(self.kept))
            super().showPage()
        super().save()


def draw(paper: Any, text: dict, language: str) -> bytes:
    out, style = BytesIO(), styles(language)
    profile = settings.PROFILE
    pages = BaseDocTemplate(
        out,
        pagesize=A4,
        title=f"{text['title']} {paper.number}",
        author=say(profile.fund, language),
        lang=language,
        invariant=1,
    )
    frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    height = A4[1] - TOP - BOTTOM
    pages.addPageTemplates(
        [
            PageTemplate(
                "first", Frame(LEFT, BOTTOM, WIDTH, height - HEAD, **frame), autoNextPageTemplate="next", onPage=_whose(language)
            ),
            PageTemplate("next", Frame(LEFT, BOTTOM, WIDTH, height, **frame)),
        ]
    )
    about = _("No. %(number)s of %(day)s") % {"number": paper.number, "day": dated(paper.issued_at)}
    story = [words(text["title"], style["title"]), words(about, style["lead"])]
    if text["lead"]:
        story += [words(text["lead"], style["text"]), Spacer(0, 4)]
    pages.build([*story, *flow(text, language, WIDTH)], canvasmaker=_canvas(paper, language))
    return out.getvalue()


def _whose(language: str):
    return lambda canvas, pages: marks.whose(canvas, LEFT, A4[1] - TOP - 10 * mm, language)


def _canvas(paper: Any, language: str):
    def foot(canvas: Canvas, number: int, count: int) -> None:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(LEFT, 22 * mm, A4[0] - RIGHT, 22 * mm)
        marks.square(canvas, marks.verify_address(paper), LEFT, 7 * mm, 13 * mm)
        canvas.setFont("PTSans", 8)
        canvas.setFillColor(INK)
        code = _("No. %(number)s · check code %(code)s") % {"number": paper.number, "code": paper.written_code}
        canvas.drawString(LEFT + 16 * mm, 16 * mm, code)
        canvas.setFillColor(SOFT)
        where = marks.verify_address(paper, with_code=False)
        canvas.drawString(LEFT + 16 * mm, 12 * mm, _("Is it genuine? %(address)s") % {"address": where})
        told = _("Page %(number)s of %(count)s") % {"number": number, "count": count}
        canvas.drawRightString(A4[0] - RIGHT, 16 * mm, told)

    return lambda *args, **kwargs: Counted(*args, foot=foot, **kwargs)
