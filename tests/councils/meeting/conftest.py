"""A council called on five judged applications: its world is built once for each module."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.councils import make_council, make_meeting, make_open
from tests.factories.reviews import make_judged
from tests.shared import parts

SCORES = [("5", "5"), ("4", "4"), ("3", "3"), ("1", "1"), ("1", "1")]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(scope="module")
def built(module_db):
    """100,000 each: two fit, the third is in the reserve, two are below the threshold."""
    officer, director, council, now = play("officer"), play("director"), make_council(4), timezone.now()
    call = make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)
    judged = make_judged(call, officer=officer, now=now, scores=SCORES)
    return SimpleNamespace(**locals())


officer, director, council, now, call, judged = parts("officer", "director", "council", "now", "call", "judged")


@pytest.fixture
def meeting(call, judged, officer, director, council, now):
    return make_meeting(call, officer=officer, director=director, members=council, now=now)


@pytest.fixture
def sitting(meeting, officer, now):
    """Under way; all five came."""
    return make_open(meeting, officer=officer, now=now)
