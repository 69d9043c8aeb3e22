"""A regulation in plain words: dates, conditions, rubric and rules as people read them. Pure: no database."""

from .changes import SaidChange, said_changes
from .conditions import cost_rows, facts_of, question_rows, who_applies
from .dates import steps_of, track_of
from .rubric import CriterionWords, criteria_of
from .rules import rule_sentences, threshold_rows

__all__ = [
    "CriterionWords",
    "SaidChange",
    "cost_rows",
    "criteria_of",
    "facts_of",
    "question_rows",
    "rule_sentences",
    "said_changes",
    "steps_of",
    "threshold_rows",
    "track_of",
    "who_applies",
]
