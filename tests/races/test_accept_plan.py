"""Two officers accept one plan at once: one set of invitations, one letter to each expert; without the lock there are more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.reviews.actions import accept_plan
from grants.reviews.models import Plan, Sheet
from tests.concurrency import at_once, without_locks
from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted, make_expert, make_plan

OFFICERS, APPLICATIONS, EXPERTS = 4, 6, 4

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(officer):
    now = timezone.now()
    call = make_call(officer, now=now, state="judging")
    for _ in range(APPLICATIONS):
        make_admitted(call, now=now)
    for _ in range(EXPERTS):
        make_expert()
    return make_plan(call, officer=officer, now=now)


def accept_at_once(plan, officer, prepare=None) -> dict:
    now = timezone.now()

    def act(_number: int):
        own = Plan.objects.select_related("call", "asked_by").get(pk=plan.pk)
        return accept_plan(plan=own, due_at=now + timedelta(days=9), by=officer, now=now)

    answers = at_once(act, OFFICERS, prepare=prepare)
    counted = {
        "accepted": sum(isinstance(one, int) for one in answers),
        "refused": sum(isinstance(one, Refused) for one in answers),
        "errors": sum(isinstance(one, Exception) and not isinstance(one, Refused) for one in answers),
        "sheets": Sheet.objects.count(),
        "letters": Notice.objects.filter(kind="reviews.invited").count(),
    }
    print(connection.vendor, counted)
    return counted


def test_a_plan_is_accepted_once(plan, officer):
    assert accept_at_once(plan, officer) == {
        "accepted": 1,
        "refused": OFFICERS - 1,
        "errors": 0,
        "sheets": APPLICATIONS * 2,
        "letters": EXPERTS,
    }


def test_without_the_lock_somebody_runs_into_the_database(plan, officer):
    """The control: the others are not told that it is done, they collide with what the first wrote."""
    assert accept_at_once(plan, officer, without_locks(OFFICERS))["errors"] > 0
