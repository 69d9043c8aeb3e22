"""An application as it is read: what was sent, in the reader's language, part by part. For experts, without what names the applicant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fund.core.bilingual import Said, say
from fund.questions.reading import Told, told
from grants.calls.regulation import Regulation
from grants.proposals.models import APPLICANT_KINDS, PAYEES

from .contents import contents_of
from .models import FILES, Application
from .snapshot import erased, snapshot_of


@dataclass(frozen=True)
class Part:
    """One section as it is read."""

    key: str
    title: Said
    answers: tuple[Told, ...]


@dataclass(frozen=True)
class Cost:
    """One line of the costs, in roubles."""

    category: Said
    title: str
    quantity: Decimal
    unit_price: Decimal
    requested: Decimal
    own: Decimal


@dataclass(frozen=True)
class File:
    """A file as it was sent; `uid` opens it under the same rules as the application."""

    uid: str
    kind: str
    name: str
    size: int
    sha256: str = ""
    state: str = "ready"


@dataclass(frozen=True)
class Proposal:
    """All that a reader may see. `applicant` and the names in `team` are there only where names may be shown."""

    title: str
    parts: tuple[Part, ...]
    costs: tuple[Cost, ...]
    amount: Decimal
    own: Decimal
    minimum: Decimal | None
    applicant: tuple[tuple[str, str], ...]
    team: tuple[tuple[str, str], ...]
    files: tuple[File, ...]
    is_blind: bool

    @property
    def whole(self) -> Decimal:
        return self.amount + self.own

    @property
    def all_files(self) -> tuple[File, ...]:
        """The loose ones and those at the questions shown."""
        at_questions = (one.value for part in self.parts for one in part.answers if one.kind == "files")
        return (*self.files, *(file for files in at_questions for file in files))


def proposal_of(application: Application, *, reader: Any = None) -> Proposal:
    """What counts, whole: what was sent last, or the draft while nothing was. For authors, officers and directors."""
    return proposal_from(record_of(application), application.regulation)


def proposal_for_experts(application: Application, *, reader: Any = None) -> Proposal:
    """The same without answers hidden from experts, and without names where the regulation says blind."""
    return proposal_from(record_of(application), application.regulation, for_experts=True)


def draft_of(application: Application, *, day: date) -> Proposal:
    """The working copy, sent or not: what its authors check before they send it."""
    record = snapshot_of(contents_of(application, day=day), number="", now=application.saved_at)
    return proposal_from(record, application.regulation)


def record_of(application: Application) -> Mapping[str, Any]:
    if application.receipt is not None:
        return application.receipt.snapshot or erased()
    return snapshot_of(contents_of(application, day=application.saved_at.date()), number="", now=application.saved_at)


def proposal_from(record: Mapping[str, Any], regulation: Regulation, *, for_experts: bool = False) -> Proposal:
    """Reads a snapshot (grants.applications.snapshot) in the active language."""
    is_blind = for_experts and regulation.review.blind
    files = [File(one["uid"], one["kind"], one["name"], one["size"], one["sha256"]) for one in record["files"]]
    return Proposal(
        title=record["title"],
        parts=tuple(_parts(record, regulation, files, for_experts=for_experts)),
        costs=tuple(_costs(record, regulation)),
        amount=Decimal(record["amount"]),
        own=Decimal(record["own_amount"]),
        minimum=None if record["minimum"] is None else Decimal(record["minimum"]),
        applicant=() if is_blind else tuple(_applicant(record["applicant"])),
        team=tuple(("" if is_blind else one["name"], one["part"]) for one in record["team"]),
        files=() if is_blind else tuple(one for one in files if one.kind == FILES),
        is_blind=is_blind,
    )


def _parts(record: Mapping[str, Any], regulation: Regulation, files: list[File], *, for_experts: bool) -> Iterator[Part]:
    by_question: dict[str, list[File]] = {}
    for one in files:
        by_question.setdefault(one.kind, []).append(one)
    for section in regulation.questions.sections:
        answers = told(regulation.questions, section, record["answers"], by_question, for_experts=for_experts)
        if answers:
            yield Part(section.key, say(section.title), tuple(answers))


def _costs(record: Mapping[str, Any], regulation: Regulation) -> Iterator[Cost]:
    names = {category.key: say(category.label) for category in regulation.costs.categories}
    for line in record["costs"]:
        sums = (Decimal(line[name]) for name in ("quantity", "unit_price", "requested", "own"))
        yield Cost(names.get(line["category"], say(line["category"])), line["title"], *sums)


def _applicant(applicant: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield _("Applicant"), applicant["name"]
    yield _("Applies as"), str(dict(APPLICANT_KINDS)[applicant["kind"]])
    if applicant["organisation"]:
        yield _("Organisation"), applicant["organisation"]
    if applicant["guardian"]:
        yield _("Guardian"), applicant["guardian"]
    if applicant.get("payee"):  # receipts of earlier days do not say it
        yield _("Who is paid"), str(dict(PAYEES)[applicant["payee"]])


def conditions_of(regulation: Regulation, given: Mapping[str, str]) -> list[tuple[Said, Said]]:
    """Each condition with the answer in words."""
    rows = []
    for one in regulation.eligibility:
        words = {choice.key: say(choice.label) for choice in one.choices}
        typed = given.get(one.key, "")
        rows.append((say(one.label), words.get(typed) or say(typed or _("Not provided"))))
    return rows
