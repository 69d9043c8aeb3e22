"""Meetings: call one, move it, mark who came, open, close with a protocol, sign it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.audit.actions import record
from fund.core.errors import Conflict, Refused
from fund.core.once import claim
from fund.documents.actions import issue_paper, void_paper
from fund.documents.models import Paper
from fund.workflow.engine import lock, perform
from grants.applications.permissions import competes
from grants.reviews.actions import keep_ties

from .. import notices
from ..models import Meeting, Member
from ..papers import PROTOCOL, standing_protocol, texts_of_protocol
from ..permissions import (
    can_attend,
    can_call_meeting,
    can_reissue_protocol,
    can_reschedule_meeting,
    can_sign_protocol,
)
from ..workflow import MEETING
from .agenda import make_agenda

NOT_YOURS = gettext_lazy("This is not yours to do.")


@transaction.atomic
def call_meeting(
    *,
    call: Any,
    starts_at: datetime,
    place: str,
    members: Iterable[Any],
    chair: Any,
    secretary: Any,
    by: Any,
    now: datetime,
    ballot: str = "open",
    singly: int | None = None,
    once: str | None = None,
) -> Meeting:
    """Calls a meeting of a call's council. In order: lock the call; refuse who may not, a second live meeting, a member who
    competes; write the seats; close to each member what they are tied to; make the agenda from the ranking; invite everyone.
    """
    members = {one.pk: one for one in [chair, *members]}
    body = {"call": call.pk, "starts_at": starts_at, "place": place, "members": sorted(members), "chair": chair.pk}
    slot = claim(once, by=by, verb="councils.call_meeting", body={**body, "ballot": ballot, "singly": singly})
    if slot.made:
        return slot.thing(Meeting)
    lock(call)
    if not can_call_meeting(by, call):
        raise Refused(_("A council is called while the call is being judged."), code="who")
    if Meeting.objects.of_call(call).live().exists():
        raise Refused(_("This call has a meeting already. Hold it or cancel it first."), code="live")
    _refuse_members(call, members.values(), secretary)
    refuse_past(starts_at, now)
    meeting = seat(
        members.values(),
        call=call,
        starts_at=starts_at,
        place=place,
        ballot=ballot,
        chair=chair,
        secretary=secretary,
        called_at=now,
        called_by=by,
    )
    keep_ties(call=call, accounts=list(members), now=now)
    make_agenda(meeting, singly=singly, now=now)
    record("councils.call_meeting", meeting, by=by, now=now, to="called", facts={"members": sorted(members)})
    notices.tell_called(meeting, now=now)
    slot.keep(meeting)
    return meeting


def seat(members: Iterable[Any], **facts: Any) -> Meeting:
    """The meeting's row and those of its seats, with the quorum of the profile as it is today."""
    meeting = Meeting.objects.create(quorum=settings.PROFILE.council_quorum, **facts)
    Member.objects.bulk_create([Member(meeting=meeting, account=one) for one in members])
    return meeting


def _refuse_members(call: Any, members: Iterable[Any], secretary: Any) -> None:
    for one in [*members, secretary]:
        if competes(one, call):
            raise Refused(
                _("%(name)s has an application in this call and cannot sit in its council.") % {"name": one.person.short_name},
                field="members",
                code="competes",
            )


def refuse_past(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refused(_("The meeting must begin in the future"), field="starts_at", code="past")


@transaction.atomic
def reschedule_meeting(*, meeting: Meeting, starts_at: datetime, place: str, by: Any, now: datetime) -> None:
    """Moves a meeting; everyone invited is told the old time and the new one, and their calendars follow."""
    lock(meeting)
    if not can_reschedule_meeting(by, meeting):
        raise Refused(_("A meeting can be moved before it opens."), code="state")
    refuse_past(starts_at, now)
    before = meeting.starts_at
    meeting.starts_at, meeting.place, meeting.revision = starts_at, place, meeting.revision + 1
    meeting.save(update_fields=["starts_at", "place", "revision"])
    record(
        "councils.reschedule_meeting", meeting, by=by, now=now, facts={"from": before.isoformat(), "to": starts_at.isoformat()}
    )
    notices.tell_rescheduled(meeting, before=before, now=now)
    notices.tell_sides_moved(meeting, before=before, now=now)


@transaction.atomic
def mark_attendance(*, meeting: Meeting, present: Iterable[int], by: Any, now: datetime, sides: Iterable[int] = ()) -> None:
    """Writes down who came: whoever is not among these seats and invited sides did not. May be corrected while the meeting
    is under way."""
    lock(meeting)
    if not can_attend(by, meeting):
        raise Refused(_("Who came is written down until the meeting is closed."), code="state")
    came, there = set(present), set(sides)
    for row, found in [*((one, came) for one in meeting.members.all()), *((one, there) for one in meeting.sides.invited())]:
        row.attended = row.pk in found
        row.save(update_fields=["attended"])
    record("councils.mark_attendance", meeting, by=by, now=now, facts={"present": sorted(came), "sides": sorted(there)})


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: Any, now: datetime) -> None:
    """Opens a meeting once it is written down who came; the rules look for ties once more."""
    lock(meeting)
    if meeting.members.filter(attended=None).exists():
        raise Refused(_("Write down first who came."), code="attendance")
    if meeting.call is not None:
        keep_ties(call=meeting.call, accounts=list(meeting.members.values_list("account", flat=True)), now=now)
    perform(MEETING, "open_meeting", meeting, by=by, now=now, opened_at=now)


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Any, now: datetime) -> Paper:
    """Closes a meeting when every item is decided, lost or postponed, and issues its protocol.

    The lock comes first: no proposal comes in and no item is taken up between the look at the items and the end.
    """
    lock(meeting)
    if meeting.items.filter(state__in=("waiting", "voting")).exists():
        raise Refused(_("Some items are not decided: vote on them or postpone them."), code="items")
    perform(MEETING, "close_meeting", meeting, by=by, now=now, closed_at=now)
    return _issue(meeting, by=by, now=now)


def _issue(meeting: Meeting, *, by: Any, now: datetime, reissued_why: str = "") -> Paper:
    paper = issue_paper(PROTOCOL, about=meeting, texts=texts_of_protocol(meeting, now=now), by=by, now=now)
    notices.tell_to_sign(meeting, paper, now=now, reissued_why=reissued_why)
    return paper


@transaction.atomic
def reissue_protocol(*, meeting: Meeting, why: str, by: Any, now: datetime) -> Paper:
    """Declares the protocol void with a reason and issues another; both signatures are asked anew.

    The call's lock comes first: a release that found the former one signed is over, or waits.
    """
    if meeting.call is not None:
        lock(meeting.call)
    lock(meeting)
    if not can_reissue_protocol(by, meeting):
        raise Refused(NOT_YOURS, code="who")
    for paper in Paper.objects.about(meeting).standing().filter(kind=PROTOCOL):
        void_paper(paper, why=why, by=by, now=now)
    meeting.chair_signed_at = meeting.secretary_signed_at = None
    meeting.save(update_fields=["chair_signed_at", "secretary_signed_at"])
    return _issue(meeting, by=by, now=now, reissued_why=why.strip())


@transaction.atomic
def sign_protocol(*, meeting: Meeting, by: Any, now: datetime, seen: str | None = None) -> None:
    """The chair's or the secretary's signature, with its moment; the journal holds the digest of what was signed.

    `seen` is the number of what the signer read: another protocol, issued meanwhile, is not signed by it.
    """
    lock(meeting)
    if not can_sign_protocol(by, meeting):
        raise Refused(NOT_YOURS, code="who")
    paper = standing_protocol(meeting)
    if seen is not None and seen != paper.number:
        raise Conflict(_("The protocol was issued anew meanwhile. Read it and sign again."))
    fields = []
    if by.pk == meeting.chair_id:
        meeting.chair_signed_at = now
        fields.append("chair_signed_at")
    if by.pk == meeting.secretary_id:
        meeting.secretary_signed_at = now
        fields.append("secretary_signed_at")
    meeting.save(update_fields=fields)
    record("councils.sign_protocol", meeting, by=by, now=now, facts={"paper": paper.number, "digest": paper.digest})


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, why: str, by: Any, now: datetime) -> None:
    """Cancels a meeting that has not opened; everyone invited is told why."""
    if not why.strip():
        raise Refused(_("Say why the meeting is cancelled"), field="why", code="why")
    perform(MEETING, "cancel_meeting", meeting, by=by, now=now, why=why, cancelled_why=why.strip())
    notices.tell_meeting_cancelled(meeting, now=now)
    notices.tell_sides_cancelled(meeting, now=now)
