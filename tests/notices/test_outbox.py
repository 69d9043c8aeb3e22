"""The state machine of the outbox against a real SMTP server: nothing lost, nothing doubled, nobody blocked."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.utils import timezone

from fund.notices import queries
from fund.notices.actions import heal, notify, resend, send_due
from fund.notices.actions.outbox import MOST_REFUSALS, lease, move
from fund.notices.models import STATES, Delivery, Notice, Preference
from fund.notices.workflow import WORKFLOW

FACTS = {"name": "Анна", "amount": "1", "closes": "x"}


@pytest.fixture
def letter(greeting, anna, now):
    """One letter that waits."""
    notify(greeting, anna, to=anna, now=now, facts=FACTS)
    return Delivery.objects.get(notice__kind=greeting, channel="email")


def state(letter):
    letter.refresh_from_db()
    return letter.state


def at(moment):
    return lambda: moment


def test_table_of_moves_names_every_state():
    assert tuple(WORKFLOW.states) == STATES


def test_send_delivers_once(post_office, letter):
    assert [send_due(), send_due()] == [1, 0]

    assert state(letter) == "sent"
    assert len(post_office.arrived) == 1


def test_send_reuses_one_connection(post_office, greeting, anna, john, now):
    notify(greeting, anna, to=[anna, john], now=now, facts=FACTS)

    assert send_due() == 2
    assert len(post_office.arrived) == 2


def test_send_refused_for_good_is_a_dead_letter(post_office, letter):
    post_office.recipient_says = ["550 no such user anna@example.org"]

    send_due()

    assert state(letter) == "failed"
    assert letter.error == "550 no such user"
    assert send_due(clock=at(timezone.now() + timedelta(days=9))) == 0


def test_send_refused_for_now_is_tried_again(post_office, letter, now):
    post_office.says = ["451 later", "451 later"]

    send_due()
    first = (state(letter), letter.next_at)
    send_due(clock=at(first[1]))
    second = (state(letter), letter.next_at)
    sent = send_due(clock=at(second[1]))

    assert (first[0], second[0], sent) == ("retry", "retry", 1)
    assert second[1] - first[1] == timedelta(minutes=1)


def test_send_refused_for_now_too_often_gives_up(post_office, letter):
    Delivery.objects.filter(pk=letter.pk).update(refusals=MOST_REFUSALS - 1)
    post_office.says = ["451 later"]

    send_due()

    assert state(letter) == "failed"


def test_send_broken_off_is_uncertain_then_copied_identically_thrice_at_most(post_office, letter):
    post_office.says = ["break"] * 5

    for day in range(6):
        send_due(clock=at(timezone.now() + timedelta(days=day)))

    assert state(letter) == "failed"
    assert len(post_office.arrived) == 3
    assert len(set(post_office.arrived)) == 1
    assert message_from_bytes(post_office.arrived[0])["Message-ID"] == letter.message_id


def test_send_with_no_server_blames_no_letter(away, letter, now):
    for minute in range(30):
        send_due(clock=at(now + timedelta(minutes=minute)))

    assert state(letter) == "retry"
    assert (letter.refusals, letter.copies) == (0, 0)


def test_send_goes_on_past_a_letter_that_cannot_be_written(post_office, greeting, anna, john, now):
    poison = notify(greeting, anna, to=anna, now=now, facts={"name": {"$at": "no instant"}})[0]
    notify(greeting, anna, to=john, now=now + timedelta(seconds=1), facts=FACTS)

    sent = send_due(clock=at(now + timedelta(seconds=2)))

    assert sent == 1
    assert poison.deliveries.get(channel="email").state == "retry"


def test_send_goes_on_past_a_kind_that_no_room_has_any_more(post_office, letter, anna, greeting, now):
    Notice.objects.filter(pk=letter.notice_id).update(kind="notices.forgotten")
    notify(greeting, anna, to=anna, now=now + timedelta(seconds=1), facts=FACTS)

    assert send_due(clock=at(now + timedelta(seconds=2))) == 1
    assert state(letter) == "retry"


def test_send_after_the_deadline_drops_the_reminder(post_office, letter, now):
    Delivery.objects.filter(pk=letter.pk).update(expires_at=now)

    assert send_due() == 0
    assert state(letter) == "expired"
    assert post_office.arrived == []


def test_send_after_unsubscribing_is_suppressed(post_office, letter, anna):
    Preference.objects.create(account=anna, kind="notices.greeting", mode="off")

    assert send_due() == 0
    assert state(letter) == "suppressed"


def test_send_to_a_closed_account_is_suppressed(post_office, letter, anna):
    anna.is_active = False
    anna.save()

    assert send_due() == 0
    assert state(letter) == "suppressed"


def test_lease_gives_a_letter_to_one(letter, now):
    assert len(lease("one", now=timezone.now())) == 1
    assert lease("two", now=timezone.now()) == []


def test_moves_of_a_sender_whose_lease_passed_on_are_void(letter, now):
    stale = lease("one", now=timezone.now())[0]
    heal(now=timezone.now() + timedelta(minutes=5))
    fresh = lease("two", now=timezone.now() + timedelta(minutes=6))[0]

    assert move("begin", stale, until=timezone.now()) is False
    assert move("begin", fresh, until=timezone.now()) is True
    assert move("confirm", stale, sent_at=timezone.now()) is False
    assert state(letter) == "sending"


def test_heal_gives_back_a_lease_that_ran_out(post_office, letter):
    lease("dead", now=timezone.now())

    heal(now=timezone.now() + timedelta(minutes=5))

    assert state(letter) == "retry"
    assert send_due(clock=at(timezone.now() + timedelta(minutes=6))) == 1


def test_heal_calls_a_broken_sending_uncertain_and_after_three_copies_failed(letter):
    dead = lease("dead", now=timezone.now())[0]
    move("begin", dead, until=timezone.now(), copies=1)

    heal(now=timezone.now() + timedelta(minutes=5))
    uncertain = state(letter)
    again = lease("dead", now=timezone.now() + timedelta(minutes=6))[0]
    move("begin", again, until=timezone.now(), copies=3)
    heal(now=timezone.now() + timedelta(minutes=9))

    assert (uncertain, state(letter)) == ("uncertain", "failed")


def test_resend_puts_a_dead_letter_back(post_office, letter, admin, now):
    post_office.recipient_says = ["550 no"]
    send_due()

    resend(letter, by=admin, now=timezone.now())

    assert send_due() >= 1
    assert state(letter) == "sent"


def test_status_counts_and_times(post_office, letter):
    send_due()

    status = queries.status(timezone.now())

    assert status["states"]["sent"] == 1
    assert status["oldest_pending_seconds"] == 0
    assert 0 <= status["commit_to_sent_p50_seconds"] <= status["commit_to_sent_max_seconds"]


def test_status_tells_the_age_of_what_waits(letter):
    assert queries.oldest_waiting(timezone.now() + timedelta(minutes=5)) >= 300
