"""Dossiers: the paper of what was sent, written by a job once it was sent, and drawn by another."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from fund.documents.actions import issue_paper
from fund.documents.models import Paper
from fund.workflow.engine import lock
from grants.proposals.models import ReceiptContents

from ..models import Application, Dossier
from ..papers import DOSSIER, dossier_texts

log = logging.getLogger(__name__)
# Dossiers written in one turn: the next turn goes on, and other work comes between.
AT_ONCE = 10


def issue_dossiers(*, waiting: Iterable[Application], now: datetime, kind: str = DOSSIER, for_experts: bool = False) -> int:
    """Issues the dossiers of those who wait, the first ten; one that cannot be written is logged and stands in nobody's way."""
    issued = 0
    for application in waiting:
        if issued == AT_ONCE:
            break
        try:
            issued += issue_dossier(application=application, now=now, kind=kind, for_experts=for_experts) is not None
        except Exception:  # whatever a text may do to its writer: it is told each minute, the others go on
            log.exception("the dossier of application %s could not be written", application.pk)
    return issued


def issue_dossier(*, application: Application, now: datetime, kind: str = DOSSIER, for_experts: bool = False) -> Paper | None:
    """Issues the dossier of what counts now; None if it has one, nothing was sent or it was erased. The kind for experts is the
    room of reviews'.

    Read before the lock, for a receipt never changes; the lock sees to it that two jobs do not issue twice, and that nothing is
    issued of what is erased meanwhile.
    """
    if (receipt := application.receipt) is None:
        return None
    texts = dossier_texts(application, receipt, for_experts=for_experts)
    with transaction.atomic():
        lock(application)
        if Dossier.objects.filter(receipt=receipt, is_for_experts=for_experts).exists():
            return None
        if not ReceiptContents.objects.filter(receipt=receipt).exists():
            return None
        paper = issue_paper(kind, about=application, texts=texts, by=None, now=now)
        Dossier.objects.create(receipt=receipt, paper=paper, is_for_experts=for_experts)
    return paper
