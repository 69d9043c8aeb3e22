"""Receipts: what was submitted, its hash, and the erasure of what it says of people."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fund.audit.actions import record
from fund.questions.digest import digest

from ..models import Proposal, Receipt, ReceiptContents


@transaction.atomic
def issue_receipt(*, of: Proposal, number: str, snapshot: dict, by: Any, now: datetime) -> Receipt:
    """Writes the receipt of this snapshot: its hash is that of the canonical JSON, so anyone who holds both can check it.

    The move that submits is recorded by the room above.
    """
    receipt = Receipt.objects.create(**Receipt.key(of), number=number, submitted_at=now, submitted_by=by, digest=digest(snapshot))
    ReceiptContents.objects.create(receipt=receipt, snapshot=snapshot)
    return receipt


@transaction.atomic
def erase_receipt(*, receipt: Receipt, by: Any, now: datetime) -> None:
    """Erases what was submitted, keeps that it was: number, moment and hash stay."""
    ReceiptContents.objects.filter(receipt=receipt).delete()
    record("proposals.erase_receipt", receipt, by=by, now=now, facts={"digest": receipt.digest})
