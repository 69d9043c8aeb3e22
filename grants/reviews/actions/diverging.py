"""One more expert, where those who judged an application lie as far apart as the regulation names."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.core.errors import Refused
from fund.workflow.engine import lock

from ..keeping import is_kept
from ..models import LIVE, Divergence, Sheet
from ..permissions import can_call_expert
from .assigning import invite_expert


@transaction.atomic
def call_expert(*, application: Any, expert: Any, due_at: datetime, by: Any, now: datetime) -> Sheet:
    """Asks one more expert, once for an application; somebody else may be asked where that one declines or steps aside.

    In order: lock the call; refuse who may not, a decided application, one whose experts do not diverge, one whose
    regulation asks for a discussion, a second call; invite by the verb of assignment; write down who was called.
    """
    lock(application.call)
    if not can_call_expert(by, application):
        raise Refused(_("Experts can be assigned once the call is closed and until it is decided."), code="who")
    if is_kept(application):
        raise Refused(_("A decision on “%(title)s” is pending.") % {"title": application.name}, code="kept")
    divergence = Divergence.objects.select_related("extra").filter(application=application).first()
    if divergence is None or not divergence.stands:
        raise Refused(_("The experts do not lie as far apart as the regulation names."), code="spread")
    if application.regulation.rules.divergence.then != "expert":
        raise Refused(_("The regulation asks for a discussion here, not for one more expert."), code="rule")
    if divergence.extra is not None and divergence.extra.state in LIVE:
        raise Refused(_("One more expert has been called already. It is done once for an application."), code="once")
    if Sheet.objects.live().filter(application=application, expert=expert).exists():
        raise Refused(_("This expert judges the application already."), field="expert", code="twice")
    sheet = invite_expert(application=application, expert=expert, due_at=due_at, by=by, now=now)
    divergence.answer, divergence.answered_at, divergence.answered_by, divergence.extra = "expert", now, by, sheet
    divergence.save(update_fields=["answer", "answered_at", "answered_by", "extra"])
    return sheet
