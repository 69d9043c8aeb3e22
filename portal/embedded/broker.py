"""Which broker `manage.py run` uses: the one REDIS_URL names, else a Valkey of our own, else this process's memory."""

import os
from pathlib import Path

import environ

from .valkey import Valkey

own: Valkey | None = None


def start() -> None:
    """Called by manage.py before the settings are read, because they read REDIS_URL."""
    global own
    environ.Env.read_env(Path(__file__).resolve().parent.parent.parent / ".env")
    if os.environ.get("REDIS_URL"):
        return
    try:
        valkey = Valkey()
        valkey.start()
    except (ImportError, OSError, RuntimeError):  # no wheel for this machine: settings fall back to memory://
        return
    own = valkey
    os.environ["REDIS_URL"] = valkey.url


def keep() -> None:
    """Starts our own Valkey again if it died; worker and web find it at the same address."""
    if own and not own.is_running():
        own.start()


def stop() -> None:
    if own:
        own.stop()
