"""Ringing a task by its name once the transaction is in; a dead broker fails nothing and costs one page two seconds."""

import logging
import time

from celery import current_app
from django.db import transaction

SILENCE = 30.0  # seconds this process rings nobody after a failure; the sweep of the outbox heals what was not rung
_silent_until = 0.0
log = logging.getLogger(__name__)


def ring(task: str, *args) -> None:
    """After the commit, asks a worker to run the task with these ids. What must happen stands in the database already."""
    transaction.on_commit(lambda: _send(task, args), robust=True)


def _send(task: str, args: tuple) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task(task, args=args, retry=False)
    except Exception:  # whatever the broker's client raises: the row is safe and the sweep will find it
        _silent_until = time.monotonic() + SILENCE
        log.warning("broker_silent", extra={"task": task})
