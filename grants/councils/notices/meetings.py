"""Invitations to meetings, what changes about them, their reminders, the protocol that waits for a signature."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.notices.actions import notify
from fund.notices.calendars import Entry
from fund.notices.registry import Due, deadline, kind

from ..models import Meeting
from ..permissions import sees_meetings

SITTING = {"why": _("You got this letter because you are invited to the meeting."), "shown_to": sees_meetings}
CALLED = kind("councils.called", _("An invitation to a council meeting"), **SITTING)
RESCHEDULED = kind("councils.rescheduled", _("A council meeting was moved"), **SITTING)
MEETING_CANCELLED = kind("councils.meeting_cancelled", _("A council meeting was cancelled"), **SITTING)
TO_SIGN = kind("councils.to_sign", _("A protocol waits for my signature"), **SITTING)
LASTS = timedelta(hours=2)


def invited(meeting: Meeting) -> list[Any]:
    """Everyone who is to come: the members, the secretary."""
    return [meeting.secretary, *(seat.account for seat in meeting.members.select_related("account"))]


def facts_of(meeting: Meeting, **more: Any) -> dict:
    return {"title": meeting.words, "starts": meeting.starts_at, "place": meeting.place, **more}


def entry_of(meeting: Meeting) -> Entry:
    ends = meeting.starts_at + LASTS
    return Entry(f"meeting-{meeting.uid}", meeting.words, meeting.starts_at, ends, meeting.place, meeting.revision)


def _tell(message: str, meeting: Meeting, *, now: datetime, calendar: bool = False, **more: Any) -> None:
    link = meeting.get_absolute_url()
    entry = entry_of(meeting) if calendar else None
    notify(message, meeting, to=invited(meeting), now=now, facts=facts_of(meeting, **more), link=link, calendar=entry)


def tell_called(meeting: Meeting, *, now: datetime) -> None:
    _tell(CALLED, meeting, now=now, calendar=True)


def tell_rescheduled(meeting: Meeting, *, before: datetime, now: datetime) -> None:
    _tell(RESCHEDULED, meeting, now=now, calendar=True, before=before)


def tell_meeting_cancelled(meeting: Meeting, *, now: datetime) -> None:
    _tell(MEETING_CANCELLED, meeting, now=now, reason=meeting.cancelled_why)


def tell_to_sign(meeting: Meeting, paper: Any, *, now: datetime, reissued_why: str = "") -> None:
    """`reissued_why`: why the former protocol, which they may have signed, is void."""
    facts = facts_of(meeting, number=paper.number, reissued_why=reissued_why)
    notify(TO_SIGN, meeting, to=[meeting.chair, meeting.secretary], now=now, facts=facts, link=meeting.get_absolute_url())


@deadline("councils.sitting", label=_("A council meeting is near"), remind=(timedelta(hours=24), timedelta(hours=2)), **SITTING)
def meetings_to_come(now: datetime, horizon: datetime):
    """Everyone invited to a meeting that has not begun."""
    for meeting in Meeting.objects.filter(state="called", starts_at__gt=now, starts_at__lte=horizon).select_related(
        "call", "secretary"
    ):
        for account in invited(meeting):
            link = meeting.get_absolute_url()
            yield Due(meeting, account, meeting.starts_at, facts_of(meeting), link, entry_of(meeting), since=meeting.called_at)
