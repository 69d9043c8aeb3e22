"""Type and colours of papers: PT Sans, sizes, hyphenation by language; and how a text becomes a paragraph."""

from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import fontpkg_pt_sans
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

FACES = {"PTSans": "Regular", "PTSans-Bold": "Bold"}
INK, SOFT, LINE, BRAND = HexColor("#12201B"), HexColor("#5A6861"), HexColor("#C3CCC5"), HexColor("#0B5D4A")
HYPHENS = {"ru": "ru_RU", "en": "en_GB"}


@cache
def load_fonts() -> None:
    """Once in a process: the faces lie in an installed package."""
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(fontpkg_pt_sans.ROOT / "files" / f"PT_Sans-Web-{face}.ttf")))
    pdfmetrics.registerFontFamily("PTSans", normal="PTSans", bold="PTSans-Bold", italic="PTSans", boldItalic="PTSans-Bold")


@cache
def styles(language: str) -> dict[str, ParagraphStyle]:
    """The styles of a paper by name; words are parted by the rules of its language."""
    load_fonts()
    base = ParagraphStyle(
        "text",
        fontName="PTSans",
        fontSize=11,
        leading=15,
        textColor=INK,
        spaceAfter=5,
        hyphenationLang=HYPHENS[language],
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )

    def like(name: str, **changed: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changed)

    bold = {"fontName": "PTSans-Bold"}
    return {
        "text": base,
        "title": like("title", **bold, fontSize=20, leading=24, spaceAfter=4, hyphenationLang=""),
        "lead": like("lead", textColor=SOFT, spaceAfter=10),
        "heading": like("heading", **bold, fontSize=13, leading=17, spaceBefore=12, spaceAfter=5, hyphenationLang=""),
        "label": like("label", textColor=SOFT, fontSize=10, leading=14, spaceAfter=0),
        "question": like("question", textColor=SOFT, fontSize=10, leading=14, spaceBefore=5, spaceAfter=1, keepWithNext=1),
        "value": like("value", spaceAfter=0),
        "cell": like("cell", fontSize=9.5, leading=12.5, spaceAfter=0),
        "figure": like("figure", fontSize=9.5, leading=12.5, spaceAfter=0, alignment=TA_RIGHT, hyphenationLang=""),
        "head": like("head", **bold, fontSize=9, leading=12, spaceAfter=0),
        "head-figure": like("head-figure", **bold, fontSize=9, leading=12, spaceAfter=0, alignment=TA_RIGHT),
        "total": like("total", **bold, fontSize=9.5, leading=12.5, spaceAfter=0),
        "total-figure": like(
            "total-figure", **bold, fontSize=9.5, leading=12.5, spaceAfter=0, alignment=TA_RIGHT, hyphenationLang=""
        ),
        "clause": like("clause", leftIndent=26, bulletIndent=0),
        "item": like("item", leftIndent=12, bulletIndent=0),
        "small": like("small", fontSize=8, leading=10, textColor=SOFT, spaceAfter=0, hyphenationLang=""),
    }


def words(text: Any, style: ParagraphStyle, **options: Any) -> Paragraph:
    """A paragraph of somebody's text: every sign is itself, a line break stays one."""
    return Paragraph(escape(str(text)).replace("\n", "<br/>"), style, **options)
