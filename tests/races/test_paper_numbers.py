"""Papers issued at once, half of them given up again: the numbers that stay have no gap and no double."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from fund.core.errors import Refused
from fund.documents.actions import issue_paper, papers
from fund.documents.models import Paper, Series
from tests.concurrency import at_once
from tests.factories.papers import SAMPLE, sample_texts

TIMES = 24

pytestmark = pytest.mark.django_db(transaction=True)


def issue_all(officer) -> dict:
    """Every second one changes its mind after taking a number."""
    texts = sample_texts()

    def act(number: int):
        account = get_user_model().objects.get(pk=officer.pk)
        with transaction.atomic():
            issue_paper(SAMPLE, about=account, texts=texts, by=account, now=timezone.now())
            if number % 2:
                raise Refused("given up")

    answers = at_once(act, TIMES)
    counted = {
        "numbers": sorted(Paper.objects.values_list("sequence", flat=True)),
        "errors": sum(isinstance(one, Exception) and not isinstance(one, Refused) for one in answers),
    }
    print(connection.vendor, counted)
    return counted


EXACT = {"numbers": list(range(1, TIMES // 2 + 1)), "errors": 0}


def test_numbers_have_no_gap(officer):
    assert issue_all(officer) == EXACT


def counted_outside_the_transaction(kind: str, year: int) -> int:
    """As a sequence of the database gives numbers: at once, and never back."""
    from threading import Lock

    with counted_outside_the_transaction.__dict__.setdefault("lock", Lock()):
        counted_outside_the_transaction.last = getattr(counted_outside_the_transaction, "last", 0) + 1
        return counted_outside_the_transaction.last


def test_numbers_taken_outside_the_transaction_have_gaps(officer, monkeypatch):
    """The control: who gives up takes the number along."""
    monkeypatch.setattr(papers, "_next", counted_outside_the_transaction)

    assert issue_all(officer) != EXACT
    assert not Series.objects.exists()
