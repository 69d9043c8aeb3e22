"""How far a form is filled, section by section: what a task list shows and what sending asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .conditions import is_empty, visible, visible_in
from .schema import Question, QuestionSet
from .validation import fault_of

State = Literal["not_started", "in_progress", "complete"]


@dataclass(frozen=True)
class Progress:
    """One section: its state, and for each question that is missing or wrong its sentence, in order.

    Only the faults keep a form from being sent: a section may be in progress because its people want to come back to it.
    """

    key: str
    state: State
    faults: tuple[tuple[str, str], ...]

    @property
    def is_complete(self) -> bool:
        return self.state == "complete"


def progress(questions: QuestionSet, answers: Mapping[str, Any], postponed: Collection[str] = ()) -> list[Progress]:
    """The progress of every section in which something is asked, in order.

    `answers` by question key over all sections, `postponed` the keys of sections people said they will come back to. A
    section is complete when nothing shown in it is missing or wrong and it is not postponed; not started while nothing in
    it is answered. Source: domain.md, "per section completeness".
    """
    shown = visible(questions, answers)
    parts = [(section, visible_in(section, shown)) for section in questions.sections]
    return [_progress(section.key, asked, answers, section.key in postponed) for section, asked in parts if asked]


def _progress(key: str, asked: list[Question], answers: Mapping[str, Any], is_postponed: bool) -> Progress:
    faults = [(q.key, fault) for q in asked if (fault := fault_of(q, answers.get(q.key))) is not None]
    begun = any(not is_empty(answers.get(q.key)) for q in asked)
    state: State = "not_started" if not begun else "in_progress" if faults or is_postponed else "complete"
    return Progress(key, state, tuple(faults))
