"""The locks of this room, in one order everywhere: the call, then applications by id, then what hangs on them.

What arrives in time counts although its lock is granted later: `now` is the instant of arrival, and it is compared here
with the deadline read under the lock.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.core.errors import Refused
from fund.core.moments import moment, zone
from fund.workflow.engine import lock
from grants.calls.models import Call

from ..models import Application
from ..permissions import acts

# The stored state records what the dates say, and may do so before a request that arrived in time gets its lock.
TAKING = ("announced", "open", "closed", "judging")
# A request may have waited this long before it is served: only then are drafts called missed.
SETTLED = timedelta(minutes=2)
NOT_YOURS = gettext_lazy("This is not yours to do.")


def lock_with_call(application: Application) -> Call:
    """Locks the call, then the application; returns the call as read under its lock."""
    call = Call.objects.select_for_update().get(pk=application.call_id)
    version = application.version
    lock(application)
    application.call = call
    if application.version_id == version.pk:  # versions never change: one read is enough
        application.version = version
    return call


def refuse_unless_acting(application: Application, *, by: Any, right: str, for_: Any) -> None:
    if not acts(by, application, right, for_):
        raise Refused(NOT_YOURS, code="who")


def refuse_unless_taking(application: Application, *, now: datetime) -> None:
    """The one comparison with the deadline: at the last instant it is taken, a moment later it is not."""
    call = application.call
    if call.state not in TAKING:
        raise Refused(_("This call takes no applications: it is closed for good."), code="closed")
    if now < call.opens_at:
        raise Refused(_("The call opens on %(at)s.") % {"at": told(call.opens_at)}, code="early")
    if now > application.closes_at:
        raise Refused(
            _("Applications closed on %(at)s. Your draft is whole and stays here.") % {"at": told(application.deadline)},
            code="late",
        )


def refuse_unless_correcting(application: Application, *, now: datetime) -> None:
    if application.correct_until is None or now > application.correct_until:
        raise Refused(
            _("The time for corrections ended on %(at)s. What you sent before counts.") % {"at": told(application.correct_until)},
            code="late",
        )


def told(at: datetime | None) -> str:
    return f"{moment(at)} {zone(at)}" if at else ""
