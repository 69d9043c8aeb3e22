"""Two hundred drafts sent at once around a deadline: who arrived in time is taken whenever the lock comes, the others keep their drafts."""

from collections import Counter
from contextlib import nullcontext
from datetime import timedelta
from threading import BoundedSemaphore
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from fund.accounts.models import Account
from fund.core.forms import new_token
from fund.core.uids import new_uid
from fund.questions.models import Answers, Saving
from grants.applications.actions import sending
from grants.applications.models import Application
from grants.applications.views.applicant import ApplicationSubmit
from grants.calls.models import Call
from grants.proposals.models import CostLine, Receipt
from tests.concurrency import at_once
from tests.factories.applications import make_ready
from tests.factories.calls import make_call

TIMES, IN_TIME = 200, 150
# Our server has so many threads; the other requests wait for one, which costs nobody the deadline.
THREADS = BoundedSemaphore(8)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drafts(officer) -> list[Application]:
    """One complete draft, and copies of it: each its own row with its own answers and costs."""
    now = timezone.now()
    call = make_call(officer, now=now)
    first = make_ready(call, now=now)
    return [first, *(copy_of(first) for _ in range(TIMES - 1))]


def copy_of(first: Application) -> Application:
    copy = Application.objects.get(pk=first.pk)
    copy.pk, copy.uid = None, new_uid()
    copy.save()
    answers = Answers.objects.about(first).get()
    savings = list(answers.savings.all())
    answers.pk, answers.of_id = None, copy.pk
    answers.save()
    for row in savings:
        row.pk, row.answers = None, answers
    Saving.objects.bulk_create(savings)
    lines = list(CostLine.objects.about(first))
    for row in lines:
        row.pk, row.of_id = None, copy.pk
    CostLine.objects.bulk_create(lines)
    return copy


def send_all(drafts: list[Application]) -> dict:
    """Each by a request of its own: 150 arrive in the last second, 50 in the second after; all are served later."""
    deadline = timezone.now()
    Call.objects.update(deadline=deadline, closes_at=deadline)
    page, owner = ApplicationSubmit.as_view(), drafts[0].owner

    def send(number: int) -> int:
        before = (
            (IN_TIME - 1 - number) * SECOND / IN_TIME
            if number < IN_TIME
            else -SECOND * (number - IN_TIME + 1) / (TIMES - IN_TIME)
        )
        request = RequestFactory().post(reverse("applications:submit", args=[drafts[number].uid]), {"once": new_token()})
        request.user, request.now, request.session = Account.objects.get(pk=owner.pk), deadline - before, {}
        with THREADS:
            response = page(request, uid=drafts[number].uid)
            return (response.render() if hasattr(response, "render") else response).status_code

    return tally(drafts, at_once(send, TIMES))


def tally(drafts: list[Application], answers: list) -> dict:
    counted = Counter("error" if isinstance(one, Exception) else f"{one // 100}xx" for one in answers)
    rows = Application.objects.filter(pk__in=[draft.pk for draft in drafts])
    numbers = list(rows.exclude(number="").values_list("number", flat=True))
    told = {
        "accepted": rows.filter(state="submitted").count(),
        "refused with the reason": answers.count(422),
        "5xx": counted["5xx"] + counted["error"],
        "drafts intact": sum(Answers.objects.about(row).get().values["months"] == "3" for row in rows.filter(state="draft")),
        "numbers": len(set(numbers)),
        "highest number": max(numbers, default="").rpartition("-")[2],
        "receipts": Receipt.objects.count(),
    }
    print(connection.vendor, told)
    return told


EXACT = {
    "accepted": IN_TIME,
    "refused with the reason": TIMES - IN_TIME,
    "5xx": 0,
    "drafts intact": TIMES - IN_TIME,
    "numbers": IN_TIME,
    "highest number": str(IN_TIME),
    "receipts": IN_TIME,
}


def test_submit_at_the_deadline_takes_exactly_who_arrived_in_time(drafts):
    told = send_all(drafts)

    assert told == EXACT


def read_with_call(application: Application) -> Call:
    application.refresh_from_db()
    return application.call


def take_number_unlocked(call: Call) -> str:
    call.refresh_from_db()
    number = call.number_for(call.next_number)
    call.next_number += 1
    call.save(update_fields=["next_number"])
    return number


def test_submit_without_the_lock_does_not(drafts, monkeypatch):
    """The control: PostgreSQL loses the call's lock, SQLite the one transaction that is its lock."""
    monkeypatch.setattr(sending, "lock_with_call", read_with_call)
    monkeypatch.setattr(sending, "take_number", take_number_unlocked)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(sending, "transaction", SimpleNamespace(atomic=nullcontext))

    told = send_all(drafts)

    assert told != EXACT
