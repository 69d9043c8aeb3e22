"""What `make run` wants before the start: tables as the code expects them, and the demo fund in an empty database."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ACCOUNTS = settings.VAR / "demo.json"


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    command("migrate", "--verbosity", "0")


def fill_if_empty(say) -> None:
    """The demo's accounts are kept beside the database, to be shown at each start."""
    if get_user_model().objects.exists():
        return
    say("Filling the demo fund…")
    ACCOUNTS.write_text(command("demo", "--json", capture=True), encoding="utf-8")


def accounts() -> list[dict]:
    return json.loads(ACCOUNTS.read_text(encoding="utf-8"))["accounts"] if ACCOUNTS.exists() else []


def command(*words: str, capture: bool = False) -> str:
    """In a process of its own: what filling needs in memory is given back before the product serves."""
    manage = Path(settings.BASE_DIR) / "manage.py"
    done = subprocess.run([sys.executable, str(manage), *words], stdout=subprocess.PIPE if capture else None, text=True)
    if done.returncode:
        raise CommandError(f"manage.py {words[0]} failed; what it said stands above.", returncode=done.returncode)
    return done.stdout or ""
