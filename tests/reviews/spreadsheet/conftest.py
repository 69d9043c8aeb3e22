"""Two sheets of an expert in a call that is judged, and the expert's browser."""

import pytest
from django.utils import timezone

from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted, make_sheet


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging")


@pytest.fixture
def sheets(call, expert, officer, now):
    """Two sheets of the expert, in the order of the file."""
    made = [make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now) for _ in range(2)]
    from grants.reviews.queries.order import in_own_order

    return in_own_order(made)


@pytest.fixture
def client(expert, signed_in):
    return signed_in(expert)
