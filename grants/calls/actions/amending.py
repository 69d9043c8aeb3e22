"""Changing an open call: a later date, more money, a clarifying text, and nothing else."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.ringing import ring
from fund.people.models import Person
from fund.workflow.engine import lock

from ..models import Call, Version
from ..permissions import can_amend
from ..queries import changed
from ..regulation import Regulation, refused_changes
from .adopting import adopt


@transaction.atomic
def amend_regulation(
    call: Call,
    *,
    reason: str,
    by: Any,
    now: datetime,
    for_: Person | None = None,
    dates: dict[str, datetime] | None = None,
    envelope: Decimal | None = None,
    clarification: dict[str, str] | None = None,
) -> Version:
    """Puts a new version of an open call's regulation into force.

    In order: lock; refuse without a reason, without a change, and every change that is not one of the three; adopt the
    version; record; ring for those who have begun, who are told by the room that knows them.
    """
    lock(call)
    if not can_amend(by, call) or (call.state == "announced" and now < call.opens_at):
        raise Refused(_("This call cannot be amended now."), code="state")
    if not reason.strip():
        raise Refused(_("Say why: everyone who began an application will read it."), field="reason", code="reason")
    regulation = _amended(call, dates=dates or {}, envelope=envelope, clarification=clarification, now=now)
    if regulation == call.regulation:
        raise Refused(_("Nothing is changed: give a later date, more money or a clarification."), code="unchanged")
    if refused := refused_changes(call.regulation, regulation):
        raise Refused(_refusal(refused[0].at), field=str(refused[0].at[-1]), code="forbidden")
    version = adopt(call, regulation, by=by, now=now, reason=reason.strip(), is_amendment=True)
    assert version is not None  # adopt adds none only for a regulation that is unchanged
    record("calls.amend", call, by=by, for_=for_, now=now, why=reason, facts={"version": version.number})
    ring("grants.applications.tasks.tell_of_calls")
    return version


def _amended(
    call: Call, *, dates: dict, envelope: Decimal | None, clarification: dict[str, str] | None, now: datetime
) -> Regulation:
    """The regulation with the changes. Whoever missed the deadline has missed it: it moves only while the call is open."""
    if "closes" in dates and dates["closes"] != call.deadline and now > call.closes_at:
        raise Refused(_("The deadline has passed and cannot be moved any more."), field="closes", code="passed")
    return changed(call.regulation, timeline=dates, envelope=envelope, clarification=clarification, now=now)


def _refusal(at: tuple) -> Any:
    if at == ("money", "envelope"):
        return _("The envelope of an open call can only grow.")
    if at[0] == "timeline":
        return _("A date of an open call can only become later.")
    return _("Once a call is open this cannot be changed: all its applications stand under one regulation.")
