"""Sixty decisions at once against one envelope: exactly as many are granted as it holds, on either database."""

from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from fund.core.errors import Refused
from grants.applications.models import Application
from grants.councils.actions import decide
from grants.councils.models import Decision
from grants.reviews.queries import ranking_of
from tests.concurrency import at_once, without_locks
from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted

TIMES, SUM, HELD = 60, 70_000, 1_000_000
FITS = HELD // SUM
WHY = "Совет видит в проекте пользу для города."

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call(officer):
    return make_call(officer, state="judging", envelope=HELD, most=SUM)


@pytest.fixture
def judged(call, director):
    now = timezone.now()
    made = [make_admitted(call, now=now, amount=SUM, owner=call.curator) for _ in range(TIMES)]
    Application.objects.update(state="under_review")
    ranking_of(call, now=now)
    return made


def fund_all(judged, director, prepare=None) -> list:
    """Each application by a thread of its own, each with the objects it read itself."""

    def act(number: int):
        application = Application.objects.select_related("call").get(pk=judged[number].pk)
        return decide(application=application, outcome="fund", why=WHY, by=director, now=timezone.now())

    return at_once(act, TIMES, prepare=prepare)


def tally(call, answers) -> dict:
    call.refresh_from_db()
    counted = {
        "granted": sum(isinstance(one, Decision) for one in answers),
        "refused for the envelope": sum(isinstance(one, Refused) and one.code == "envelope" for one in answers),
        "errors": sum(isinstance(one, Exception) and not isinstance(one, Refused) for one in answers),
        "promised": call.promised,
    }
    print(connection.vendor, counted)
    return counted


EXACT = {"granted": FITS, "refused for the envelope": TIMES - FITS, "errors": 0, "promised": Decimal(FITS * SUM)}


def test_decide_grants_exactly_what_the_envelope_holds(call, judged, director):
    assert tally(call, fund_all(judged, director)) == EXACT


def test_decide_without_the_lock_does_not(call, judged, director):
    assert tally(call, fund_all(judged, director, without_locks(TIMES))) != EXACT
