"""Answers as people read them: choices by their words, sums and dates written out, files by name. Plain data in and out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fund.core.bilingual import Said, say
from fund.core.fields import parse_money
from fund.core.moments import day
from fund.core.money import money
from fund.core.numerals import num

from .conditions import is_empty, visible, visible_in
from .schema import Column, Question, QuestionSet, Section
from .validation import is_address, read_date, read_number

KINDS = {"long_text": "text", "several": "list", "file": "files", "table": "table"}
NUMERIC = ("number", "money")


@dataclass(frozen=True)
class Told:
    """One answer to show. `kind` says how: "line", "text", "list" of words, "link", "files", "table" with `columns`."""

    question: Question
    label: Said
    kind: str
    value: Any
    columns: tuple[tuple[Said, bool], ...] = ()

    @property
    def is_empty(self) -> bool:
        return is_empty(self.value)


def told(
    questions: QuestionSet,
    section: Section,
    answers: Mapping[str, Any],
    files: Mapping[str, list] | None = None,
    *,
    for_experts: bool = False,
) -> list[Told]:
    """The shown questions of a section with their answers, in order, in the reader's language.

    `answers` by question key over all sections, a file question's as uids; `files` the documents by question key. With
    `for_experts` what is hidden from experts is left out, question and all. What cannot be read (a date typed in words)
    is shown as typed. Source: domain.md, "per question “hidden from experts”".
    """
    shown = visible_in(section, visible(questions, answers))
    return [_told(q, answers.get(q.key), files or {}) for q in shown if not (for_experts and q.hidden_from_experts)]


def hidden_keys(questions: QuestionSet) -> set[str]:
    """The questions whose answers and files experts never see."""
    return {question.key for question in questions.questions() if question.hidden_from_experts}


def texts(section: Section, answers: Mapping[str, Any], keys: Collection[str]) -> list[Told]:
    """These questions of a section with their answers, asked or not: what another window left."""
    return [_told(question, answers.get(question.key), {}) for question in section.questions if question.key in keys]


def _told(question: Question, value: Any, files: Mapping[str, list]) -> Told:
    label = say(question.label)
    if is_empty(value):
        return Told(question, label, "line", "")
    if question.type == "several":
        keys = value if isinstance(value, list) else [value]
        return Told(question, label, "list", [_choice(question, key) for key in keys])
    if question.type == "file":
        return Told(question, label, "files", list(files.get(question.key, ())))
    if question.type == "table":
        columns = tuple((say(column.label), column.type in NUMERIC) for column in question.columns)
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return Told(question, label, "table", [[_cell(column, row) for column in question.columns] for row in rows], columns)
    if question.type == "link" and is_address(str(value)):
        return Told(question, label, "link", str(value))
    if question.type == "choice":
        return Told(question, label, "line", _choice(question, value))
    return Told(question, label, KINDS.get(question.type, "line"), written(question.type, value, unit=question.unit))


def _choice(question: Question, key: Any) -> Said:
    words = question.label_of(key) if isinstance(key, str) else None
    return say(words) if words is not None else say(str(key))


def _cell(column: Column, row: Mapping[str, Any]) -> tuple[str, bool]:
    return written(column.type, row.get(column.key, "")), column.type in NUMERIC


def written(kind: str, value: Any, *, unit: Any = None) -> str:
    """One value of a kind ("number", "money", "date", any text) as it is written to people; as typed if it cannot be read."""
    try:
        if kind == "number" and not is_empty(value):
            return f"{num(read_number(value))} {say(unit)}".rstrip() if unit else num(read_number(value))
        if kind == "money" and not is_empty(value):
            return money(value if isinstance(value, Decimal) else parse_money(value))
        if kind == "date" and not is_empty(value):
            return day(read_date(value), with_year=True)  # an answer is read for years
    except ValueError:
        pass
    return "" if value is None else str(value)
