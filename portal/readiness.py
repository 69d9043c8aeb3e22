"""What must work for the product to serve: the database, its tables, the letters' way out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fund.notices.queries import oldest_waiting

LETTERS_WAIT = timedelta(minutes=15)  # a letter older than this says that nobody sends


@dataclass(frozen=True)
class Check:
    name: str
    is_ready: bool
    words: str


def checks(now: datetime) -> list[Check]:
    """Each part asked; the later ones need the first."""
    found = [_ask("database", database)]
    if found[0].is_ready:
        found += [_ask("migrations", migrations), _ask("letters", lambda: letters(now))]
    return [*found, Check("cache", True, cached())]


def _ask(name: str, check: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(name, *check())
    except DatabaseError as error:
        return Check(name, False, type(error).__name__)


def database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, connection.vendor


def migrations() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not waiting, f"{len(waiting)} to run" if waiting else "all done"


def letters(now: datetime) -> tuple[bool, str]:
    age = oldest_waiting(now)
    return age < LETTERS_WAIT.total_seconds(), f"the oldest waits {age:.0f} s"


def cached() -> str:
    """A dead cache slows pages and breaks none, so it never makes the site unready."""
    cache.set("readyz", "1", 10)
    return "answers" if cache.get("readyz") else "silent"
