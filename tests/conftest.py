"""What every test may use: the cast, the servers, the browser; and which tests run on which database."""

import gc
import os
from pathlib import Path

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from tests.services import run

pytest_plugins = ["tests.shared", "tests.cast", "tests.services.fixtures"]
HERE = Path(__file__).parent
ON_POSTGRES = ("journeys", "house", "confidentiality")
DATABASE = {"db", "transactional_db", "live_server"}

# Property tests give the same answer on a busy machine as on a quiet one, today as tomorrow.
settings.register_profile("house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def plain_thread():
    """A request leaves its language and its zone in the thread; no test begins with those of the one before it."""
    translation.deactivate()
    timezone.deactivate()


def pytest_addoption(parser):
    parser.addoption("--database", choices=["both", *run.DATABASES], default="both", help="run on one database only")
    parser.addoption("--fire", action="store_true", help="the long matrices too")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """The pytest that was typed starts the servers and runs pytest again, once for each database."""
    option = config.option
    if run.is_inside() or option.help or option.version or option.markers or option.showfixtures:
        return None
    databases = run.DATABASES if option.database == "both" else (option.database,)
    return run.run_all(list(config.invocation_params.args), databases)


def pytest_collection_finish():
    """What has been imported stays to the end; the collector need not go through it again after every few tests."""
    gc.collect()
    gc.freeze()


def pytest_report_header():
    return run.says() if run.is_inside() else None


def pytest_collection_modifyitems(config, items):
    """Journeys, the rules of the house and the search for leaks run on PostgreSQL, those marked `smoke` on SQLite too;
    of the rest, what asks a database runs on both."""
    chosen = [item for item in items if belongs_here(item) and (config.option.fire or not item.get_closest_marker("fire"))]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def belongs_here(item) -> bool:
    if os.environ[run.INSIDE] == "postgres" or item.get_closest_marker("smoke"):
        return True
    return item.path.relative_to(HERE).parts[0] not in ON_POSTGRES and asks_database(item)


def asks_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames))
