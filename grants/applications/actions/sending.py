"""Sending: first, again before the deadline, and after a correction; and stepping back."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from fund.core.errors import Refused
from fund.core.once import claim
from fund.core.ringing import ring
from fund.documents.actions import pin
from fund.workflow.engine import perform
from grants.calls.actions import take_number
from grants.calls.models import Call
from grants.proposals.actions import issue_receipt
from grants.proposals.models import Receipt

from .. import notices
from ..completeness import Fault, faults_of
from ..contents import Contents, contents_of
from ..models import Application
from ..snapshot import snapshot_of
from ..workflow import WORKFLOW
from .locking import lock_with_call, refuse_unless_acting, refuse_unless_correcting, refuse_unless_taking


def submit_application(*, application: Application, by: Any, now: datetime, for_: Any = None, once: str | None = None) -> Receipt:
    """Sends the draft: the number is given here, under the call's lock; the receipt keeps what was sent."""
    return _send("submit", application, by=by, now=now, for_=for_, once=once)


def replace_application(
    *, application: Application, by: Any, now: datetime, for_: Any = None, once: str | None = None
) -> Receipt:
    """Sends what was changed since, until the deadline; until this moment the earlier sending counted."""
    return _send("replace", application, by=by, now=now, for_=for_, once=once)


def resubmit_application(
    *, application: Application, by: Any, now: datetime, for_: Any = None, once: str | None = None
) -> Receipt:
    """Sends the corrections, until the correction's own deadline."""
    return _send("resubmit", application, by=by, now=now, for_=for_, once=once)


def _send(move: str, application: Application, *, by: Any, now: datetime, for_: Any, once: str | None) -> Receipt:
    """Reads and judges before the call's lock is taken, so that it is held for moments; then, in one transaction: the token; the
    locks; who, state, and the arrival `now` against the deadline read under the lock; refuse what is incomplete; the
    number; pin the files; the receipt; the move and its audit entry; the letter.
    """
    contents = contents_of(application, day=now.date())
    faults, seen = faults_of(contents, day=now.date()), application.saved_at
    with transaction.atomic():
        # One word for the three: pressed twice, the second finds it sent already and would be another move.
        slot = claim(once, by=by, verb="applications.send", body={"application": application.pk})
        if slot.made:
            return slot.thing(Receipt)
        call = lock_with_call(application)
        refuse_unless_acting(application, by=by, right="submit", for_=for_)
        if application.state in WORKFLOW.by_name[move].source:
            refuse_unless_correcting(application, now=now) if move == "resubmit" else refuse_unless_taking(application, now=now)
        if application.saved_at != seen:  # written meanwhile: what was read before the lock is stale
            contents = contents_of(application, day=now.date())
            faults = faults_of(contents, day=now.date())
        refuse_incomplete(faults)
        receipt = hand_in(move, contents, call, by=by, now=now, for_=for_)
        slot.keep(receipt)
        notices.tell_submitted(application, receipt, is_first=move == "submit", now=now)
    return receipt


def refuse_incomplete(faults: list[Fault]) -> None:
    if not faults:
        return
    message = ngettext(
        "%(count)s thing is still missing. It is listed above.",
        "%(count)s things are still missing. They are listed above.",
        len(faults),
    )
    raise Refused(message % {"count": len(faults)}, code="incomplete")


def hand_in(move: str, contents: Contents, call: Call, *, by: Any, now: datetime, for_: Any = None, why: str = "") -> Receipt:
    """Gives the number if there is none yet, keeps what is sent, and makes the move. The locks are held by the caller."""
    application = contents.application
    number = application.number or take_number(call)
    pin(application, now=now)
    snapshot = snapshot_of(contents, number=number, now=now)
    receipt = issue_receipt(of=application, number=number, snapshot=snapshot, by=by, now=now)
    written = {
        "number": number,
        "receipt": receipt,
        "submitted_at": now,
        "saved_at": now,
        "title": snapshot["title"],
        "amount": Decimal(snapshot["amount"]),
        "own_amount": Decimal(snapshot["own_amount"]),
        "minimum": contents.minimum,
        "guardian": contents.guardian,
        "marks": [],
    }
    facts = {"number": number, "receipt": receipt.pk, "digest": receipt.digest}
    perform(WORKFLOW, move, application, by=by, now=now, for_=for_, why=why, facts=facts, **written)
    application.call = call
    ring("grants.applications.tasks.compare")
    ring("grants.applications.tasks.issue_dossiers")
    return receipt


@transaction.atomic
def withdraw_application(*, application: Application, by: Any, now: datetime, why: str = "", for_: Any = None) -> None:
    """Steps back before the release; the reason is the applicant's own and may be empty. The curator learns of it, once it was sent."""
    lock_with_call(application)
    refuse_unless_acting(application, by=by, right="submit", for_=for_)
    perform(WORKFLOW, "withdraw", application, by=by, now=now, for_=for_, why=why)
    notices.tell_withdrawn(application, now=now)
    # A pending decision of the council may hold money for it; the council's room frees it.
    ring("grants.councils.tasks.sweep")
