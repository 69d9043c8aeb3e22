"""Two secretaries close one item at once; one member votes from two phones at once: one decision, one vote that counts."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from fund.core.errors import Refused
from grants.councils.actions import cast_vote, close_item, put_to_vote
from grants.councils.models import Ballot, Decision, Item, Member, Vote
from tests.concurrency import at_once, without_locks
from tests.factories.calls import make_call
from tests.factories.councils import item_of, make_council, make_meeting, make_open, vote_all
from tests.factories.reviews import make_judged

TIMES = 8

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def prepared(officer, director):
    """A secret ballot under way on one application of two."""
    now = timezone.now()
    call = make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)
    judged = make_judged(call, officer=officer, now=now, scores=[("5", "5"), ("4", "4")])
    meeting = make_meeting(call, officer=officer, director=director, members=make_council(4), now=now, ballot="secret")
    make_open(meeting, officer=officer, now=now)
    return item_of(meeting, judged[0])


def account(one):
    return get_user_model().objects.get(pk=one.pk)


def close_all(item, officer) -> dict:
    def act(_number: int):
        return close_item(item=Item.objects.get(pk=item.pk), by=account(officer), now=timezone.now())

    answers = at_once(act, TIMES)
    counted = {
        "carried": answers.count("carried"),
        "refused": sum(isinstance(one, Refused) for one in answers),
        "decisions": Decision.objects.count(),
    }
    print(connection.vendor, counted)
    return counted


def test_an_item_is_closed_once(prepared, officer):
    vote_all(prepared, "+++++", officer=officer, now=timezone.now())

    assert close_all(prepared, officer) == {"carried": 1, "refused": TIMES - 1, "decisions": 1}


def vote_many(item, seat, prepare=None) -> dict:
    """The same member presses on several phones at once."""

    def act(_number: int):
        member = Member.objects.select_related("account").get(pk=seat.pk)
        return cast_vote(item=Item.objects.get(pk=item.pk), member=member, choice="for", by=member.account, now=timezone.now())

    answers = at_once(act, TIMES, prepare=prepare)
    counted = {
        "votes": Vote.objects.filter(item=item, member=seat).count(),
        "in the box": Ballot.objects.filter(item=item).count(),
        "refused": sum(isinstance(one, Refused) for one in answers),
    }
    print(connection.vendor, counted)
    return counted


EXACT = {"votes": 1, "in the box": 1, "refused": TIMES - 1}


def test_a_member_votes_once(prepared, officer):
    put_to_vote(item=prepared, by=officer, now=timezone.now())

    assert vote_many(prepared, prepared.meeting.members.last()) == EXACT


def test_without_the_lock_who_comes_second_learns_it_from_the_database_alone(prepared, officer):
    """The control: without the item's lock two count the same votes before them; the constraint stops them, as an error."""
    put_to_vote(item=prepared, by=officer, now=timezone.now())

    assert vote_many(prepared, prepared.meeting.members.last(), without_locks(TIMES)) != EXACT
