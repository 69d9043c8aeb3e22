"""What becomes of drafts that were not sent in time: they are kept whole, may ask to be taken late, or are refused that."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fund.core.errors import Refused
from fund.core.once import claim
from fund.questions.digest import digest
from fund.workflow.engine import lock, perform

from .. import notices
from ..completeness import faults_of
from ..contents import Contents, contents_of
from ..models import Application, Late
from ..permissions import can_decide_late
from ..snapshot import snapshot_of
from ..workflow import WORKFLOW
from .locking import NOT_YOURS, SETTLED, lock_with_call, refuse_unless_acting
from .sending import hand_in

# A late request makes sense while the call is being checked and judged.
LATE_STATES = ("open", "closed", "judging")


@transaction.atomic
def lapse_application(*, application: Application, now: datetime) -> bool:
    """The clock's verb: a draft whose deadline has passed is missed, kept whole; its owner is written to. False: not its time.

    It waits until no request that arrived in time can still be on its way. In a cancelled call nothing is missed.
    """
    call = lock_with_call(application)
    if application.state != "draft" or now <= application.closes_at + SETTLED or call.state in ("draft", "cancelled"):
        return False
    perform(WORKFLOW, "lapse", application, by=None, now=now)
    application.call = call
    notices.tell_missed(application, now=now)
    return True


@transaction.atomic
def ask_late(*, application: Application, why: str, by: Any, now: datetime, for_: Any = None, once: str | None = None) -> Late:
    """Asks the officers to count the draft after all. What it said at the deadline is kept with the request as its proof:
    nothing could be written after it.
    """
    slot = claim(once, by=by, verb="applications.ask_late", body={"application": application.pk, "why": why})
    if slot.made:
        return slot.thing(Late)
    call = lock_with_call(application)
    refuse_unless_acting(application, by=by, right="submit", for_=for_)
    if application.state != "missed":
        raise Refused(_("This application does not wait for a late request any more."), code="state")
    if call.state not in LATE_STATES:
        raise Refused(_("Late requests are taken until the decisions. You can carry the text to the next call."), code="closed")
    if not why.strip():
        raise Refused(_("Say what happened"), field="why", code="why")
    contents = contents_of(application, day=now.date())
    proof = snapshot_of(contents, number="", now=application.closes_at)
    proof["saved_at"] = application.saved_at.isoformat()
    proof["missing"] = _missing(contents, day=now.date())
    late = Late.objects.create(
        application=application, asked_at=now, asked_by=by, why=why.strip(), proof=proof, digest=digest(proof)
    )
    perform(WORKFLOW, "ask_late", application, by=by, now=now, for_=for_, why=why, facts={"digest": late.digest})
    slot.keep(late)
    application.call = call
    notices.tell_late_asked(application, now=now)
    return late


def _missing(contents: Contents, *, day: date) -> list[dict[str, str]]:
    """What kept it from being sent, in every language: who decides may read another than who asked."""
    told = {}
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            told[code] = [str(fault.text) for fault in faults_of(contents, day=day)]
    return [dict(zip(told, texts, strict=True)) for texts in zip(*told.values(), strict=True)]


@transaction.atomic
def accept_late(*, application: Application, answer: str, by: Any, now: datetime) -> None:
    """Takes the draft as it stood at the deadline: it gets its number now. Consents are never waived."""
    call = lock_with_call(application)
    late = _decide(application, accepted=True, answer=answer, by=by, now=now)
    contents = contents_of(application, day=now.date())
    if unconsented := [member.name for member in contents.team if member.consented_at is None]:
        raise Refused(_("Not everyone named has consented: %(names)s") % {"names": ", ".join(unconsented)}, code="consent")
    receipt = hand_in("accept_late", contents, call, by=by, now=now, for_=application.owner.person, why=answer)
    notices.tell_late_accepted(application, receipt, answer=late.answer, now=now)


@transaction.atomic
def refuse_late(*, application: Application, answer: str, by: Any, now: datetime) -> None:
    """Does not take it; the answer says why and goes to the applicant."""
    call = lock_with_call(application)
    if not answer.strip():
        raise Refused(_("Say why it cannot be taken: the applicant reads it"), field="answer", code="answer")
    late = _decide(application, accepted=False, answer=answer, by=by, now=now)
    perform(WORKFLOW, "refuse_late", application, by=by, now=now, why=answer)
    application.call = call
    notices.tell_late_refused(application, answer=late.answer, now=now)


def _decide(application: Application, *, accepted: bool, answer: str, by: Any, now: datetime) -> Late:
    if application.state != "late_requested":
        raise Refused(_("There is no late request to decide."), code="state")
    if not can_decide_late(by, application):
        raise Refused(NOT_YOURS, code="who")
    late = application.late
    lock(late)
    late.accepted, late.answer, late.decided_at, late.decided_by = accepted, answer.strip(), now, by
    late.save(update_fields=["accepted", "answer", "decided_at", "decided_by"])
    return late
