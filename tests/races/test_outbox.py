"""Many senders, many beats, many notifiers at once: each letter is taken by one, each reminder and notice made once."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fund.accounts.models import Account
from fund.notices import registry
from fund.notices.actions import declare, notify
from fund.notices.actions.outbox import LEASE, lease
from fund.notices.models import Delivery, Notice
from fund.notices.registry import Due

LETTERS, SENDERS, BATCH = 120, 6, 5
# The letters are due later today: a real worker that an earlier test left running sees nothing to send and takes none.
AHEAD = timedelta(hours=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    Account.objects.bulk_create(Account(email=f"p{n}@example.org") for n in range(LETTERS))
    return list(Account.objects.filter(email__startswith="p"))


@pytest.fixture
def letters(people):
    facts = {"items": [], "count": 0}
    notify("notices.digest", people[0], to=people, now=timezone.now() + AHEAD, facts=facts)


def at_once(act, times: int) -> list:
    """Runs the act in so many threads that all begin together; what each returned."""
    barrier = threading.Barrier(times)

    def run(number: int):
        try:
            barrier.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def taken_by_all(take) -> Counter:
    """How often each letter was taken when every sender takes batches until nothing is left."""

    def run(number: int) -> list[int]:
        mine = []
        while batch := take(f"sender {number}", now=timezone.now() + 2 * AHEAD, most=BATCH):
            mine += [delivery.pk for delivery in batch]
        return mine

    return Counter(pk for taken in at_once(run, SENDERS) for pk in taken)


def lease_without_a_lock(owner: str, *, now, most: int) -> list[Delivery]:
    """The control: reads, then writes, with nothing that keeps the others out in between."""
    batch = list(Delivery.objects.due(now)[:most])
    time.sleep(0.005)
    mine = Delivery.objects.filter(pk__in=[delivery.pk for delivery in batch])
    mine.update(state="leased", owner=owner, until=now + LEASE)
    return batch


def test_lease_gives_each_letter_to_one_sender(letters):
    taken = taken_by_all(lease)

    assert (len(taken), max(taken.values())) == (LETTERS, 1)


def test_lease_without_the_lock_gives_letters_to_several(letters):
    taken = taken_by_all(lease_without_a_lock)

    assert max(taken.values()) > 1


def test_notify_of_one_act_from_many_sides_tells_once(people):
    now = timezone.now()

    at_once(lambda number: notify("notices.digest", people[0], to=people[:20], now=now, facts={"number": number}), SENDERS)

    assert Notice.objects.count() == 20
    assert Delivery.objects.count() == 20


def test_declare_by_several_beats_reminds_once(people):
    now = timezone.now()
    dues = [Due(person, person, now + timedelta(hours=5)) for person in people]
    registry.deadline("notices.rush", remind=(timedelta(hours=6),), label="Rush")(lambda now, horizon: dues)
    try:
        at_once(lambda number: declare(now=now), 4)
    finally:
        del registry.DEADLINES["notices.rush"], registry.KINDS["notices.rush"]

    assert Notice.objects.count() == LETTERS
    assert Delivery.objects.count() == 2 * LETTERS
