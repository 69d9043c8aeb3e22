"""It refuses to start insecure: one sentence, no traceback, whatever the command."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from fund.core.secret import EXAMPLE
from fund.core.starting import CANNOT_LOAD

from . import rooms

KEY = "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz"
GOOD = {"SECRET_KEY": KEY, "SITE_URL": "https://fund.example.org", "DEBUG": "false", "DEMO": "false"}
COMMANDS = (["check"], ["migrate", "--plan"], ["run"], ["help"], ["outbox", "--status"])


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess:
    """manage.py with nothing of this test run in its environment."""
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    command = [sys.executable, str(rooms.ROOT / "manage.py"), *words]
    return subprocess.run(command, env=bare | environment, capture_output=True, text=True, cwd=rooms.ROOT, timeout=60)


def assert_one_sentence(done: subprocess.CompletedProcess, about: str) -> None:
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert about in done.stderr


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_without_a_secret_no_command_runs(words):
    assert_one_sentence(manage(*words, **GOOD | {"SECRET_KEY": ""}), "SECRET_KEY")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-m", "celery", "-A", "fund", "worker"], 1),
        (["-m", "celery", "-A", "fund", "beat"], 1),
        (["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:0", "fund.wsgi"], CANNOT_LOAD),
    ],
    ids=["worker", "beat", "web"],
)
def test_without_a_secret_no_server_starts(words, code):
    """Nor does gunicorn's master start worker after worker, each of which would say it again."""
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    done = subprocess.run(
        [sys.executable, *words], env=bare | GOOD | {"SECRET_KEY": ""}, capture_output=True, text=True, cwd=rooms.ROOT, timeout=60
    )

    assert done.returncode == code
    assert done.stderr.strip().splitlines() == ["SECRET_KEY is missing: set it in the environment or in .env (see .env.example)."]


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        ({"SECRET_KEY": EXAMPLE}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY[:49]}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY"),
        ({"SITE_URL": "http://fund.example.org"}, "https://"),
        ({"SITE_URL": "https://*"}, "SITE_URL"),
        ({"DEMO": "true"}, "loopback"),
        ({"DEBUG": "true"}, "loopback"),
        ({"PROFILE": "atlantis"}, "atlantis"),
    ],
)
def test_an_insecure_start_is_refused(changed, about):
    assert_one_sentence(manage("check", **GOOD | changed), about)


def test_production_settings_pass_the_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)

    assert done.returncode == 0, done.stderr


def test_nobody_waits_for_a_lock_longer_than_seconds(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")

        assert cursor.fetchone() == ("10s", "30s")
