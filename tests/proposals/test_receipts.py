"""Receipts stay as they were written; what they say of people can be erased."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from fund.audit.models import Entry
from fund.questions.digest import digest
from grants.proposals.actions import erase_receipt, issue_receipt
from grants.proposals.models import Receipt
from tests.factories.applications import make_draft
from tests.factories.calls import make_call

NOW = timezone.now()
SNAPSHOT = {"title": "Двор", "answers": {"change": "Станет лучше"}}


@pytest.fixture
def receipt(applicant):
    proposal = make_draft(make_call(now=NOW), applicant, now=NOW)
    return issue_receipt(of=proposal, number="ЖД-26-001", snapshot=SNAPSHOT, by=applicant, now=NOW)


def test_issue_receipt_keeps_the_hash_of_everything(receipt):
    receipt = Receipt.objects.get(pk=receipt.pk)

    assert receipt.snapshot == SNAPSHOT
    assert receipt.digest == digest(SNAPSHOT)


@pytest.mark.parametrize(
    "change",
    [lambda rows: rows.update(number="x"), lambda rows: rows.update(digest="0" * 64), lambda rows: rows._raw_delete("default")],
)
def test_a_receipt_is_never_changed(receipt, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Receipt.objects.filter(pk=receipt.pk))

    assert Receipt.objects.get(pk=receipt.pk).digest == digest(SNAPSHOT)


def test_erase_receipt_keeps_number_moment_and_hash(receipt, officer):
    erase_receipt(receipt=receipt, by=officer, now=NOW)

    receipt = Receipt.objects.get(pk=receipt.pk)
    assert (receipt.snapshot, receipt.digest, receipt.submitted_at) == ({}, digest(SNAPSHOT), NOW)
    assert Entry.objects.about(receipt).get().verb == "proposals.erase_receipt"
