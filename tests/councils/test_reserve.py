"""After the release: money that the envelope has left, or gets back, goes to the reserve in its order."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.letters import text_of
from fund.notices.models import Notice
from grants.applications.models import Application
from grants.calls.actions import free_money
from grants.councils.actions import follow_ranking, fund_from_reserve, release
from grants.councils.models import Decision, Outcome
from grants.councils.queries import board_of
from grants.reviews.models import Conflict
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
DAY = timedelta(days=1)
WHY = "Первый в резерве нашёл другие деньги и написал об этом."


@pytest.fixture(scope="module")
def built(module_db):
    """One is funded with 100,000 of 150,000; two wait in the reserve, 100,000 each. Then all of it is given back."""
    officer, director, now = play("officer"), play("director"), timezone.now()
    later = now + 3 * DAY
    waits = (now + 30 * DAY).isoformat(timespec="minutes")
    ends = f"{(now + 60 * DAY).date()}\n  reserve_until: {waits}"
    call = make_call(officer, now=now, state="judging", envelope=150_000, most=150_000, projects_from=ends)
    judged = make_judged(call, officer=officer, now=now, scores=[("5", "5"), ("4", "4"), ("3", "3")])
    follow_ranking(call=call, by=director, now=now)
    release(call=call, by=director, now=now)
    free_money(call, Decimal(100_000), by=None, now=now)
    waiting = [Application.objects.select_related("call").get(pk=one.pk) for one in judged[1:]]
    return SimpleNamespace(**locals())


officer, director, later, call, waiting = parts("officer", "director", "later", "call", "waiting")


def test_fund_from_reserve_moves_holds_and_tells(waiting, call, director, later):
    decision = fund_from_reserve(application=waiting[0], by=director, now=later)

    call.refresh_from_db()
    application = Application.objects.get(pk=waiting[0].pk)
    assert (application.state, application.granted, application.reserve_place) == ("funded", 100_000, None)
    assert (decision.number, decision.outcome, decision.amount, call.promised) == (2, "fund", 100_000, 100_000)
    assert Outcome.objects.get(application=application).decision == decision
    letter = Notice.objects.get(kind="councils.funded", account=application.owner)
    assert (letter.facts["place"], "100 000 ₽" in text_of(letter, "ru").replace("\u00a0", " ")) == (2, True)


def test_fund_from_reserve_keeps_to_what_the_envelope_has_left(waiting, director, later):
    fund_from_reserve(application=waiting[0], by=director, now=later)

    with pytest.raises(Refused) as refusal:
        fund_from_reserve(application=waiting[1], by=director, now=later)
    fund_from_reserve(application=waiting[1], amount=Decimal(50_000), why=WHY, by=director, now=later)

    assert refusal.value.code == "envelope"
    assert Application.objects.get(pk=waiting[1].pk).granted == 50_000


@pytest.mark.parametrize(("place", "amount"), [(1, None), (0, 90_000)])
def test_a_turn_passed_over_or_a_cut_sum_needs_a_reason(waiting, director, later, place, amount):
    given = {"application": waiting[place], "amount": amount and Decimal(amount), "by": director, "now": later}

    with pytest.raises(Refused) as refusal:
        fund_from_reserve(**given)
    fund_from_reserve(**given, why=WHY)

    assert refusal.value.field == "why"
    assert Application.objects.get(pk=waiting[place].pk).state == "funded"


@pytest.mark.parametrize("amount", ["0", "-1", "100000.01"])
def test_the_sum_lies_above_zero_and_within_the_request(waiting, director, later, amount):
    with pytest.raises(Refused) as refusal:
        fund_from_reserve(application=waiting[0], amount=Decimal(amount), why=WHY, by=director, now=later)

    assert refusal.value.field == "amount"


def test_fund_from_reserve_happens_once(waiting, call, director, later):
    fund_from_reserve(application=waiting[0], by=director, now=later)
    free_money(call, Decimal(50_000), by=None, now=later)

    with pytest.raises(Refused) as refusal:
        fund_from_reserve(application=waiting[0], by=director, now=later)

    assert (refusal.value.code, Decision.objects.filter(application=waiting[0]).count()) == ("state", 2)


def test_only_a_director_without_ties_funds(waiting, director, officer, expert, later):
    for other in (officer, expert, waiting[0].owner):
        with pytest.raises(Refused):
            fund_from_reserve(application=waiting[0], by=other, now=later)

    Conflict.objects.create(application=waiting[0], expert=director, kind="friend", declared_at=later)
    with pytest.raises(Refused):
        fund_from_reserve(application=waiting[0], by=director, now=later)


def test_a_reserve_whose_term_is_over_gets_nothing(waiting, call, director):
    until = call.regulation.timeline.reserve_until

    with pytest.raises(Refused) as refusal:
        fund_from_reserve(application=waiting[0], by=director, now=until + timedelta(seconds=1))
    fund_from_reserve(application=waiting[0], by=director, now=until)

    assert refusal.value.code == "late"


def test_money_that_came_later_is_no_departure_from_the_ranking(waiting, call, director, later, signed_in):
    fund_from_reserve(application=waiting[0], by=director, now=later)

    line = next(one for one in board_of(call, now=later).lines if one.row.pk == waiting[0].pk)
    page = signed_in(waiting[0].owner).get(reverse("results:explain", args=[waiting[0].uid])).content.decode()

    assert (line.decided, line.departs) == ("fund", False)
    said = [words in page for words in ("деньги появились позже", "Денег конкурса не хватило", "Совет решил иначе")]
    assert said == [True, False, False]


def test_pages_lead_from_the_list_to_the_money(waiting, call, director, signed_in):
    client, list_page = signed_in(director), reverse("councils:list", args=[call.slug])
    address = reverse("councils:fund_from_reserve", args=[waiting[1].uid])
    assert address in client.get(list_page).content.decode()

    shown = client.get(address)
    refused = client.post(address, {"amount": "", "why": ""})
    done = client.post(address, {"amount": "", "why": WHY})

    assert [one.pk for one in shown.context["ahead"]] == [waiting[0].pk]
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["why"])
    assert (done.status_code, done.headers["Location"]) == (302, list_page)
    assert client.get(address).status_code == 409
    assert address not in client.get(list_page).content.decode()


def test_what_a_conflict_closes_stands_in_no_list(waiting, call, director, later, signed_in):
    Conflict.objects.create(application=waiting[0], expert=director, kind="friend", declared_at=later)
    client = signed_in(director)

    page = client.get(reverse("councils:list", args=[call.slug])).content.decode()
    other = client.get(reverse("councils:fund_from_reserve", args=[waiting[1].uid])).content.decode()

    assert client.get(reverse("councils:fund_from_reserve", args=[waiting[0].uid])).status_code == 404
    assert [waiting[0].number in text for text in (page, other)] == [False, False]
