"""The applicant's verbs: file an appeal within the term, take it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.documents.actions import attach
from fund.workflow.engine import perform
from grants.applications.actions.locking import lock_with_call, refuse_unless_acting, told
from grants.applications.models import Application

from ..models import GROUNDS, Appeal
from ..notices import tell_filed, tell_received
from ..permissions import against, can_file, term_of
from ..workdays import after_working_days
from ..workflow import WORKFLOW

LEAST = 30  # characters that say what happened


@transaction.atomic
def file_appeal(
    *,
    application: Application,
    grounds: Sequence[str],
    text: str,
    by: Any,
    now: datetime,
    files: Sequence[Any] = (),
    for_: Any = None,
    once: str | None = None,
) -> Appeal:
    """Files an appeal on procedure against the decision or the refusal, whichever stands.

    In order: the replay token; lock the call, then the application; refuse who may not, a term that is over (`now` is
    the instant of arrival), no ground of the list, no words; add the appeal and its files; record; receipt to the
    applicants, news to those who may answer.
    """
    body = {"application": application.pk, "grounds": sorted(grounds), "text": text, "files": [one.sha256 for one in files]}
    slot = claim(once, by=by, verb="results.file", body=body)
    if slot.made:
        return slot.thing(Appeal)
    lock_with_call(application)
    _refuse_unfit(application, by=by, now=now, for_=for_)
    known = [key for key, _label in GROUNDS if key in grounds]
    if not known:
        raise Refused(_("Choose at least one ground"), field="grounds", code="grounds")
    if len(text.strip()) < LEAST:
        words = _("Say what happened in %(least)s characters or more; there are %(now)s now")
        raise Refused(words % {"least": LEAST, "now": len(text.strip())}, field="text", code="text")
    appeal = Appeal.objects.create(
        application=application,
        against=against(application),
        grounds=known,
        text=text.strip(),
        filed_at=now,
        filed_by=by,
        answer_by=after_working_days(now),
    )
    for file in files:
        attach(file, to=appeal, by=by, now=now, for_=for_)
    record("results.file", appeal, by=by, for_=for_, now=now, to="filed", facts={"against": appeal.against, "grounds": known})
    slot.keep(appeal)
    tell_received(appeal, now=now)
    tell_filed(appeal, now=now)
    return appeal


def _refuse_unfit(application: Application, *, by: Any, now: datetime, for_: Any) -> None:
    refuse_unless_acting(application, by=by, right="submit", for_=for_)
    until = term_of(application)
    if until is None:
        raise Refused(_("There is no result here to appeal against."), code="state")
    if now > until:
        raise Refused(_("The term for an appeal ended on %(at)s.") % {"at": told(until)}, code="late")
    if not can_file(by, application, now, for_):
        raise Refused(_("An appeal against this result is filed already."), code="twice")


@transaction.atomic
def withdraw_appeal(*, appeal: Appeal, by: Any, now: datetime, for_: Any = None) -> None:
    """The applicant takes it back; within the term another may be filed."""
    refuse_unless_acting(appeal.application, by=by, right="submit", for_=for_)
    perform(WORKFLOW, "withdraw", appeal, by=by, now=now, for_=for_)
