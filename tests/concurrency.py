"""Acts that begin together in many threads, for tests of what only concurrency shows, and the control: the locks taken out."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from fund.core.errors import Conflict, Refused

FOR_UPDATE = re.compile(r" FOR UPDATE(?: OF [^ ]+)?(?: SKIP LOCKED| NOWAIT)?")
WRITES = ("INSERT", "UPDATE", "DELETE")
PATIENCE = 0.5  # seconds until who waits for the others goes on alone


def at_once(
    act: Callable[[int], Any], times: int, *, prepare: Callable[[], Any] | None = None, threads: int | None = None
) -> list:
    """Runs act(0), act(1), … in threads that start together, each with a connection of its own; an error is its answer.

    Fewer `threads` than acts are those of a server: what has come to it waits for one that is free.
    """
    waiting, answers = iter(range(times)), dict[int, Any]()
    barrier = threading.Barrier(threads or times)

    def run() -> None:
        try:
            connection.ensure_connection()
            if prepare:
                prepare()
            barrier.wait()
            while (number := next(waiting, None)) is not None:
                try:
                    answers[number] = act(number)
                except Exception as error:  # the test counts them
                    answers[number] = error
        finally:
            connection.close()

    with ThreadPoolExecutor(barrier.parties) as pool:
        for one in [pool.submit(run) for _ in range(barrier.parties)]:
            one.result()
    return [answers[number] for number in range(times)]


def without_locks(times: int) -> Callable[[], None]:
    """The control, to be given as `prepare`: no row of PostgreSQL is locked by being read; SQLite, which locks the whole
    database, does so at the first write, as it would by default. Nobody writes before all have read what they rest on.
    """
    have_read = threading.Barrier(times)

    def prepare() -> None:
        connection.transaction_mode = "DEFERRED"  # SQLite reads it, PostgreSQL does not know it
        waited = False

        def unlocked(execute, sql, params, many, context):
            nonlocal waited
            if not waited and sql.startswith(WRITES):
                waited = True
                meet(have_read)
            return execute(FOR_UPDATE.sub("", sql), params, many, context)

        connection.execute_wrappers.append(unlocked)

    return prepare


def meet(barrier: threading.Barrier) -> None:
    """Waits for the others, but not for long: some of them may have been refused, or hold what the others wait for."""
    with suppress(threading.BrokenBarrierError):
        barrier.wait(PATIENCE)


def counted(answers: list, **more: Any) -> dict:
    """How many acts were done, refused in words (Conflict is such a word), or ended in an error; and what else is to be told."""
    refused = sum(isinstance(one, Refused | Conflict) for one in answers)
    errors = sum(isinstance(one, Exception) for one in answers) - refused
    told = {"done": len(answers) - refused - errors, "refused": refused, "errors": errors, **more}
    print(connection.vendor, told)
    return told


def anew(thing: Any) -> Any:
    """The same row as another request reads it."""
    return type(thing)._base_manager.get(pk=thing.pk)


def account(one: Any) -> Any:
    return get_user_model().objects.get(pk=one.pk)
