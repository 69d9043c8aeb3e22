"""The form of one section: its questions as fields, what was typed as it was typed, and on request what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from fund.documents.models import Document

from ..conditions import visible
from ..schema import Question, QuestionSet, Section
from ..validation import fault_of
from .fields import field_of
from .kept import KeptForm

PREFIX = "q_"  # a question may be called "version" too


@dataclass(frozen=True)
class Asked:
    """One question on the page: hidden while its condition does not hold; the page's script follows the condition."""

    question: Question
    field: BoundField
    is_hidden: bool
    documents: list[Document]

    @property
    def when(self) -> str:
        """The field its condition looks at; "" without one."""
        return PREFIX + self.question.when.question if self.question.when else ""

    @property
    def any_of(self) -> str:
        return " ".join(self.question.when.any_of) if self.question.when else ""


class SectionForm(KeptForm):
    """SectionForm(questions, section, filled, documents=…, version=…)[, request.POST, request.FILES].

    `filled` by question key over all sections (queries.filled), `documents` by file question, `version` of the section.
    `only` leaves just these questions open, as a correction does. `typed` is what the verb keeps, `uploads` the new files.
    """

    def __init__(
        self,
        questions: QuestionSet,
        section: Section,
        filled: Mapping[str, Any],
        *args: Any,
        documents: Mapping[str, list[Document]] | None = None,
        only: Iterable[str] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.questions, self.section, self.filled, self.documents = questions, section, filled, documents or {}
        self.typed: dict[str, Any] = {}
        self.uploads: list[tuple[Question, list]] = []
        self._by_name = {PREFIX + question.key: question for question in self._on_page(only)}
        for name, question in self._by_name.items():
            self.fields[name] = field_of(question)
            self.initial.setdefault(name, filled.get(question.key))

    def _on_page(self, only: Iterable[str] | None) -> list[Question]:
        """Those shown, and those that an answer on this very page would show; of a posted form, those it had."""
        shown, kept = visible(self.questions, self.filled), set()
        open_ones = {question.key for question in self.section.questions} if only is None else set(only)
        had = set(self.data.get("asked", "").split()) if self.is_bound else open_ones
        for question in self.section.questions:
            if question.key in shown or (question.when is not None and question.when.question in kept):
                kept.add(question.key)
        return [question for question in self.section.questions if question.key in kept & open_ones & had]

    def clean(self) -> dict[str, Any]:
        for name, value in self.cleaned_data.items():
            question = self._by_name[name]
            if question.type != "file":
                self.typed[question.key] = value
            elif value:
                self.uploads.append((question, value))
        return self.cleaned_data

    @property
    def asked_keys(self) -> str:
        """What the page says it asked: an absent answer means "none" only for these."""
        return " ".join(question.key for question in self._by_name.values())

    @property
    def unsaved(self) -> str:
        """Autosave leaves files alone: they go up when a button is pressed."""
        names = [name for name, question in self._by_name.items() if question.type == "file"]
        return "not " + ",".join(names) if names else "*"

    def asked(self) -> list[Asked]:
        """The questions of the page, in order."""
        if self.is_bound:
            self.is_valid()
        shown = visible(self.questions, {**self.filled, **self.typed})
        return [Asked(q, self[name], q.key not in shown, self.documents.get(q.key, [])) for name, q in self._by_name.items()]

    def follow(self, data: Mapping) -> None:
        for name, question in self._by_name.items():
            if question.type == "table":
                self.fields[name].widget.follow(data, name)

    def check(self, filled: Mapping[str, Any]) -> bool:
        """Says at each shown question what is missing or wrong with `filled`; True if nothing is."""
        shown = visible(self.questions, filled)
        for name, question in self._by_name.items():
            if question.key in shown and (fault := fault_of(question, filled.get(question.key))) is not None:
                self.add_error(name, fault)
        return not self.errors

    def refuse(self, refusal: Any) -> None:
        """A refusal at a question's key stands at its field."""
        name = PREFIX + (refusal.field or "")
        self.add_error(name if name in self.fields else None, refusal.message)
