"""Two directors at once: one release with its letters, one grant from the reserve; no protocol is issued anew around a release."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.applications.models import Application
from grants.calls.actions import free_money
from grants.councils.actions import (
    close_item,
    close_meeting,
    decide,
    fund_from_reserve,
    recuse_member,
    reissue_protocol,
    release,
    sign_protocol,
)
from grants.councils.models import Outcome
from tests.concurrency import account, anew, at_once, counted, without_locks
from tests.factories.calls import make_call
from tests.factories.councils import item_of, make_council, make_meeting, make_open, vote_all
from tests.factories.people import give_role
from tests.factories.reviews import hand_in, make_admitted, make_sheet

TIMES = 3
WHY = "Совет видит в проекте пользу для города."
NOW = timezone.now().replace(microsecond=0)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW, state="judging", envelope=150_000, most=150_000)


@pytest.fixture
def judged(call):
    """100,000 each, under review."""
    made = [make_admitted(call, now=NOW) for _ in range(3)]
    Application.objects.update(state="under_review")
    return [Application.objects.select_related("call").get(pk=one.pk) for one in made]


# The release ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def decided(call, judged, director):
    """One is funded, two wait in the reserve."""
    for application, outcome in zip(judged, ("fund", "reserve", "reserve"), strict=True):
        decide(application=application, outcome=outcome, why=WHY, by=director, now=NOW)
    return call


def release_all(call, director, prepare=None) -> dict:
    """Pressed within one second: each press has its own instant, so a second letter would be another letter."""

    def act(number: int):
        return release(call=anew(call), by=account(director), now=NOW + timedelta(milliseconds=number))

    answers = at_once(act, TIMES, prepare=prepare)
    letters = Notice.objects.filter(kind__in=("councils.funded", "councils.reserved")).count()
    codes = {one.code for one in answers if isinstance(one, Refused)}
    return counted(answers, letters=letters, state=anew(call).state, codes=codes)


RELEASED = {"done": 1, "refused": TIMES - 1, "errors": 0, "letters": 3, "state": "released", "codes": {"obstacle"}}


def test_release_happens_once(decided, director):
    assert release_all(decided, director) == RELEASED


def test_release_without_the_lock_gets_as_far_as_the_applications(decided, director):
    """There the table of moves refuses the second, or the database does."""
    assert release_all(decided, director, without_locks(TIMES)) != RELEASED


def release_while_deciding(call, funded, director, prepare=None) -> dict:
    """Somebody changes a pending decision in the moment of the release: what stands and what was told must be one."""

    def let_out():
        return release(call=anew(call), by=account(director), now=NOW)

    def change():
        application = Application.objects.select_related("call").get(pk=funded.pk)
        return decide(application=application, outcome="decline", why=WHY, by=account(director), now=NOW)

    answers = at_once(lambda number: (let_out, change)[number](), 2, prepare=prepare)
    stands = Outcome.objects.get(application=funded).decision.outcome
    return counted(answers, torn=anew(funded).state != {"fund": "funded", "decline": "declined"}[stands])


def test_release_and_a_changed_decision_agree(decided, judged, director):
    told = release_while_deciding(decided, judged[0], director)

    assert (told["errors"], told["torn"]) == (0, False)


def test_release_without_the_lock_tells_what_does_not_stand(decided, judged, director):
    told = release_while_deciding(decided, judged[0], director, without_locks(2))

    assert told["errors"] > 0 or told["torn"]


# The protocol ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed(call, judged, officer, director):
    """The council has decided on both, its protocol is signed by both."""
    meeting = make_meeting(call, officer=officer, director=director, members=make_council(2), now=NOW)
    make_open(meeting, officer=officer, now=NOW)
    for item in meeting.items.all():
        vote_all(item, "+++", officer=officer, now=NOW)
        close_item(item=item, by=officer, now=NOW)
    close_meeting(meeting=meeting, by=officer, now=NOW)
    for who in (officer, director):
        sign_protocol(meeting=meeting, by=who, now=NOW)
    return meeting


def release_while(meeting, officer, director, prepare=None) -> dict:
    def let_out():
        return release(call=anew(meeting.call), by=account(director), now=NOW)

    def issue_anew():
        return reissue_protocol(meeting=anew(meeting), why="Опечатка в месте", by=account(officer), now=NOW)

    answers = at_once(lambda number: (let_out, issue_anew)[number](), 2, prepare=prepare)
    torn = anew(meeting.call).state == "released" and anew(meeting).signed_at is None
    return counted(answers, torn=torn)


ONE_OF_TWO = {"done": 1, "refused": 1, "errors": 0, "torn": False}


def test_release_rests_on_a_signed_protocol(signed, officer, director):
    assert release_while(signed, officer, director) == ONE_OF_TWO


def test_release_without_the_lock_rests_on_one_just_declared_void(signed, officer, director):
    assert release_while(signed, officer, director, without_locks(2)) != ONE_OF_TWO


# A member steps aside while the item is closed ------------------------------------------------------------------------


@pytest.fixture
def voted(call, officer, director):
    """All have voted; one member judges the application too, and has a sheet on it."""
    council = make_council(3)
    give_role(council[0], "expert")
    first, second = (make_admitted(call, now=NOW) for _ in range(2))
    for application in (first, second):
        hand_in(make_sheet(application, council[0], officer=officer, now=NOW), now=NOW, use="5", plan="5")
    meeting = make_meeting(call, officer=officer, director=director, members=council, now=NOW)
    item = item_of(make_open(meeting, officer=officer, now=NOW), first)
    vote_all(item, "++++", officer=officer, now=NOW)
    return item, first, council[0]


def test_recuse_and_close_take_their_locks_in_one_order(voted, officer):
    """The call, the meeting, the item: in another order each would wait for the other, and the database end one of them."""
    item, application, member = voted

    def close():
        return close_item(item=anew(item), by=account(officer), now=NOW)

    def recuse():
        return recuse_member(item=anew(item), application=anew(application), kind="friend", by=account(member), now=NOW)

    answers = at_once(lambda number: (close, recuse)[number % 2](), 4)

    assert [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)] == []


# The reserve ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(decided, judged, director):
    """What was given is given back: there is money for one of the two who wait."""
    release(call=decided, by=director, now=NOW)
    free_money(decided, Decimal(100_000), by=None, now=NOW)
    return judged[1:]


def fund_all(waiting, director, prepare=None) -> dict:
    """Each application by a director of its own."""

    def act(number: int):
        application = Application.objects.select_related("call").get(pk=waiting[number].pk)
        return fund_from_reserve(application=application, why=WHY, by=account(director), now=NOW)

    answers = at_once(act, len(waiting), prepare=prepare)
    return counted(answers, promised=anew(waiting[0].call).promised)


FUNDED = {"done": 1, "refused": 1, "errors": 0, "promised": Decimal(100_000)}


def test_fund_from_reserve_gives_what_the_envelope_has(waiting, director):
    assert fund_all(waiting, director) == FUNDED


def test_fund_from_reserve_without_the_lock_gives_more(waiting, director):
    assert fund_all(waiting, director, without_locks(2)) != FUNDED
