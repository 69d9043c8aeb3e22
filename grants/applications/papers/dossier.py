"""The dossier of an application: what was sent, whole, as a paper."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.core.bilingual import say
from fund.core.moments import clock, zone
from fund.core.money import money
from fund.core.numerals import num
from fund.core.templatetags.gs.wording import size
from fund.documents.catalogue import paper_kind
from fund.documents.contents import Block, Contents, answer, dated, facts, heading, in_both, table, text
from fund.questions.reading import Told
from grants.proposals.models import Receipt

from ..models import Application
from ..permissions import can_read
from ..reading import Proposal, conditions_of, proposal_from
from ..snapshot import erased

DOSSIER = paper_kind(
    "applications.dossier",
    "ДЗ",
    gettext_lazy("Dossier of an application"),
    who=can_read,
    crumbs=lambda one: [(one.name, reverse("applications:read", args=[one.uid]))],
)


def dossier_texts(application: Application, receipt: Receipt, *, for_experts: bool = False) -> dict[str, dict]:
    """What was sent under this receipt, whole, in both languages; for experts without what they may not see."""
    return in_both(lambda: _dossier(application, receipt, for_experts=for_experts))


def _dossier(application: Application, receipt: Receipt, *, for_experts: bool) -> Contents:
    record = receipt.snapshot or erased()
    proposal = proposal_from(record, application.regulation, for_experts=for_experts)
    blocks = (
        _passport(application, receipt, proposal, for_experts=for_experts),
        *_applicant(proposal),
        *([] if for_experts else _conditions(application, record)),
        *_parts(proposal),
        *_costs(proposal),
        *_files(proposal),
    )
    title = _("Application %(number)s") % {"number": receipt.number}
    return Contents(title, tuple(blocks), lead=proposal.title)


def _passport(application: Application, receipt: Receipt, proposal: Proposal, *, for_experts: bool) -> Block:
    least = "" if proposal.minimum is None else money(proposal.minimum)
    rows = [
        (_("Call"), say(application.call.words)),
        (_("Arrived"), "" if for_experts else exact(receipt.submitted_at)),
        (_("Asked for"), money(proposal.amount)),
        (_("Own share"), money(proposal.own)),
        (_("Least sum it can be made with"), least),
        (_("Fingerprint (SHA-256) of what was sent"), receipt.digest),
    ]
    return facts(rows)


def _applicant(proposal: Proposal) -> Iterator[Block]:
    yield heading(_("Who applies"))
    if proposal.is_blind:
        yield text(_("Names are hidden."))
    if proposal.applicant:
        yield facts(proposal.applicant)
    if proposal.team:
        yield answer(_("Team"), "\n".join(": ".join(filter(None, member)) or "—" for member in proposal.team))


def _conditions(application: Application, record: Any) -> Iterator[Block]:
    """What was answered before the draft was begun."""
    rows = conditions_of(application.regulation, record.get("eligibility", {}))
    if rows:
        yield heading(_("Conditions of the call"))
        yield from (answer(label, words) for label, words in rows)


def _parts(proposal: Proposal) -> Iterator[Block]:
    for part in proposal.parts:
        yield heading(part.title)
        for one in part.answers:
            yield from _answer(one)


def _answer(one: Told) -> Iterator[Block]:
    if one.is_empty:
        yield answer(one.label, _("Not provided"))
    elif one.kind == "table":
        yield answer(one.label, "")
        head = [label for label, _numeric in one.columns]
        right = [place for place, (_label, numeric) in enumerate(one.columns) if numeric]
        yield table(head, [[cell for cell, _numeric in row] for row in one.value], right=right)
    elif one.kind == "files":
        yield answer(one.label, "\n".join(file.name for file in one.value))
    elif one.kind == "list":
        yield answer(one.label, "\n".join(f"– {words}" for words in one.value))
    else:
        yield answer(one.label, one.value)


def _costs(proposal: Proposal) -> Iterator[Block]:
    yield heading(_("Costs"))
    if not proposal.costs:
        yield text(_("Not provided"))
        return
    head = [_("What for"), _("Quantity"), _("Price, ₽"), _("From the grant, ₽"), _("Own share, ₽")]
    rows = [
        [
            f"{line.title}\n{line.category}",
            num(line.quantity),
            *(money(sum_, sign=False) for sum_ in (line.unit_price, line.requested, line.own)),
        ]
        for line in proposal.costs
    ]
    total = [_("Total"), "", "", money(proposal.amount, sign=False), money(proposal.own, sign=False)]
    yield table(head, rows, widths=[5, 1.5, 2, 2.2, 2.2], right=[1, 2, 3, 4], total=total)


def _files(proposal: Proposal) -> Iterator[Block]:
    """Every file that was sent with the hash of its bytes: who holds the file can compare."""
    if files := proposal.all_files:
        yield heading(_("Documents"))
        rows = [[file.name, size(file.size), file.sha256] for file in files]
        yield table([_("File"), _("Size"), "SHA-256"], rows, widths=[4, 1.4, 6])


def exact(at: datetime) -> str:
    """`24 ноября 2026 г., 14:03:22 по Калининграду`: an arrival is told to the second."""
    return f"{dated(at)}, {clock(at)}:{timezone.localtime(at):%S} {zone(at)}"
