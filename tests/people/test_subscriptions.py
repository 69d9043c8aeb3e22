""" "Tell me when it opens": a confirmed address is enough, it is told once, and a stranger learns nothing of who is known."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.actions import send_due, unsubscribe
from fund.notices.models import Address, Delivery, Notice
from fund.people.actions import confirm_subscription, subscribe, withdraw_subscription
from fund.people.actions.subscriptions import forget_subscriptions
from fund.people.models import Attempt, Subscription
from fund.people.queries import subscription_token
from fund.people.topics import TOPICS
from grants.calls.actions import open_call
from tests.factories.calls import make_call

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="announced")


def ask(client, call, email: str, **more):
    page = client.get(f"/ru/tell-me/calls/{call.slug}/")
    data = {"email": email, "once": page.context["form"]["once"].value(), **more}
    return client.post(f"/ru/tell-me/calls/{call.slug}/", data), data


def told() -> list[str]:
    return sorted(notice.recipient.email for notice in Notice.objects.filter(kind="calls.now_open"))


def confirmed(call, now, email="guest@example.org") -> Subscription:
    row = subscribe(TOPICS["calls"], call, by=None, email=email, now=now)
    confirm_subscription(row, by=None, now=now)
    return row


def test_subscribe_sends_one_letter_whose_link_changes_nothing_by_itself(call, client, now):
    send_due()  # what making the call has told
    mail.outbox.clear()
    response, data = ask(client, call, "guest@example.org")
    client.post(f"/ru/tell-me/calls/{call.slug}/", data)  # pressed twice
    send_due()

    assert (response.status_code, response.headers["Location"]) == (302, f"/ru/tell-me/calls/{call.slug}/?sent")
    assert [letter.to for letter in mail.outbox] == [["guest@example.org"]]
    link = next(line for line in mail.outbox[0].body.splitlines() if "/subscriptions/" in line)
    path = link[link.index("/ru/subscriptions/") :]
    assert client.get(path).status_code == 200
    assert Subscription.objects.get().confirmed_at is None

    assert client.post(path).status_code == 302
    assert Subscription.objects.get().confirmed_at is not None
    assert Address.objects.get().confirmed_at is not None


def test_subscribe_answers_the_same_for_known_and_unknown_addresses(call, resident):
    known, _ = ask(Client(), call, resident.email)
    unknown, _ = ask(Client(), call, "nobody@example.org")

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    kinds = Notice.objects.filter(kind="people.subscription_to_confirm")
    assert sorted(one.recipient.email for one in kinds) == ["nobody@example.org", resident.email]


def test_subscribe_signed_in_takes_one_press(call, resident, signed_in):
    browser = signed_in(resident)
    page = browser.get(f"/ru/tell-me/calls/{call.slug}/")

    response = browser.post(f"/ru/tell-me/calls/{call.slug}/", {"once": page.context["form"]["once"].value()}, follow=True)

    assert Subscription.objects.waiting().get().account == resident
    assert "Напишем один раз" in response.content.decode()


def test_subscribe_is_limited(call, client):
    codes = [ask(client, call, "victim@example.org")[0].status_code for _ in range(8)]

    assert codes[0] == 302
    assert codes[-1] == 422
    assert Notice.objects.filter(kind="people.subscription_to_confirm").count() < 8
    assert Attempt.objects.exists()


@pytest.mark.parametrize("email", ["", "nothing", "a@b", "a b@example.org", "x" * 300 + "@example.org"])
def test_subscribe_with_a_wrong_address_says_so(call, client, email):
    response, _ = ask(client, call, email)

    assert response.status_code == 422
    assert "email" in response.context["form"].errors
    assert not Subscription.objects.exists()


def test_opening_tells_the_confirmed_once(call, officer, resident, now):
    confirmed(call, now)
    subscribe(TOPICS["calls"], None, by=resident, now=now)  # whichever comes next
    subscribe(TOPICS["calls"], call, by=None, email="silent@example.org", now=now)  # never confirmed

    open_call(call, by=officer, now=now)

    assert told() == ["guest@example.org", resident.email]
    assert Subscription.objects.waiting().count() == 0


def test_whichever_comes_next_is_told_of_one_call_only(call, officer, resident, now):
    other = make_call(officer, now=now, state="announced")
    subscribe(TOPICS["calls"], None, by=resident, now=now)

    open_call(call, by=officer, now=now)
    open_call(other, by=officer, now=now)

    assert told() == [resident.email]


def test_the_letter_can_be_unsubscribed_and_asking_again_takes_that_back(call, officer, now):
    row = confirmed(call, now)
    unsubscribe(row.recipient, "calls.now_open")
    confirmed(call, now)

    open_call(call, by=officer, now=now)
    send_due()

    letter = next(one for one in mail.outbox if one.to == ["guest@example.org"] and "Приём открыт" in one.subject)
    assert "List-Unsubscribe" in letter.extra_headers


def test_confirm_after_it_opened_waits_for_nothing(call, officer, client, now):
    row = subscribe(TOPICS["calls"], call, by=None, email="late@example.org", now=now)
    open_call(call, by=officer, now=now)

    confirm_subscription(row, by=None, now=now)

    assert Subscription.objects.waiting().count() == 0
    assert told() == []


def test_confirm_with_an_old_link_is_refused(call, now):
    row = subscribe(TOPICS["calls"], call, by=None, email="guest@example.org", now=now - 31 * DAY)

    with pytest.raises(Refused) as refused:
        confirm_subscription(row, by=None, now=now)

    assert refused.value.code == "expired"


def test_withdraw_by_the_link_forgets(call, officer, client, now):
    path = f"/ru/subscriptions/{subscription_token(confirmed(call, now))}/withdraw/"
    assert client.get(path).status_code == 200
    assert Subscription.objects.count() == 1

    assert client.post(path).status_code == 302

    assert Subscription.objects.count() == 0
    assert client.get(path).status_code == 404
    open_call(call, by=officer, now=now)
    assert told() == []


@pytest.mark.parametrize("token", ["x", "a:b:c", "%D0%B0"])
def test_a_foreign_link_is_unknown(db, client, token):
    assert client.get(f"/ru/subscriptions/{token}/").status_code == 404


def test_what_opened_meanwhile_sends_to_its_page(officer, client, now):
    call = make_call(officer, now=now)

    response = client.get(f"/ru/tell-me/calls/{call.slug}/")

    assert (response.status_code, response.headers["Location"]) == (302, f"/ru/calls/{call.slug}/")


def test_a_draft_cannot_be_waited_for(officer, client, now):
    call = make_call(officer, now=now, state="draft")

    assert client.get(f"/ru/tell-me/calls/{call.slug}/").status_code == 404
    assert client.get("/ru/tell-me/nothing/").status_code == 404


def test_forget_removes_what_is_a_month_old(call, now):
    confirmed(call, now)
    subscribe(TOPICS["calls"], call, by=None, email="silent@example.org", now=now - 31 * DAY)

    assert forget_subscriptions(now=now) == 1
    assert Subscription.objects.get().address.email == "guest@example.org"
    withdraw_subscription(Subscription.objects.get(), by=None, now=now)
    assert Address.objects.filter(confirmed_at__isnull=False).count() == 0
    assert Delivery.objects.exists()


def test_pages_offer_it(call, client):
    announced = client.get(f"/ru/calls/{call.slug}/").content.decode()
    home = client.get("/ru/").content.decode()

    assert f"/ru/tell-me/calls/{call.slug}/" in announced
    assert "/ru/tell-me/calls/" in home


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("page", ["privacy", "accessibility"])
def test_help_pages_are_at_the_foot_of_every_page(client, language, page):
    home = client.get(f"/{language}/").content.decode()
    response = client.get(f"/{language}/{page}/")

    assert f"/{language}/{page}/" in home
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1
