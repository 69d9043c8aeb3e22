"""Meetings of a council for tests, made by the verbs that make them in the product."""

from datetime import timedelta

from grants.councils.actions import call_meeting, cast_vote, mark_attendance, open_meeting, put_to_vote
from grants.councils.models import Item, Meeting

from .people import make_account

NAMES = (("Елена", "Громова"), ("Сергей", "Пак"), ("Ольга", "Зайцева"), ("Виктор", "Нойман"))


def make_council(number: int = 4) -> list:
    """Council members who are tied to nobody."""
    return [make_account(first, last, roles=["council_member"]) for first, last in NAMES[:number]]


def make_meeting(call, *, officer, director, members, now, ballot: str = "open", **more) -> Meeting:
    return call_meeting(
        call=call,
        starts_at=now + timedelta(days=1),
        place="Технополис GS, переговорная 2",
        members=members,
        chair=director,
        secretary=officer,
        ballot=ballot,
        by=officer,
        now=now,
        **more,
    )


def make_open(meeting, *, officer, now, absent=()) -> Meeting:
    present = [seat.pk for seat in meeting.members.all() if seat.account not in absent]
    mark_attendance(meeting=meeting, present=present, by=officer, now=now)
    open_meeting(meeting=meeting, by=officer, now=now)
    return meeting


def item_of(meeting, application) -> Item:
    return Item.objects.get(meeting=meeting, entries__application=application)


def vote_all(item, choices, *, officer, now) -> None:
    """Puts the item to the vote and lets its able members vote in the order of their seats: `choices` like "++-0"."""
    words = {"+": "for", "-": "against", "0": "abstain"}
    put_to_vote(item=item, by=officer, now=now)
    for seat, sign in zip(item.meeting.members.order_by("pk"), choices, strict=True):
        if sign in words:
            cast_vote(item=item, member=seat, choice=words[sign], by=seat.account, now=now)
