"""A sender killed in the middle of its work loses no letter; at worst one goes twice, as an identical copy."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from fund.accounts.models import Account
from fund.notices.actions import heal, notify, send_due
from fund.notices.models import Delivery
from portal.embedded.valkey import die_with_parent
from tests.services.fixtures import url_of_test_database

LETTERS = 60
pytestmark = pytest.mark.django_db(transaction=True)


def sender(mailbox) -> subprocess.Popen:
    """`manage.py outbox --loop` on this test's database."""
    environment = os.environ | {"DATABASE_URL": url_of_test_database(), "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}
    command = [sys.executable, "manage.py", "outbox", "--loop"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, preexec_fn=die_with_parent)


def test_killed_sender_loses_no_letter(mailbox):
    Account.objects.bulk_create(Account(email=f"k{n}@example.org") for n in range(LETTERS))
    people = list(Account.objects.filter(email__startswith="k"))
    notify("notices.digest", people[0], to=people, now=timezone.now(), facts={"items": [], "count": 0})

    for kill_at in (10, 30):
        process = sender(mailbox)
        mailbox.wait(kill_at, seconds=30)
        process.send_signal(signal.SIGKILL)
        process.wait()
    later = timezone.now() + timedelta(minutes=5)
    time.sleep(0.2)
    heal(now=later)
    send_due(clock=lambda: later + timedelta(seconds=1))

    arrived = Counter(letter["Message-ID"] for letter in mailbox.letters)
    assert len(arrived) == LETTERS
    assert sum(arrived.values()) <= LETTERS + 2  # one copy per kill at most: only the letter just being sent is in doubt
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
