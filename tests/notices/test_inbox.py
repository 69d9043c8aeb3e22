"""The pages of this room: inbox, preferences, unsubscribing, letters that failed. A GET changes nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fund.notices.actions import notify
from fund.notices.forms import room_name
from fund.notices.letters import unsubscribe_token
from fund.notices.models import Delivery, Preference, QuietHours
from fund.notices.queries import unread
from fund.notices.registry import KINDS

FACTS = {"name": "Анна", "amount": "1", "closes": "x"}


@pytest.fixture
def notice(greeting, anna, now):
    return notify(greeting, anna, to=anna, now=now, facts=FACTS, link=("notices:prefer",))[0]


def test_inbox_lists_mine_and_looking_marks_nothing(notice, anna, john, signed_in):
    mine, theirs = (signed_in(account).get(reverse("notices:inbox")) for account in (anna, john))

    assert "Привет, Анна" in mine.content.decode()
    assert "Анна" not in theirs.content.decode()
    assert unread(anna) == 1


def test_notice_of_another_is_not_found(notice, anna, john, signed_in):
    url = reverse("notices:notice", args=[notice.uid])

    assert signed_in(anna).get(url).status_code == 200
    assert signed_in(john).get(url).status_code == 404


def test_read_marks_and_leads_to_the_thing(notice, anna, signed_in):
    answer = signed_in(anna).post(reverse("notices:read", args=[notice.uid]))

    assert (answer.status_code, answer["Location"]) == (302, "/ru/desk/inbox/preferences/")
    assert unread(anna) == 0


def test_read_of_another_is_not_found(notice, john, anna, signed_in):
    assert signed_in(john).post(reverse("notices:read", args=[notice.uid])).status_code == 404
    assert unread(anna) == 1


def test_read_all_marks_only_mine(notice, anna, john, greeting, now, signed_in):
    notify(greeting, anna, to=john, now=now, facts=FACTS)

    signed_in(anna).post(reverse("notices:read_all"))

    assert (unread(anna), unread(john)) == (0, 1)


def test_prefer_keeps_kinds_and_quiet_hours(greeting, anna, signed_in):
    form = {"notices__greeting": "off", "quiet_since": "22:00", "quiet_until": "07:00"}
    browser = signed_in(anna)
    form |= {name: "now" for name in browser.get(reverse("notices:prefer")).context["form"].fields if name not in form}

    answer = browser.post(reverse("notices:prefer"), form)

    assert answer.status_code == 302
    assert Preference.objects.get(account=anna, kind=greeting).mode == "off"
    assert QuietHours.objects.get(account=anna).since.hour == 22


def test_every_room_that_writes_has_a_russian_name():
    """The page of preferences is parted by rooms; a room without a name of its own would stand there as its label."""
    rooms = {kind.room for kind in KINDS.values() if kind.optional and kind.room != "tests"}

    with translation.override("ru"):
        names = {room: str(room_name(room)) for room in rooms}

    assert {room: name for room, name in names.items() if not re.search("[а-яё]", name)} == {}


def test_prefer_with_half_the_quiet_hours_names_the_field(greeting, anna, signed_in):
    answer = signed_in(anna).post(reverse("notices:prefer"), {"notices__greeting": "now", "quiet_since": "22:00"})

    assert answer.status_code == 422
    assert "quiet_until" in answer.context["form"].errors


def test_unsubscribe_shows_then_acts(notice, anna, greeting):
    url = reverse("notices:unsubscribe", args=[unsubscribe_token(notice)])
    browser = Client(enforce_csrf_checks=True)

    shown = browser.get(url)
    before = Preference.objects.count()
    acted = browser.post(url, {"List-Unsubscribe": "One-Click"})

    assert (shown.status_code, before, acted.status_code) == (200, 0, 200)
    assert Preference.objects.get(account=anna).mode == "off"
    assert notice.deliveries.get(channel="email").state == "suppressed"


@pytest.mark.parametrize("token", ["x", "a:b:c", "0" * 500])
def test_unsubscribe_with_a_foreign_token_is_not_found(db, token):
    assert Client().get(reverse("notices:unsubscribe", args=[token])).status_code == 404


def test_failed_letters_are_for_staff(notice, anna, admin, signed_in):
    Delivery.objects.filter(notice=notice, channel="email").update(state="failed", error="550 no")

    url = reverse("notices:failed")
    assert signed_in(anna).get(url).status_code == 404
    page = signed_in(admin).get(url)
    assert "550 no" in page.content.decode()


def test_resend_is_for_staff(notice, anna, admin, signed_in):
    Delivery.objects.filter(notice=notice, channel="email").update(state="failed")
    url = reverse("notices:resend", args=[notice.uid])

    assert signed_in(anna).post(url).status_code == 404
    assert signed_in(admin).post(url).status_code == 302
    assert notice.deliveries.get(channel="email").state == "pending"
