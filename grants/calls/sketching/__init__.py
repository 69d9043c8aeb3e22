"""A regulation while it is being written: its fields, its parts, what is still wrong with it. Pure: no database, no request.

A sketch is plain data in the shape of the forms: numbers as they were typed, rows as lists, gaps as gaps. `WHOLE.leave`
makes a regulation's data of it and `WHOLE.enter` the other way round; what was saved unchanged comes back the same.
"""

from .acts import Act, apply
from .faults import Found, Reading, read_sketch
from .pages import PARTS, Page, Part, page_at, page_of, pages_of
from .shapes import MISSING, Context
from .starting import blank, copied, entered
from .whole import WHOLE
from .words import by_page, place_words, sentence_of

__all__ = [
    "MISSING",
    "PARTS",
    "WHOLE",
    "Act",
    "Context",
    "Found",
    "Page",
    "Part",
    "Reading",
    "apply",
    "blank",
    "by_page",
    "copied",
    "entered",
    "page_at",
    "page_of",
    "pages_of",
    "place_words",
    "read_sketch",
    "sentence_of",
]
