"""What became of everything sent to a call at the formal check: what the protocol of admission says, and what it still waits for."""

from dataclasses import dataclass
from typing import Any

from fund.audit.models import Entry
from fund.documents.models import Paper
from grants.calls.models import Call

from .models import Application, Late

PASSED = ("admitted", "under_review", "funded", "reserve", "declined", "lapsed")
WAITING = ("submitted", "returned", "late_requested")
# Acts after which a protocol issued before says too little.
CHANGING = tuple(f"applications.{verb}" for verb in ("admit", "refuse", "admit_on_appeal", "accept_late", "refuse_late"))


@dataclass(frozen=True)
class Admission:
    """The applications of a call by what the check made of them, each list by number."""

    admitted: list[Application]
    refused: list[Application]
    withdrawn: list[Application]
    waiting: list[Application]
    late: list[Late]


def admission_of(call: Call) -> Admission:
    """Everything that was sent to the call or asked to be taken late; three queries."""
    rows = Application.objects.of_call(call).select_related("owner__person", "organisation", "receipt__contents", "late")
    known = [one for one in rows.exclude(state__in=("draft", "missed")).by_number() if one.number or hasattr(one, "late")]

    def of(*states: str) -> list[Application]:
        return [one for one in known if one.state in states]

    asked = [one.late for one in known if hasattr(one, "late") and one.late.decided_at is not None]
    return Admission(
        admitted=of(*PASSED),
        refused=of("not_admitted"),
        withdrawn=[one for one in of("withdrawn") if one.number],
        waiting=of(*WAITING),
        late=sorted(asked, key=lambda late: (late.decided_at, late.pk)),
    )


def decided_since(call: Call, paper: Paper) -> int:
    """How many decisions of the check the paper does not know yet."""
    of_call = Application.objects.of_call(call).values("pk")
    entries = Entry.objects.filter(of_type=Application._meta.label_lower, of_id__in=of_call, verb__in=CHANGING)
    return entries.filter(at__gt=paper.issued_at).count()


def applicant_of(application: Application) -> str:
    """Who applies, as was sent: the organisation, else the person."""
    sent: dict[str, Any] = (application.receipt.snapshot if application.receipt else {}).get("applicant", {})
    return sent.get("organisation") or sent.get("name") or str(getattr(application.owner, "person", "") or "")
