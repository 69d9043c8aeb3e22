"""Two hundred drafts sent at once around a deadline: who arrived in time is taken whenever the lock comes, the others keep their drafts."""

from collections import Counter
from copy import copy
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from fund.core.errors import Refused
from fund.core.forms import new_token
from fund.core.uids import new_uid
from fund.questions.models import Answers, Saving
from grants.applications.actions import submit_application
from grants.applications.models import Application
from grants.applications.views.applicant import ApplicationSubmit
from grants.calls.models import Call
from grants.proposals.models import CostLine, Receipt
from tests.concurrency import account, anew, at_once, without_locks
from tests.factories.applications import make_ready
from tests.factories.calls import make_call

TIMES, FEW = 200, 16
# Our server has so many threads; the other requests wait for one, which costs nobody the deadline.
THREADS = 8
PAGE = ApplicationSubmit.as_view()
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db(transaction=True)


def make_drafts(officer, times: int) -> list[Application]:
    """One complete draft, and copies of it: each its own row with its own answers and costs."""
    now = timezone.now()
    first = make_ready(make_call(officer, now=now), now=now)
    drafts = Application.objects.bulk_create(copied(first, pk=None, uid=new_uid()) for _ in range(times - 1))
    own = Answers.objects.about(first).get()
    answers = Answers.objects.bulk_create(copied(own, pk=None, of_id=draft.pk) for draft in drafts)
    savings, lines = list(own.savings.all()), list(CostLine.objects.about(first))
    Saving.objects.bulk_create(copied(row, pk=None, answers=one) for one in answers for row in savings)
    CostLine.objects.bulk_create(copied(row, pk=None, of_id=draft.pk) for draft in drafts for row in lines)
    return [first, *drafts]


def copied(row, **changed):
    row = copy(row)
    for name, value in changed.items():
        setattr(row, name, value)
    return row


def send_all(drafts: list[Application], send, prepare=None) -> dict:
    """Each by a request of its own, all of them there before the first is served: three of four arrive in the last second,
    the others in the second after."""
    deadline, in_time = timezone.now(), len(drafts) * 3 // 4
    Call.objects.update(deadline=deadline, closes_at=deadline)

    def act(number: int) -> int:
        late = number - in_time + 1
        after = late * SECOND / (in_time if late <= 0 else len(drafts) - in_time)
        return send(drafts[number], deadline + after)

    return tally(drafts, at_once(act, len(drafts), prepare=prepare, threads=THREADS))


def by_the_page(draft: Application, arrived: datetime) -> int:
    request = RequestFactory().post(reverse("applications:submit", args=[draft.uid]), {"once": new_token()})
    request.user, request.now, request.session = account(draft.owner), arrived, {}
    response = PAGE(request, uid=draft.uid)
    return (response.render() if hasattr(response, "render") else response).status_code


def by_the_verb(draft: Application, arrived: datetime) -> int:
    """Without the form's token, whose row is written first: on SQLite it takes the lock for whoever has begun by reading."""
    try:
        submit_application(application=anew(draft), by=account(draft.owner), now=arrived)
    except Refused as refusal:
        return refusal.status
    return 302


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


def exact(times: int) -> dict:
    in_time = times * 3 // 4
    return {
        "accepted": in_time,
        "refused with the reason": times - in_time,
        "5xx": 0,
        "drafts intact": times - in_time,
        "numbers": in_time,
        "highest number": f"{in_time:03d}",
        "receipts": in_time,
    }


def test_submit_at_the_deadline_takes_exactly_who_arrived_in_time(officer):
    assert send_all(make_drafts(officer, TIMES), by_the_page) == exact(TIMES)


def test_submit_without_the_lock_does_not(officer):
    """The control, with as many as the server has threads and a few more: one number is wanted by several."""
    assert send_all(make_drafts(officer, FEW), by_the_verb, without_locks(THREADS)) != exact(FEW)
