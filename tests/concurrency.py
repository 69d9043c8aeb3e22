"""Acts that begin together in many threads, for tests of what only concurrency shows."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def at_once(act: Callable[[int], Any], times: int, *, prepare: Callable[[], Any] | None = None) -> list:
    """Runs act(0), act(1), … in threads that start together, each with a connection of its own; an error is its answer."""
    barrier = threading.Barrier(times)

    def run(number: int):
        try:
            connection.ensure_connection()
            if prepare:
                prepare()
            barrier.wait()
            return act(number)
        except Exception as error:  # the test counts them
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
