"""What was sent counts: number, sums and receipt of an application belong together."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import F

from fund.core.invariants import invariant
from grants.calls.models import Call
from grants.proposals.models import ReceiptContents

from .models import SENT, Application, Dossier


@invariant("applications.Application", "counts with the sum of its receipt")
def other_sum() -> Iterable[Any]:
    snapshots = dict(ReceiptContents.objects.values_list("receipt", "snapshot__amount"))
    sent = Application.objects.filter(state__in=SENT, receipt__in=list(snapshots)).only("pk", "receipt_id", "amount")
    return [one for one in sent if Decimal(snapshots[one.receipt_id] or 0) != one.amount]


@invariant("applications.Application", "has a receipt of its own, under its own number")
def other_receipt() -> Iterable[Any]:
    sent = Application.objects.exclude(receipt=None).select_related("receipt")
    return [one for one in sent.iterator() if (one.receipt.of_id, one.receipt.number) != (one.pk, one.number)]


@invariant("applications.Application", "follows a version of its own call")
def other_call() -> Iterable[Any]:
    return Application.objects.exclude(version__call=F("call"))


@invariant("applications.Dossier", "says nothing any more once its receipt was erased")
def told_after_erasure() -> Iterable[Any]:
    return Dossier.objects.filter(receipt__contents=None, paper__contents__isnull=False)


@invariant("calls.Call", "gives each number once, in order")
def numbers() -> Iterable[Any]:
    given: dict[int, int] = {}
    for call in Application.objects.exclude(number="").values_list("call", flat=True).iterator():
        given[call] = given.get(call, 0) + 1
    return [call for call in Call.objects.all() if call.next_number != given.get(call.pk, 0) + 1]
