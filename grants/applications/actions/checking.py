"""The formal check: the checklist, return for correction, admission, refusal with reason codes, extra time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.workflow.engine import lock, perform
from grants.proposals.parts import COSTS

from .. import notices
from ..formal import points_of
from ..models import APPLICANT, FILES, REASONS, TEAM, Application, Extension, Tick
from ..permissions import can_check, can_extend
from ..workflow import WORKFLOW
from .admission import reissue_on_appeal
from .locking import NOT_YOURS, lock_with_call, told

PARTS = (APPLICANT, COSTS, TEAM, FILES)


@transaction.atomic
def tick_checks(
    *,
    application: Application,
    checks: Collection[str],
    by: Any,
    now: datetime,
    known: Collection[str] | None = None,
    receipt: str | None = None,
) -> None:
    """Keeps which points of the checklist were looked at in what was sent last, each with who and when.

    `known` are those that stood ticked on the page: only what was changed there changes, so two officers at one
    application do not undo each other. Without it `checks` is the whole list. `receipt` is the hash of what the officer
    read: nothing is ticked in what was sent meanwhile and nobody has looked at.
    """
    lock(application)
    if not can_check(by, application):
        raise Refused(NOT_YOURS, code="who")
    if application.state not in ("submitted", "returned"):
        raise Refused(_("The formal check of this application is over."), code="state")
    if receipt is not None and (application.receipt is None or receipt != application.receipt.digest):
        raise Refused(
            _("The application was sent anew while you read it. Look at what counts now and tick again."), code="sent_anew"
        )
    standing = Tick.objects.filter(receipt=application.receipt_id)
    ticked = set(standing.values_list("point", flat=True))
    before = ticked if known is None else set(known)
    new = [key for key, _label in points_of(application) if key in checks and key not in before and key not in ticked]
    gone = [key for key, _label in points_of(application) if key in before and key not in checks and key in ticked]
    standing.filter(point__in=gone).delete()
    what = {"application": application, "receipt": application.receipt, "ticked_at": now, "ticked_by": by}
    Tick.objects.bulk_create(Tick(point=key, **what) for key in new)
    if new or gone:
        record("applications.check", application, by=by, now=now, facts={"ticked": new, "taken_back": gone})


@transaction.atomic
def return_application(
    *, application: Application, marks: list[dict], until: datetime, by: Any, now: datetime, why: str = ""
) -> None:
    """Gives it back for correction: only the marked parts open, until their own deadline; the applicant is written to."""
    lock_with_call(application)
    marks = _known(application, marks)
    if not marks:
        raise Refused(_("Mark at least one place that needs correcting"), field="marks", code="marks")
    if until <= now:
        raise Refused(_("The deadline for corrections must lie ahead"), field="until", code="until")
    facts = {"marks": [f"{mark['section']}.{mark['question']}" for mark in marks], "until": until.isoformat()}
    perform(
        WORKFLOW,
        "return",
        application,
        by=by,
        now=now,
        why=why,
        facts=facts,
        marks=marks,
        correct_until=until,
        remark=why.strip(),
    )
    notices.tell_returned(application, now=now)


def _known(application: Application, marks: list[dict]) -> list[dict]:
    """Marks name what exists; what the officer wrote beside each stays as typed."""
    sections = {section.key: {q.key for q in section.questions} for section in application.regulation.questions.sections}
    kept = []
    for mark in marks:
        section, question = mark["section"], mark.get("question", "")
        if section not in PARTS and (section not in sections or (question and question not in sections[section])):
            raise Refused(_("There is no such place in the form"), field="marks", code="marks")
        kept.append({"section": section, "question": question, "remark": mark.get("remark", "").strip()})
    return kept


@transaction.atomic
def admit_application(*, application: Application, by: Any, now: datetime, why: str = "") -> None:
    """Lets it go on to the experts: what was sent last counts. The applicant is written to."""
    lock_with_call(application)
    _refuse_while_correcting(application, now=now)
    perform(WORKFLOW, "admit", application, by=by, now=now, why=why)
    notices.tell_admitted(application, now=now)


@transaction.atomic
def refuse_application(*, application: Application, reasons: list[str], remark: str, by: Any, now: datetime) -> None:
    """Does not admit it: says by which codes, and in words what the applicant should know. The applicant is written to."""
    lock_with_call(application)
    _refuse_while_correcting(application, now=now)
    known = [key for key, _label in REASONS if key in reasons]
    if not known:
        raise Refused(_("Choose at least one reason"), field="reasons", code="reasons")
    if "other" in known and not remark.strip():
        raise Refused(_("Say what the reason is"), field="remark", code="remark")
    perform(
        WORKFLOW,
        "refuse",
        application,
        by=by,
        now=now,
        why=remark,
        facts={"reasons": known},
        reasons=known,
        remark=remark.strip(),
    )
    notices.tell_refused(application, now=now)


@transaction.atomic
def admit_on_appeal(*, application: Application, by: Any, now: datetime, why: str) -> None:
    """An appeal against the refusal was upheld: it goes on to the experts with the others. The applicant is written to,
    the protocol of admission is issued anew if there is one.

    Called by the room of results, which asked whether `by` took no part in the refusal.
    """
    lock_with_call(application)
    if application.call.state not in ("announced", "open", "closed", "judging"):
        raise Refused(_("The decisions of this call are taken: nothing more can be admitted to it."), code="state")
    call = application.call
    perform(WORKFLOW, "admit_on_appeal", application, by=by, now=now, why=why)
    application.call = call
    notices.tell_admitted(application, now=now)
    reissue_on_appeal(application=application, by=by, now=now)


def _refuse_while_correcting(application: Application, *, now: datetime) -> None:
    if application.state == "returned" and application.correct_until and now <= application.correct_until:
        raise Refused(
            _("The applicant may correct it until %(at)s. Decide after that.") % {"at": told(application.correct_until)},
            code="correcting",
        )


@transaction.atomic
def extend_application(
    *, application: Application, until: datetime, why: str, by: Any, now: datetime, for_: Any = None
) -> Extension:
    """Gives one applicant more time to send a draft, and says why. The applicant is written to; reminders move with it."""
    lock_with_call(application)
    if not can_extend(by, application):
        raise Refused(NOT_YOURS, code="who")
    if application.state not in ("draft", "submitted"):
        raise Refused(_("More time is given to drafts only. A missed draft can ask to be taken late."), code="state")
    if until <= max(now, application.closes_at):
        raise Refused(_("The new deadline must be later than the present one"), field="until", code="until")
    if not why.strip():
        raise Refused(_("Say why this applicant gets more time: it stands in the record"), field="why", code="why")
    extension = Extension.objects.create(application=application, until=until, why=why.strip(), given_at=now, given_by=by)
    application.extended_until = until
    application.save(update_fields=["extended_until"])
    record("applications.extend", application, by=by, for_=for_, now=now, why=why, facts={"until": until.isoformat()})
    notices.tell_extended(application, now=now)
    return extension
