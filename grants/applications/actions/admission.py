"""The protocol of admission: issued once everything sent to the call is decided, issued anew when something changed since."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.core.errors import Refused
from fund.core.once import claim
from fund.documents.actions import issue_paper, void_paper
from fund.documents.models import Paper
from grants.calls.models import Call

from .. import notices
from ..admission import WAITING
from ..models import Application
from ..papers import ADMISSION, admission_texts
from ..permissions import can_issue_admission
from .locking import NOT_YOURS


@transaction.atomic
def issue_admission(*, call: Call, by: Any, now: datetime, why: str = "", once: str | None = None) -> Paper:
    """Signs and issues the protocol of admission of a call.

    In order: the token; the call's lock; refuse who may not, what is not decided yet, and a second protocol without a reason;
    the former one is void; the paper takes its number and is drawn by a job.
    """
    slot = claim(once, by=by, verb="applications.issue_admission", body={"call": call.pk, "why": why})
    if slot.made:
        return slot.thing(Paper)
    call = Call.objects.select_for_update().get(pk=call.pk)
    if not can_issue_admission(by, call):
        raise Refused(NOT_YOURS, code="who")
    waiting = Application.objects.of_call(call).filter(state__in=WAITING).count()
    if waiting:
        message = ngettext(
            "%(count)s application is not decided yet: finish the formal check first.",
            "%(count)s applications are not decided yet: finish the formal check first.",
            waiting,
        )
        raise Refused(message % {"count": waiting}, code="waiting")
    if standing_admission(call) is not None and not why.strip():
        raise Refused(_("Say why the protocol is issued anew: the former one becomes void"), field="why", code="why")
    paper = _issue(call, by=by, now=now, why=why)
    slot.keep(paper)
    return paper


def reissue_on_appeal(*, application: Application, by: Any, now: datetime) -> Paper | None:
    """An upheld appeal changed who is admitted: whoever upheld it signs the protocol anew, and the former one is void.

    None while no protocol was issued. The call's lock is held by the caller; the curator is told.
    """
    call = application.call
    if standing_admission(call) is None:
        return None
    why = _("An appeal was upheld: %(number)s is admitted.") % {"number": application.number}
    paper = _issue(call, by=by, now=now, why=why)
    notices.tell_reissued(application, paper, now=now)
    return paper


def standing_admission(call: Call) -> Paper | None:
    """The protocol in force."""
    return Paper.objects.about(call).standing().filter(kind=ADMISSION).last()


def _issue(call: Call, *, by: Any, now: datetime, why: str) -> Paper:
    former = standing_admission(call)
    if former is not None:
        void_paper(former, why=why, by=by, now=now)
    return issue_paper(ADMISSION, about=call, texts=admission_texts(call, by=by, now=now), by=by, now=now)
