"""The demo's councils: one that met, decided and signed; one that is sitting now."""

from datetime import datetime, timedelta

from fund.accounts.models import Account
from fund.documents.actions import draw_paper
from grants.calls.models import Call
from grants.councils.actions import (
    call_meeting,
    cast_vote,
    close_item,
    close_meeting,
    mark_attendance,
    open_meeting,
    propose,
    put_to_vote,
    sign_protocol,
)
from grants.councils.models import Item, Meeting
from grants.councils.queries.votes import count_of

MINUTE = timedelta(minutes=1)
ABSENT = 1  # of the members, the last ones
CUT = "Леса управляющая компания даёт бесплатно, письмо от прошлой недели."
# How the members vote on the items in turn, the chair first.
VOTES = ("++++", "+++0", "++-+", "++--", "++++", "+++-")
WORDS = {"+": "for", "-": "against", "0": "abstain"}


def call_council(call: Call, cast: dict[str, Account], starts_at: datetime) -> Meeting:
    """A meeting called a week before; the director presides, the officer keeps the minutes."""
    members = [cast[key] for key in ("council", "council-2", "council-3", "council-4")]
    return call_meeting(
        call=call,
        starts_at=starts_at,
        place="Технополис GS, переговорная 2 и видеосвязь",
        members=members,
        chair=cast["director"],
        secretary=cast["officer"],
        by=cast["officer"],
        now=starts_at - timedelta(days=7),
    )


def open_council(meeting: Meeting, officer: Account) -> None:
    seats = list(meeting.members.order_by("pk"))
    present = [seat.pk for seat in seats[: len(seats) - ABSENT]]
    mark_attendance(meeting=meeting, present=present, by=officer, now=meeting.starts_at)
    open_meeting(meeting=meeting, by=officer, now=meeting.starts_at)


def decide_item(item: Item, place: int, officer: Account, *, most: int = 99) -> None:
    """Put to the vote, voted on, closed; with `most` fewer votes the item stays open."""
    now = item.meeting.starts_at + (place * 6 + 4) * MINUTE
    if place == 1 and item.outcome == "fund":
        amount = (item.amount * 9 / 10).quantize(item.amount)
        propose(item=item, outcome="fund", amount=amount, why=CUT, by=officer, now=now)
    if not item.outcome and item.entries.count() == 1:
        propose(item=item, outcome="reserve", why="Равные баллы: места хватит одному, второй ждёт.", by=officer, now=now)
    put_to_vote(item=item, by=officer, now=now)
    seats = count_of(item).voters
    for seat, sign in list(zip(seats, VOTES[place % len(VOTES)], strict=False))[:most]:
        cast_vote(item=item, member=seat, choice=WORDS[sign], by=seat.account, now=now + MINUTE)
    if most >= len(seats):
        close_item(item=item, by=officer, now=now + 3 * MINUTE)


def hold(call: Call, cast: dict[str, Account], starts_at: datetime) -> Meeting:
    """A whole meeting: every item decided, the protocol issued, drawn and signed by both."""
    meeting = call_council(call, cast, starts_at)
    open_council(meeting, cast["officer"])
    for place, item in enumerate(meeting.items.all()):
        decide_item(item, place, cast["officer"])
    ended = starts_at + timedelta(hours=1, minutes=40)
    paper = close_meeting(meeting=meeting, by=cast["officer"], now=ended)
    draw_paper(paper, now=ended + MINUTE)
    for who, hours in (("officer", 1), ("director", 3)):
        sign_protocol(meeting=meeting, by=cast[who], now=ended + timedelta(hours=hours))
    return meeting


def sit(call: Call, cast: dict[str, Account], starts_at: datetime) -> Meeting:
    """A meeting under way: half of the items decided, on one a member is still thinking."""
    meeting = call_council(call, cast, starts_at)
    open_council(meeting, cast["officer"])
    items = list(meeting.items.all())
    half = max(1, len(items) // 2)
    for place, item in enumerate(items[:half]):
        decide_item(item, place, cast["officer"])
    if half < len(items):
        decide_item(items[half], half, cast["officer"], most=3)
    return meeting
