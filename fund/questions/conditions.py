"""Which questions are asked, given the answers so far. Plain data in and out."""

from collections.abc import Iterable, Mapping
from typing import Any

from .schema import Question, QuestionSet, Section

Answered = Mapping[str, Any]


def is_empty(value: Any) -> bool:
    """No answer: nothing, white space, an empty list."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def is_same(one: Any, other: Any) -> bool:
    """Do two answers say the same? No answer is written in more than one way."""
    return one == other or (is_empty(one) and is_empty(other))


def is_asked(question: Question, asked: Mapping[str, Question], answers: Answered) -> bool:
    """Is the question shown? `asked` are the questions shown before it; a question hangs on shown ones only."""
    if question.when is None:
        return True
    if question.when.question not in asked:
        return False
    value = answers.get(question.when.question)
    if not question.when.any_of:
        return not is_empty(value)
    given = value if isinstance(value, list) else [value]
    return any(key in given for key in question.when.any_of)


def visible(questions: QuestionSet, answers: Answered) -> dict[str, Question]:
    """The questions shown, by key, in order. `answers` by question key over all sections; unknown keys are ignored."""
    asked: dict[str, Question] = {}
    for question in questions.questions():
        if is_asked(question, asked, answers):
            asked[question.key] = question
    return asked


def visible_in(section: Section, shown: Iterable[str]) -> list[Question]:
    """The questions of one section that are among those shown."""
    keys = set(shown)
    return [question for question in section.questions if question.key in keys]
