"""Telling somebody: rows in the caller's transaction, once per kind, thing, recipient and instant."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction

from fund.notices.actions import cancel, notify
from fund.notices.models import Address, Delivery, Notice, Preference, QuietHours


def states(kind="notices.greeting"):
    rows = Delivery.objects.filter(notice__kind=kind).order_by("notice__account__email", "channel")
    return [(row.channel, row.state) for row in rows]


def test_notify_writes_a_row_per_channel(greeting, anna, now):
    made = notify(greeting, anna, to=anna, now=now, facts={"name": "Анна"})

    assert [notice.recipient for notice in made] == [anna]
    assert states() == [("email", "pending"), ("inbox", "sent")]


def test_notify_twice_writes_once(greeting, anna, now):
    notify(greeting, anna, to=[anna], now=now)

    again = notify(greeting, anna, to=[anna, anna], now=now)

    assert again == []
    assert states() == [("email", "pending"), ("inbox", "sent")]


def test_notify_tells_only_the_new_of_many(greeting, anna, john, now):
    notify(greeting, anna, to=[anna], now=now)

    made = notify(greeting, anna, to=[anna, None, john], now=now)

    assert [notice.account for notice in made] == [john]


def test_notify_at_another_instant_tells_again(greeting, anna, now):
    notify(greeting, anna, to=anna, now=now)

    assert len(notify(greeting, anna, to=anna, now=now + timedelta(seconds=1))) == 1


def test_notify_is_undone_with_the_act(greeting, anna, now):
    with transaction.atomic():
        notify(greeting, anna, to=anna, now=now)
        transaction.set_rollback(True)

    assert Notice.objects.filter(kind=greeting).count() == 0


def test_notify_an_unregistered_kind_is_an_error(anna, now):
    with pytest.raises(LookupError):
        notify("tests.unheard", anna, to=anna, now=now)


def test_notify_an_address_wants_it_confirmed(greeting, anna, now):
    with pytest.raises(ValueError, match="nobody confirmed"):
        notify(greeting, anna, to="someone@example.org", now=now)

    Address.objects.create(email="someone@example.org", confirmed_at=now)
    made = notify(greeting, anna, to="Someone@example.org", now=now)

    assert made[0].address.email == "someone@example.org"
    assert states() == [("email", "pending")]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("now", [("email", "pending"), ("inbox", "sent")]),
        ("daily", [("digest", "pending"), ("inbox", "sent")]),
        ("off", [("email", "suppressed"), ("inbox", "sent")]),
    ],
)
def test_notify_heeds_the_preference(greeting, anna, now, mode, expected):
    Preference.objects.create(account=anna, kind=greeting, mode=mode)

    notify(greeting, anna, to=anna, now=now)

    assert states() == expected


def test_notify_in_quiet_hours_waits_for_the_morning(greeting, anna):
    QuietHours.objects.create(account=anna, since=time(22), until=time(7))
    late = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)  # 23:30 in Kaliningrad

    notify(greeting, anna, to=anna, now=late)

    letter = Delivery.objects.get(notice__kind=greeting, channel="email")
    assert letter.next_at == datetime(2026, 3, 3, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("link", ["https://evil.example/ru/desk/inbox/?a=1", "/en/desk/inbox/?a=1", "/ru/desk/inbox/?a=1"])
def test_notify_keeps_only_the_path_of_a_link(greeting, anna, now, link):
    notify(greeting, anna, to=anna, now=now, facts={"link": link})

    assert Notice.objects.get(kind=greeting).link == "/*/desk/inbox/?a=1"


def test_cancel_takes_back_what_has_not_left(greeting, anna, john, now):
    notify(greeting, anna, to=[anna, john], now=now)

    assert cancel(greeting, anna, now=now, recipient=john) == 1
    assert states() == [("email", "pending"), ("inbox", "sent"), ("email", "cancelled"), ("inbox", "sent")]
