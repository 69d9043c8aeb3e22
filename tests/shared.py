"""A world built once for a module, where the building takes longer than the tests.

A module that shares says `pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]` and builds in a fixture `built`, of
module scope and on `module_db`. Each test begins in that world and finds its objects in `world`; what it changes is undone after
it, cached pages too. Not for tests that need real commits: a live server, threads, another process.
"""

import uuid
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import connection, transaction


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture
def db(request):
    """The database, as pytest-django gives it; in a module that shares, as the module built it."""
    if request.node.get_closest_marker("shares"):
        request.getfixturevalue("module_db")
        with undone():
            forget_cached()
            yield
            connection.check_constraints()
    else:
        request.getfixturevalue("_django_db_helper")
        yield


@contextmanager
def undone():
    atomic = transaction.atomic()
    atomic._from_testcase = True  # as Django's own TestCase marks its blocks: a `durable` block may stand inside
    with atomic:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def forget_cached() -> None:
    """From here on nothing is cached. (`cache.clear()` would empty the whole server: the queue of another worker too.)"""
    cache.key_prefix = f"{cache.key_prefix.partition('~')[0]}~{uuid.uuid4().hex}"


@pytest.fixture
def world(db, built):
    """What the module's `built` made, as it was then."""
    return deepcopy(built)


def parts(*names: str) -> list:
    """Fixtures of these names: what the shared world holds under them."""
    return [_part(name) for name in names]


def _part(name: str):
    @pytest.fixture(name=name)
    def part(world):
        return getattr(world, name)

    return part
