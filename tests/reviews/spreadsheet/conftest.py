"""Two sheets of an expert in a call that is judged, built once for a module, and the expert's browser."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted, make_sheet
from tests.shared import parts


@pytest.fixture(scope="module")
def built(module_db):
    from grants.reviews.queries.order import in_own_order

    now, officer, expert = timezone.now(), play("officer"), play("expert")
    call = make_call(officer, now=now, state="judging")
    made = [make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now) for _ in range(2)]
    return SimpleNamespace(now=now, officer=officer, expert=expert, call=call, sheets=in_own_order(made))


now, officer, expert, call, sheets = parts("now", "officer", "expert", "call", "sheets")  # the sheets in the order of the file


@pytest.fixture
def client(expert, signed_in):
    return signed_in(expert)
