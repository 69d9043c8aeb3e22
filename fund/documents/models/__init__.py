"""Nouns of this room: private files and public pictures; issued papers and the series they are numbered in."""

from .files import STATES, Document, DocumentQuerySet, Picture
from .papers import Paper, PaperContents, PaperFile, PaperQuerySet, PaperVoid, Series

__all__ = [
    "STATES",
    "Document",
    "DocumentQuerySet",
    "Paper",
    "PaperContents",
    "PaperFile",
    "PaperQuerySet",
    "PaperVoid",
    "Picture",
    "Series",
]
