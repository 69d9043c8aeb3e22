"""Reminders: at the nearest distance that has come, none twice, none after the hour; they move with their deadline."""

from datetime import timedelta

import pytest

from fund.notices import registry
from fund.notices.actions import declare
from fund.notices.actions.declare import nearest
from fund.notices.models import Delivery, Notice
from fund.notices.registry import Due

DAY = timedelta(days=1)


@pytest.fixture
def duties(greeting):
    """What the deadline function yields: tests put Dues into it."""
    del registry.KINDS["notices.greeting"]
    found = []
    registry.deadline("notices.greeting", remind=(7 * DAY, 3 * DAY, DAY), label="Greeting")(lambda now, horizon: found)
    yield found
    del registry.DEADLINES["notices.greeting"]


def reminders():
    return [notice.ahead for notice in Notice.objects.filter(kind="notices.greeting").order_by("pk")]


def letters():
    return list(
        Delivery.objects.filter(notice__kind="notices.greeting", channel="email").order_by("pk").values_list("state", flat=True)
    )


def test_declare_reminds_at_each_distance_once(duties, anna, now):
    duties.append(Due(anna, anna, now + 8 * DAY))

    made = [declare(now=now + day * DAY / 2) for day in range(20)]

    assert sum(made) == 3
    assert reminders() == [7 * DAY, 3 * DAY, DAY]


def test_declare_after_downtime_sends_only_the_nearest(duties, anna, now):
    duties.append(Due(anna, anna, now + DAY / 2))

    declare(now=now)

    assert reminders() == [DAY]


def test_declare_after_the_hour_sends_nothing(duties, anna, now):
    duties.append(Due(anna, anna, now))

    assert declare(now=now) == 0


def test_declare_does_not_remind_of_before_the_duty_began(duties, anna, now):
    duties.append(Due(anna, anna, now + 2 * DAY, since=now - timedelta(hours=1)))

    assert [declare(now=now), declare(now=now + DAY)] == [0, 1]


def test_declare_takes_back_the_unsent_when_the_deadline_moves(duties, anna, now):
    duties.append(Due(anna, anna, now + 3 * DAY))
    declare(now=now)
    duties[:] = [Due(anna, anna, now + 10 * DAY)]

    declare(now=now)
    declare(now=now + 3 * DAY)

    assert letters() == ["cancelled", "pending"]
    assert reminders() == [3 * DAY, 7 * DAY]


def test_declare_takes_back_what_was_done_meanwhile(duties, anna, now):
    duties.append(Due(anna, anna, now + 3 * DAY))
    declare(now=now)
    duties.clear()

    declare(now=now)

    assert letters() == ["cancelled"]


def test_declare_lets_a_reminder_expire_with_its_deadline(duties, anna, now):
    duties.append(Due(anna, anna, now + DAY))

    declare(now=now)

    assert Delivery.objects.get(notice__kind="notices.greeting", channel="email").expires_at == now + DAY


@pytest.mark.parametrize(("left", "expected"), [(8, None), (7, 7), (4, 7), (3, 3), (0.1, 1)])
def test_nearest_distance(anna, now, left, expected):
    due = Due(anna, anna, now + left * DAY)

    assert nearest(due, (DAY, 3 * DAY, 7 * DAY), now) == (expected and expected * DAY)
