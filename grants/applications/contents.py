"""Everything that stands in one application now, fetched at once: what pages show, sending checks and receipts keep."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from fund.core.text import one_line
from fund.documents.models import Document
from fund.people.models import ConsentDocument, Person
from fund.people.queries import consented_guardian, missing_consents, organisations_of
from fund.questions.models import Answers
from fund.questions.queries import answers_of
from grants.calls.regulation import Regulation
from grants.proposals.cost_rows import read_minimum
from grants.proposals.costs import Line, Totals, totals
from grants.proposals.models import CostLine, TeamMember
from grants.proposals.parts import MINIMUM

from .models import Application


@dataclass(frozen=True)
class Contents:
    """The working copy: what its team sees and writes. What was sent is the receipt's snapshot."""

    application: Application
    answers: Answers
    costs: list[CostLine]
    team: list[TeamMember]
    documents: list[Document]
    owner: Person | None
    # Of an owner under 18: who has agreed for them.
    guardian: Person | None = None
    consents_missing: list[ConsentDocument] = field(default_factory=list)
    speaks_for: list[int] = field(default_factory=list)

    @property
    def regulation(self) -> Regulation:
        return self.application.regulation

    @property
    def values(self) -> dict[str, Any]:
        """All answers by question key; a file question's are the uids of its files."""
        keys = [question.key for question in self.regulation.questions.questions() if question.type == "file"]
        return {**self.answers.values, **{key: [one.uid for one in self.files(key)] for key in keys}}

    @property
    def lines(self) -> list[Line]:
        return [Line(one.category, one.title, one.quantity, one.unit_price, one.own) for one in self.costs]

    @property
    def minimum(self) -> Decimal | None:
        """The least sum it can be made with, where the call asks for it and it can be read."""
        return read_minimum(self.values.get(MINIMUM)) if self.regulation.costs.minimum_allowed else None

    @property
    def totals(self) -> Totals:
        return totals(self.lines)

    def files(self, kind: str) -> list[Document]:
        """The files at one question."""
        return [document for document in self.documents if document.kind == kind]


def contents_of(application: Application, *, day: date) -> Contents:
    """Reads it whole: a constant number of queries, whatever it holds."""
    owner = Person.objects.filter(account=application.owner_id).first()
    by_organisation = owner is not None and application.applicant_kind == "organisation"
    return Contents(
        application=application,
        answers=answers_of(application),
        costs=list(CostLine.objects.about(application).order_by("position")),
        team=list(TeamMember.objects.about(application).live().select_related("account__person", "person").order_by("pk")),
        documents=list(Document.objects.about(application).live()),
        owner=owner,
        guardian=consented_guardian(owner) if owner and owner.is_minor_on(day) else None,
        consents_missing=missing_consents(owner) if owner else [],
        speaks_for=organisations_of(owner, day) if by_organisation else [],
    )


def title_of(regulation: Regulation, values: dict[str, Any]) -> str:
    """The project's name: the answer to the question "title", else to the first short question that experts may see."""
    open_ones = [q.key for q in regulation.questions.questions() if q.type == "short_text" and not q.hidden_from_experts]
    key = "title" if "title" in open_ones else next(iter(open_ones), "")
    return one_line(str(values.get(key) or ""))[:120]
