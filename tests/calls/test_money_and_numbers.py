"""The envelope is never promised twice; numbers follow one another."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fund.core.errors import Refused
from grants.calls.actions import free_money, promise_money, take_number
from grants.calls.models import Call
from tests.factories.calls import make_call

NOW = timezone.now()


def test_promise_money_counts_against_the_envelope(director):
    call = make_call(now=NOW)

    promise_money(call, Decimal(400_000), by=director, now=NOW)

    assert (call.promised, call.left) == (Decimal(400_000), Decimal(600_000))


def test_promise_money_beyond_the_envelope_is_refused(director):
    call = make_call(now=NOW)
    promise_money(call, Decimal(700_000), by=director, now=NOW)

    with pytest.raises(Refused) as refusal:
        promise_money(call, Decimal("300000.01"), by=director, now=NOW)

    assert refusal.value.field == "amount"
    assert Call.objects.get().promised == Decimal(700_000)


def test_free_money_gives_back_what_was_promised_and_no_more(director):
    call = make_call(now=NOW)
    promise_money(call, Decimal(100_000), by=director, now=NOW)

    free_money(call, Decimal(100_000), by=director, now=NOW)
    with pytest.raises(Refused):
        free_money(call, Decimal(1), by=director, now=NOW)

    assert call.left == Decimal(1_000_000)


def test_the_database_refuses_a_promise_beyond_the_envelope(officer):
    call = make_call(now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(promised=Decimal("1000000.01"))


def test_take_number_counts_on(officer):
    call = make_call(now=NOW, prefix="ЖД")

    assert [take_number(call) for _ in range(3)] == [f"{call.code}-001", f"{call.code}-002", f"{call.code}-003"]
