"""A meeting without a call with its council, and a side invited to it."""

import pytest
from django.utils import timezone

from tests.factories.councils import make_council
from tests.factories.floor import (
    make_floor,
    make_side,
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def council():
    return make_council(4)


@pytest.fixture
def meeting(officer, director, council, now):
    return make_floor(officer=officer, director=director, members=council, now=now)


@pytest.fixture
def side(meeting, officer, now):
    return make_side(meeting, officer=officer, now=now)
