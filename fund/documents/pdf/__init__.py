"""Papers as PDF: plain data in, the same bytes out each time. Nothing is fetched; texts are never markup. Only jobs import this."""

from typing import Any

from django.utils import translation

from ..catalogue import paper_kind_of


def draw(paper: Any, text: dict, language: str) -> bytes:
    """The PDF of a paper in one language, on the sheet its kind names."""
    from . import certificate, document

    sheets = {"document": document.draw, "certificate": certificate.draw}
    with translation.override(language):
        return sheets[paper_kind_of(paper.kind).layout](paper, text, language)
