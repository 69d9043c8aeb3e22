"""The whole of a sketch: every part in the order of the file, and what the editor carries unseen."""

from .asking import COST_TABLE, ELIGIBILITY, SECTIONS
from .judging import CRITERIA, REVIEW, SCORING
from .leaves import Same
from .passport import CURATOR, ENVELOPE, LETTERS, PASSPORT, SELECTION, TIMELINE
from .proving import EXAMPLES
from .shapes import Group

RULES = Group("rules", CRITERIA, *SCORING, SELECTION, EXAMPLES)
WHOLE = Group(
    "",
    CURATOR,
    Same("format"),
    PASSPORT,
    TIMELINE,
    ENVELOPE,
    ELIGIBILITY,
    SECTIONS,
    COST_TABLE,
    REVIEW,
    RULES,
    LETTERS,
    Same("clarifications"),
)
