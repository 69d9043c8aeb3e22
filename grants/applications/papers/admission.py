"""The protocol of admission of a call: who goes on to the experts, who does not and why, who came late, who stepped back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fund.core.bilingual import say
from fund.core.money import money
from fund.documents.catalogue import paper_kind
from fund.documents.contents import Block, Contents, dated, facts, heading, in_both, signatures, table, text
from grants.calls.models import Call

from ..admission import Admission, admission_of, applicant_of
from ..models import REASONS, Application
from ..permissions import can_read_admission
from .dossier import exact

ADMISSION = paper_kind(
    "applications.admission",
    "ПД",
    gettext_lazy("Protocol of admission"),
    who=can_read_admission,
    crumbs=lambda call: [(gettext_lazy("Protocol of admission"), reverse("applications:admission", args=[call.slug]))],
)


def admission_texts(call: Call, *, by: Any, now: datetime) -> dict[str, dict]:
    """What the protocol says, in both languages; signed by whoever issues it."""
    found = admission_of(call)
    return in_both(lambda: _admission(call, found, by, now))


def _admission(call: Call, found: Admission, by: Any, now: datetime) -> Contents:
    blocks = (
        _sums(call, found),
        *_listed(pgettext("many", "Admitted to scoring"), found.admitted, _amount),
        *_listed(pgettext("many", "Not admitted"), found.refused, _why),
        *_late(found),
        *_listed(pgettext("many", "Withdrawn"), found.withdrawn, _amount),
        heading(_("Signature")),
        text(_("Signed in the platform by whoever issued it: %(at)s.") % {"at": exact(now)}),
        signatures([(_role(by, call), by.person.full_name)]),
    )
    lead = _("Call “%(call)s”, %(code)s") % {"call": say(call.words), "code": call.code}
    return Contents(_("Protocol of admission to scoring"), blocks, lead=lead)


def _role(by: Any, call: Call) -> str:
    return _("Curator of the call") if by.pk == call.curator_id else _("For the fund")


def _sums(call: Call, found: Admission) -> Block:
    return facts(
        [
            (_("Taken until"), exact(call.deadline)),
            (pgettext("many", "Admitted"), len(found.admitted)),
            (pgettext("many", "Not admitted"), len(found.refused)),
            (_("Late requests"), len(found.late)),
            (pgettext("many", "Withdrawn"), len(found.withdrawn)),
        ]
    )


def _listed(title: str, rows: list[Application], last: Any) -> Iterable[Block]:
    """One list with what is said of each in its last column; an empty one says so."""
    yield heading(title)
    if not rows:
        yield text(_("None."))
        return
    head = [_("Number"), _("Project"), _("Applicant"), last(rows[0])[0]]
    cells = [[one.number, one.name, applicant_of(one), last(one)[1]] for one in rows]
    yield table(head, cells, widths=[2.2, 5, 4, 3.4], right=[3] if last is _amount else [])


def _amount(one: Application) -> tuple[str, str]:
    return _("Asked for, ₽"), money(one.amount, sign=False)


def _why(one: Application) -> tuple[str, str]:
    words = dict(REASONS)
    return _("Reasons"), "\n".join([*(str(words[key]) for key in one.reasons), *filter(None, [one.remark])])


def _late(found: Admission) -> Iterable[Block]:
    """Asked for after the deadline, each with the answer."""
    yield heading(_("Late requests"))
    if not found.late:
        yield text(_("None."))
        return
    head = [_("Project"), _("Applicant"), _("Asked on"), _("Decision")]
    rows = [
        [
            " ".join(filter(None, (late.application.number, late.application.name))),
            applicant_of(late.application),
            dated(late.asked_at),
            (_("Taken late") if late.accepted else _("Not taken late")) + (f"\n{late.answer}" if late.answer else ""),
        ]
        for late in found.late
    ]
    yield table(head, rows, widths=[5, 4, 2.6, 3.4])
