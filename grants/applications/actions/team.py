"""The team of an application: the verbs of proposals, asked for by who may name people, while it may be written."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.core.errors import Refused
from fund.workflow.engine import lock
from grants.proposals import actions as proposals
from grants.proposals.models import TeamMember

from ..models import TEAM, Application
from ..permissions import can_hand_over
from .locking import NOT_YOURS
from .writing import begin_writing, end_writing, refuse_unmarked


def invite_member(
    *,
    application: Application,
    name: str,
    email: str,
    rights: str,
    part: str,
    by: Any,
    now: datetime,
    for_: Any = None,
    once: str | None = None,
) -> TeamMember:
    """Names a person and writes to their address; they consent alone."""
    facts = {"name": name, "email": email, "rights": rights, "part": part}
    most = application.regulation.call.team_most
    return _change(application, proposals.invite_member, of=application, most=most, once=once, by=by, now=now, for_=for_, **facts)


def invite_again(*, application: Application, member: TeamMember, by: Any, now: datetime, for_: Any = None) -> None:
    """Writes once more to who has not answered."""
    _change(application, proposals.invite_again, member=member, by=by, now=now, for_=for_)


def change_member(
    *, application: Application, member: TeamMember, rights: str, part: str, by: Any, now: datetime, for_: Any = None
) -> None:
    """Changes what a member may do here, and their part in the project."""
    _change(application, proposals.change_member, member=member, rights=rights, part=part, by=by, now=now, for_=for_)


def remove_member(*, application: Application, member: TeamMember, by: Any, now: datetime, for_: Any = None) -> None:
    """Takes a member out; whoever had joined is written to."""
    _change(application, proposals.remove_member, member=member, by=by, now=now, for_=for_)


@transaction.atomic
def hand_over(*, application: Application, to: TeamMember, by: Any, now: datetime, for_: Any = None) -> None:
    """Makes a member who has joined the owner; the owner's alone to do: of two hand-overs at once the second is not theirs."""
    lock(application)
    if not can_hand_over(for_.account if for_ else by, application):
        raise Refused(NOT_YOURS, code="who")
    _change(application, proposals.hand_over, of=application, to=to, by=by, now=now, for_=for_)


@transaction.atomic
def _change(application: Application, verb: Callable, *, by: Any, now: datetime, for_: Any, **given: Any) -> Any:
    begin_writing(application, by=by, for_=for_, now=now, right="submit")
    refuse_unmarked(application, TEAM)
    for member in given.values():
        if isinstance(member, TeamMember) and (member.of_type, member.of_id) != tuple(TeamMember.key(application).values()):
            raise Refused(_("%(name)s is not in this team.") % {"name": member.name}, code="gone")
    done = verb(by=by, now=now, for_=for_, **given)
    end_writing(application, now=now)
    return done
