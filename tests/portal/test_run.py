"""`manage.py run`: one process serves and works; whatever ends it, nobody is left behind."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from portal.embedded.valkey import free_port
from tests.services.fixtures import url_of_test_database

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def environment(transactional_db):
    """Of a start like the demo's, on this test's database, at a free port, with no Redis named."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return kept | {"DEMO": "true", "PORT": str(free_port()), "DATABASE_URL": url_of_test_database()}


@pytest.fixture
def start(environment):
    started = []

    def start() -> subprocess.Popen:
        command = [sys.executable, str(ROOT / "manage.py"), "run"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        for line in process.stdout:
            if line.startswith("Ready"):
                return process
        raise AssertionError(f"it ended with {process.wait()}")

    yield start
    for process in started:
        process.kill()
        process.stdout.close()
        process.wait()


def children(pid: int) -> list[int]:
    """Processes whose parent is this one, zombies aside."""
    stats = (Path(entry, "stat").read_text() for entry in Path("/proc").glob("[0-9]*") if Path(entry, "stat").exists())
    fields = (re.match(r"(\d+) \(.*\) (\w) (\d+)", stat).groups() for stat in stats)
    return [int(own) for own, state, parent in fields if int(parent) == pid and state != "Z"]


def is_alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def gone(pids: list[int], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(is_alive, pids))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_run_leaves_nobody_behind(start, environment, name):
    process = start()
    valkey = children(process.pid)
    with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}/ru/account/login/") as page:
        assert page.status == 200
    assert len(valkey) == 1

    process.send_signal(getattr(signal, name))

    assert process.wait(timeout=15) == (0 if name != "SIGKILL" else -signal.SIGKILL)
    assert gone(valkey)


def test_run_refuses_a_taken_port(start, environment):
    start()
    command = [sys.executable, str(ROOT / "manage.py"), "run"]

    second = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert second.returncode == 1
    assert (
        second.stderr.strip()
        == f"CommandError: Port {environment['PORT']} is taken: stop what uses it, or choose another with PORT=…"
    )


def test_run_refuses_tables_that_are_behind(environment, tmp_path):
    command = [sys.executable, str(ROOT / "manage.py"), "run"]

    refused = subprocess.run(
        command, env=environment | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}, capture_output=True, text=True
    )

    assert refused.returncode == 1
    assert "manage.py migrate" in refused.stderr
