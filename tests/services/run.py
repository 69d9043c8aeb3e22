"""How a run of pytest becomes one run per database, each with its private servers; tests/conftest.py hands over here."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pytest
import redis

from portal.embedded.valkey import Valkey, die_with_parent, free_port

from .browser import program

DATABASES = ("postgres", "sqlite")
WORKERS = 16  # as many ports are set aside: one live server for each worker of xdist
INSIDE = "FUND_TESTS_ON"


def is_inside() -> bool:
    """True in the pytest that runs the tests, false in the one that was typed and starts the servers."""
    return INSIDE in os.environ


def run_all(arguments: list[str], databases: tuple[str, ...]) -> int:
    """Runs the same tests on each database; the exit code of the worst. "No test here" counts only if it is all there was."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what follows `finally` happens then too
    servers = Servers()
    try:
        codes = [servers.run(database, arguments) for database in databases]
    finally:
        servers.stop()
    told = [code for code in codes if code != pytest.ExitCode.NO_TESTS_COLLECTED]
    return max(told, default=pytest.ExitCode.NO_TESTS_COLLECTED)


class Servers:
    """Started when first needed, stopped at the end; those that TEST_DATABASE_URL and TEST_REDIS_URL name are only used."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fund-tests-"))
        self.prefix = f"fund-tests-{uuid.uuid4().hex[:8]}-"
        self.postgres = None
        self.valkey = None
        self.redis_url = os.environ.get("TEST_REDIS_URL") or self._start_valkey()

    def run(self, database: str, arguments: list[str]) -> int:
        environment = os.environ | {
            INSIDE: database,
            "DATABASE_URL": self._postgres_url() if database == "postgres" else f"sqlite:///{self.folder}/unused.sqlite3",
            "REDIS_URL": self.redis_url,
            "TEST_FOLDER": str(self.folder),
            "TEST_PREFIX": f"{self.prefix}{database}-",
            "TEST_PORTS": " ".join(str(free_port()) for _ in range(WORKERS)),
        }
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, env=environment, preexec_fn=die_with_parent).returncode

    def stop(self) -> None:
        if self.postgres:
            self.postgres.stop()
        if self.valkey:
            self.valkey.stop()
        else:
            self._forget_our_keys()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start_valkey(self) -> str:
        self.valkey = Valkey()
        self.valkey.start()
        return self.valkey.url

    def _postgres_url(self) -> str:
        if named := os.environ.get("TEST_DATABASE_URL"):
            return named
        if not self.postgres:
            from .postgres import Postgres

            self.postgres = Postgres()
            self.postgres.start()
        return self.postgres.url

    def _forget_our_keys(self) -> None:
        client = redis.Redis.from_url(self.redis_url)
        for key in client.scan_iter(f"*{self.prefix}*"):
            client.delete(key)


def says() -> str:
    """One line at the start of each run: what it uses."""
    database = os.environ[INSIDE]
    where = "TEST_DATABASE_URL" if database == "postgres" and os.environ.get("TEST_DATABASE_URL") else "private, for this run"
    valkey = "TEST_REDIS_URL" if os.environ.get("TEST_REDIS_URL") else "private Valkey"
    browser = f"browser: {program() or 'none'}"
    if database == "sqlite":
        browser = "journeys, the house and what asks no database: with PostgreSQL"
    return f"database: {database} ({where}); broker: {valkey}; letters: own SMTP server; {browser}"
