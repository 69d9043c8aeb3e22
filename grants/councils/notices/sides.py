"""Letters to invited sides: each carries the side's own link, so it goes to its address alone and stands in no inbox."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.notices.actions import notify
from fund.notices.actions.notify import address_of
from fund.notices.calendars import Entry
from fund.notices.registry import Due, deadline, kind

from ..links import token_of
from ..models import FollowUp, Meeting, Side
from .meetings import entry_of, facts_of

LINKED = {"secret": True, "to_anyone": True, "why": _("You got this letter because the fund invited you to a meeting.")}
SIDE_INVITED = kind("councils.side_invited", _("An invitation to a meeting"), **LINKED)
SIDE_MOVED = kind("councils.side_moved", _("The meeting was moved"), **LINKED)
SIDE_CANCELLED = kind("councils.side_cancelled", _("The meeting was cancelled"), **LINKED)
SIDE_WITHDRAWN = kind("councils.side_withdrawn", _("The invitation was taken back"), **LINKED)
SIDE_ENTRUSTED = kind("councils.side_entrusted", _("A proposal to carry out"), **LINKED)
SIDE_OUTCOME = kind("councils.side_outcome", _("The outcome document of the meeting"), **LINKED)


def _tell_side(message: str, side: Side, *, now: datetime, entry: Entry | None = None, opens: bool = True, **facts: Any) -> None:
    link = ("councils:side", token_of(side)) if opens else None
    with translation.override(side.language):  # the language of an address that is new here
        notify(message, side, to=_post(side), now=now, facts=_said(side, **facts), link=link, calendar=entry)


def _post(side: Side) -> Any:
    """The account that signs in with the side's address, else the bare address."""
    return Account.objects.filter(email__iexact=side.email, is_active=True).first() or address_of(side.email)


def _said(side: Side, **facts: Any) -> dict:
    return {**facts_of(side.meeting), "side": side.name, "person": side.person, **facts}


def tell_side_invited(side: Side, *, now: datetime) -> None:
    topics = [topic.title for topic in side.meeting.topics.all()]
    _tell_side(SIDE_INVITED, side, now=now, entry=entry_of(side.meeting), topics=topics)


def tell_side_withdrawn(side: Side, *, now: datetime) -> None:
    _tell_side(SIDE_WITHDRAWN, side, now=now, opens=False)


def tell_sides_moved(meeting: Meeting, *, before: datetime, now: datetime) -> None:
    """Those who stay away are told too: on another day they may come."""
    for side in meeting.sides.invited():
        _tell_side(SIDE_MOVED, side, now=now, entry=entry_of(meeting), before=before)


def tell_sides_cancelled(meeting: Meeting, *, now: datetime) -> None:
    for side in meeting.sides.invited():
        _tell_side(SIDE_CANCELLED, side, now=now, opens=False, reason=meeting.cancelled_why)


def tell_side_entrusted(follow_up: FollowUp, *, now: datetime) -> None:
    _tell_side(SIDE_ENTRUSTED, follow_up.side, now=now, text=follow_up.motion.text, due=follow_up.due_on)


def tell_sides_outcome(meeting: Meeting, number: str, *, now: datetime) -> None:
    for side in meeting.sides.invited():
        _tell_side(SIDE_OUTCOME, side, now=now, number=number)


@deadline(
    "councils.side_sitting",
    label=_("A meeting we are invited to is near"),
    remind=(timedelta(hours=24),),
    optional=False,
    **LINKED,
)
def sides_to_come(now: datetime, horizon: datetime):
    """Every invited side that has not said that it stays away."""
    rows = Side.objects.awaited().filter(meeting__state="called", meeting__starts_at__gt=now, meeting__starts_at__lte=horizon)
    for side in rows.select_related("meeting__call"):
        meeting = side.meeting
        link = ("councils:side", token_of(side))
        yield Due(side, _post(side), meeting.starts_at, _said(side), link, entry_of(meeting), since=side.invited_at)


@deadline(
    "councils.side_follow_up",
    label=_("A proposal entrusted to us is due soon"),
    remind=(timedelta(days=7), timedelta(days=1)),
    optional=False,
    **LINKED,
)
def follow_ups_of_sides(now: datetime, horizon: datetime):
    rows = FollowUp.objects.open().filter(account=None, side__withdrawn_at=None, due_on__lte=horizon.date())
    for one in rows.select_related("side__meeting__call", "motion__item").prefetch_related("motion__wordings"):
        if one.due_at > now:
            facts = _said(one.side, text=one.motion.text, due=one.due_on)
            yield Due(one, _post(one.side), one.due_at, facts, ("councils:side", token_of(one.side)), since=one.entrusted_at)
