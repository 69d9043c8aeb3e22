"""The Celery worker and beat of the embedded mode, each in a thread of this process."""

import threading
import warnings

from celery.beat import EmbeddedService
from celery.exceptions import SecurityWarning
from celery.worker import state

from fund.celery import app

CONCURRENCY = 2


class Worker:
    def __init__(self) -> None:
        # It warns against root because of pickled tasks; ours are JSON with ids.
        warnings.filterwarnings("ignore", category=SecurityWarning)
        # Nobody else shares this broker, so the worker need not look for others of its kind.
        self.worker = app.Worker(
            pool="threads",
            concurrency=CONCURRENCY,
            quiet=True,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        self.thread = threading.Thread(target=self.worker.start, name="worker", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Tasks under way get five seconds; what they did not finish stands in the database and is found again."""
        state.should_stop = 0
        self.thread.join(timeout=5)


class Beat:
    def __init__(self) -> None:
        self.service = EmbeddedService(app, thread=True)
        self.service.daemon = True

    def start(self) -> None:
        self.service.start()

    def stop(self) -> None:
        self.service.stop()
