"""Erasing what an application says of people, in every paper made of it; that it was sent stays."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fund.documents.actions import erase_paper
from fund.documents.models import Paper
from fund.workflow.engine import lock
from grants.proposals.actions import erase_receipt
from grants.proposals.models import Receipt

from ..models import Application, Dossier


@transaction.atomic
def erase_application(*, application: Application, by: Any, now: datetime) -> None:
    """Erases what was sent, in each of its sendings: the contents of the receipts, the words and PDFs of their dossiers.

    In order: lock the application, so that no job writes a dossier meanwhile; the receipts; the dossiers for the fund and for
    experts. Numbers, moments and hashes stay. Who may ask for it is the question of the room that erases a person.
    """
    lock(application)
    for receipt in Receipt.objects.about(application).exclude(contents=None):
        erase_receipt(receipt=receipt, by=by, now=now)
    issued = Dossier.objects.filter(receipt__in=Receipt.objects.about(application))
    for paper in Paper.objects.filter(pk__in=issued.values("paper")).exclude(contents=None):
        erase_paper(paper, by=by, now=now)
