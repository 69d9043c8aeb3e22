"""Reading that is too big for a query set method: ties, the ranking, equals, the state of the judging."""

from .others import others_of
from .parting import Equals, draws_of, equals_among, lots_among, waiting_for_lot
from .progress import progress_of
from .ranking import Judged, Ranked, fingerprint, form_values, inputs_of, ranking_of
from .tie_words import TieWords, words_of
from .ties import ties_of_call, ties_of_sheet

__all__ = [
    "Equals",
    "Judged",
    "Ranked",
    "TieWords",
    "draws_of",
    "equals_among",
    "fingerprint",
    "form_values",
    "inputs_of",
    "lots_among",
    "others_of",
    "progress_of",
    "ranking_of",
    "ties_of_call",
    "ties_of_sheet",
    "waiting_for_lot",
    "words_of",
]
