"""Sixty guesses at one password at once: as many are judged as one place may make, on either database."""

import time
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from fund.core.errors import Refused
from fund.people.actions import attempts
from fund.people.models import Attempt
from tests.concurrency import at_once

TIMES = 60
FREE = attempts.LIMITS["password"]["pair"].free

pytestmark = pytest.mark.django_db(transaction=True)


def guess(number: int):
    return attempts.count_attempt("password", who="anna@example.org", where="10.0.0.1", now=timezone.now())


def tally(answers) -> dict:
    counted = {
        "judged": sum(isinstance(one, attempts.Counted) for one in answers),
        "refused": sum(isinstance(one, Refused) for one in answers),
        "errors": sum(isinstance(one, Exception) and not isinstance(one, Refused) for one in answers),
    }
    print(connection.vendor, counted)
    return counted


def test_guess_at_once_is_judged_as_often_as_one_place_may():
    assert tally(at_once(guess, TIMES)) == {"judged": FREE, "refused": TIMES - FREE, "errors": 0}


def read_without_a_lock(keys) -> list[Attempt]:
    rows = list(Attempt.objects.filter(key__in=keys).order_by("key"))
    time.sleep(0.005)
    return rows


def test_guess_without_the_lock_is_judged_more_often(monkeypatch):
    """The control: each reads, then writes, with nothing that keeps the others out in between."""
    monkeypatch.setattr(attempts, "locked", read_without_a_lock)
    monkeypatch.setattr(attempts, "transaction", SimpleNamespace(atomic=nullcontext))

    assert tally(at_once(guess, TIMES))["judged"] > FREE
