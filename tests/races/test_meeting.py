"""A meeting in which several act at once: it is not closed around a proposal, nothing is numbered or issued twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.documents.models import Paper
from fund.notices.models import Notice
from grants.councils.actions import (
    close_meeting,
    entrust,
    hand_in,
    issue_outcome,
    postpone_item,
    resume_item,
    sign_protocol,
    withdraw_side,
)
from grants.councils.models import FollowUp, Meeting, Motion, Side
from tests.concurrency import account, anew, at_once, counted, without_locks
from tests.factories.councils import make_council
from tests.factories.floor import make_carried, make_floor, make_held, make_motion, make_open_floor, make_side

TIMES = 4
NOW = timezone.now().replace(microsecond=0)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting(officer, director):
    made = make_floor(officer=officer, director=director, members=make_council(2), now=NOW)
    return make_open_floor(made, officer=officer, now=NOW)


# One form sent several times ------------------------------------------------------------------------------------------


def hand_in_all(meeting, officer, once, prepare=None) -> dict:
    def act(_number: int):
        facts = {"text": "Проложить общий маршрут.", "said_by": "Марина Одинцова", "by": account(officer), "now": NOW}
        return hand_in(meeting=anew(meeting), once=once, **facts)

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, proposals=Motion.objects.count())


def test_hand_in_by_one_token_at_once_is_one_proposal(meeting, officer):
    assert hand_in_all(meeting, officer, "t" * 20) == {"done": TIMES, "refused": 0, "errors": 0, "proposals": 1}


def test_hand_in_without_a_token_is_as_many(meeting, officer):
    """The control of the token: the meeting's lock alone numbers them, and keeps them all."""
    assert hand_in_all(meeting, officer, None) == {"done": TIMES, "refused": 0, "errors": 0, "proposals": TIMES}


def test_hand_in_without_the_lock_takes_one_number_twice(meeting, officer):
    told = hand_in_all(meeting, officer, None, without_locks(TIMES))

    assert told["errors"] > 0


# Closing while something comes in -------------------------------------------------------------------------------------


def close_while(meeting, officer, other, prepare=None) -> dict:
    """One closes, the other does something that a closed meeting does not take: one of them is told so."""

    def close():
        return close_meeting(meeting=anew(meeting), by=account(officer), now=NOW)

    answers = at_once(lambda number: (close, other)[number](), 2, prepare=prepare)
    left = meeting.items.filter(state__in=("waiting", "voting")).exists()
    return counted(answers, torn=anew(meeting).state == "closed" and left)


ONE_OF_TWO = {"done": 1, "refused": 1, "errors": 0, "torn": False}


@pytest.fixture
def comes_in(meeting, officer):
    def act():
        return hand_in(meeting=anew(meeting), text="Ещё одно.", said_by="Марина", by=account(officer), now=NOW)

    return act


@pytest.fixture
def taken_up(meeting, officer):
    item = make_motion(meeting, officer=officer, now=NOW).item
    postpone_item(item=item, by=officer, now=NOW)
    return lambda: resume_item(item=anew(item), by=account(officer), now=NOW)


@pytest.mark.parametrize("other", ["comes_in", "taken_up"])
def test_close_leaves_nothing_undecided_behind(request, meeting, officer, other):
    assert close_while(meeting, officer, request.getfixturevalue(other)) == ONE_OF_TWO


@pytest.mark.parametrize("other", ["comes_in", "taken_up"])
def test_close_without_the_lock_does(request, meeting, officer, other):
    assert close_while(meeting, officer, request.getfixturevalue(other), without_locks(2)) != ONE_OF_TWO


# A side that is taken back while it hands in --------------------------------------------------------------------------


@pytest.fixture
def side(meeting, officer):
    return make_side(meeting, officer=officer, now=NOW)


def withdraw_while(side, officer, prepare=None) -> dict:
    def withdraw():
        return withdraw_side(side=anew(side), by=account(officer), now=NOW)

    def propose():
        own = Side.objects.select_related("meeting").get(pk=side.pk)
        return hand_in(meeting=own.meeting, text="Общий маршрут.", side=own, by=None, now=NOW)

    answers = at_once(lambda number: (withdraw, propose)[number](), 2, prepare=prepare)
    withdrawn = anew(side).withdrawn_at is not None
    return counted(answers, torn=withdrawn and side.motions.exists())


def test_a_side_taken_back_has_no_proposal(side, officer):
    assert withdraw_while(side, officer) == ONE_OF_TWO


def test_a_side_taken_back_without_the_lock_has(side, officer):
    assert withdraw_while(side, officer, without_locks(2)) != ONE_OF_TWO


# Who answers for it ---------------------------------------------------------------------------------------------------


def entrust_all(motion, officer, prepare=None) -> dict:
    """Several say within one second that one person answers for a proposal by one day."""

    def act(number: int):
        by, now = account(officer), NOW + timedelta(milliseconds=number)
        return entrust(motion=anew(motion), due_on=(NOW + timedelta(days=9)).date(), account=by, by=by, now=now)

    answers = at_once(act, TIMES, prepare=prepare)
    letters = Notice.objects.filter(kind="councils.entrusted").count()
    return counted(answers, follow_ups=FollowUp.objects.count(), letters=letters)


EXACT = {"done": TIMES, "refused": 0, "errors": 0, "follow_ups": 1, "letters": 1}


def test_entrust_at_once_is_one_follow_up_and_one_letter(meeting, officer):
    assert entrust_all(make_carried(meeting, officer=officer, now=NOW), officer) == EXACT


def test_entrust_without_the_lock_is_not(meeting, officer):
    assert entrust_all(make_carried(meeting, officer=officer, now=NOW), officer, without_locks(TIMES)) != EXACT


# The papers: signed and issued once -----------------------------------------------------------------------------------


@pytest.fixture
def held(officer, director) -> Meeting:
    return make_held(officer=officer, director=director, members=make_council(2), now=NOW)[0]


def issue_all(held, officer, prepare=None) -> dict:
    answers = at_once(lambda _number: issue_outcome(meeting=anew(held), by=account(officer), now=NOW), TIMES, prepare=prepare)
    papers = Paper.objects.filter(kind="councils.outcome").count()
    return counted(answers, papers=papers, letters=Notice.objects.filter(kind="councils.outcome_issued").count())


def test_the_outcome_is_issued_once(held, officer):
    told = issue_all(held, officer)

    assert told["letters"] > 0
    assert told == {"done": 1, "refused": TIMES - 1, "errors": 0, "papers": 1, "letters": told["letters"]}


def test_the_outcome_without_the_lock_runs_into_the_database(held, officer):
    assert issue_all(held, officer, without_locks(TIMES))["errors"] > 0


def sign_all(held, prepare=None) -> dict:
    """The chair and the secretary, each from two windows."""
    signers = [held.chair, held.secretary] * 2

    def act(number: int):
        return sign_protocol(meeting=anew(held), by=account(signers[number]), now=NOW + timedelta(minutes=number))

    answers = at_once(act, len(signers), prepare=prepare)
    row = anew(held)
    return counted(answers, signed=None not in (row.chair_signed_at, row.secretary_signed_at))


SIGNED = {"done": 2, "refused": 2, "errors": 0, "signed": True}


def test_sign_at_once_keeps_both_signatures_each_once(held):
    assert sign_all(held) == SIGNED


def test_sign_without_the_lock_signs_more_than_once(held):
    assert sign_all(held, without_locks(4)) != SIGNED
