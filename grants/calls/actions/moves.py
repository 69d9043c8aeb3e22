"""The moves of a call, from its announcement to the archive. Each is one move of the table with what follows from it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.ringing import ring
from fund.people.models import Person
from fund.workflow.engine import lock, perform

from .. import notices
from ..models import Call
from ..queries import obstacles_of
from ..regulation import Regulation, as_data, from_data
from ..workflow import WORKFLOW
from .adopting import adopt, show_change
from .sketching import refuse_sketched


@transaction.atomic
def announce_call(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Publishes a draft that opens by itself at its hour; refused while anything stands in its way."""
    lock(call)
    refuse_sketched(call)
    refuse_obstacles(call, now)
    if call.opens_at <= now:
        raise Refused(_("The opening day has come: open the call, or give it a later day."), field="opens", code="past")
    _move("announce", call, by=by, now=now, for_=for_)


@transaction.atomic
def open_call(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Opens a draft or announced call now; refused while anything stands in its way, its worked examples above all.

    In order: by hand, refuse what the editor holds; the regulation's opening becomes now if it lay ahead; the move; who
    waited for it is told, and the curator when the clock did it; who had begun in the call it opens anew, by the room above.
    """
    lock(call)
    if by is not None:
        refuse_sketched(call)
    refuse_obstacles(call, now)
    if by is None and now < call.opens_at:
        raise Refused(_("This call does not open yet."), code="early")
    if now < call.opens_at:
        adopt(call, opening_at(call.regulation, now), by=by, now=now)
    _move("open", call, by=by, now=now, for_=for_)
    notices.tell_waiting(call, now=now)
    if by is None:
        notices.tell_opened(call, now=now)
    if call.reopens_id:
        ring("grants.applications.tasks.carry_over")


@transaction.atomic
def close_call(call: Call, *, now: datetime) -> None:
    """Records that the deadline and its grace have passed. What counts was compared with the dates long before."""
    lock(call)
    if now <= call.closes_at:
        raise Refused(_("This call takes applications until its deadline."), code="early")
    _move("close", call, by=None, now=now)


def start_judging(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """The formal check is over: experts judge from now on."""
    _move("start_judging", call, by=by, now=now, for_=for_)


def decide_call(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Every application has its pending decision; nothing is told to anyone yet."""
    _move("decide", call, by=by, now=now, for_=for_)


def release_call(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Results are public from now on. The council's verb calls this inside its own transaction, with all letters."""
    _move("release", call, by=by, now=now, for_=for_)


def archive_call(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    _move("archive", call, by=by, now=now, for_=for_)


@transaction.atomic
def cancel_call(call: Call, *, why: str, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Cancels a call before its release; the reason is public. Everyone who had begun gets a letter, rung for above."""
    if not why.strip():
        raise Refused(_("Say why the call is cancelled: everyone who began an application will read it."), field="why")
    lock(call)
    was_public = call.state != "draft"
    _move("cancel", call, by=by, now=now, for_=for_, why=why, cancelled_at=now, cancelled_why=why.strip())
    if was_public:
        notices.tell_cancelled(call, to=[call.curator], now=now)
        ring("grants.applications.tasks.tell_of_calls")


def refuse_obstacles(call: Call, now: datetime) -> None:
    if found := obstacles_of(call, now):
        raise Refused(found[0].say, field=found[0].field, code="obstacle")


def opening_at(regulation: Regulation, now: datetime) -> Regulation:
    data = as_data(regulation)
    data["timeline"]["opens"] = now.replace(second=0, microsecond=0).isoformat()
    return from_data(data)


@transaction.atomic
def _move(name: str, call: Call, *, by: Any, now: datetime, for_: Person | None = None, why: str = "", **written) -> None:
    perform(WORKFLOW, name, call, by=by, now=now, for_=for_, why=why, **written)
    show_change(call)
