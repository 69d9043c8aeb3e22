"""The one engine of moves: lock the row, check state and who, write, record."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.audit.actions import record
from fund.core.errors import Refused

from .table import Workflow


@transaction.atomic
def perform(
    workflow: Workflow,
    name: str,
    thing: Any,
    *,
    by: Any,
    now: datetime,
    for_: Any = None,
    why: str = "",
    facts: dict | None = None,
    **written: Any,
) -> None:
    """Moves the thing: locks and reads it again, refuses or writes the new state with `written`, adds one audit entry.

    `by` is None when a task moves it. What the caller set on the object before is dropped by the reading: pass it in
    `written`. After a rollback the object in memory still shows the new state: read it again.
    """
    move = workflow.by_name[name]
    lock(thing)
    if thing.state not in move.source:
        raise Refused(workflow.no_more(thing), code="state")
    if not move.who(by, thing):
        raise Refused(_("This is not yours to do."), code="who")
    source, thing.state = thing.state, move.to
    for field, value in written.items():
        setattr(thing, field, value)
    thing.save(update_fields=["state", *written])
    verb = f"{thing._meta.app_label}.{name}"
    record(verb, thing, by=by, for_=for_, now=now, source=source, to=move.to, why=why, facts=facts)


def lock(thing: Any) -> None:
    """Takes the row's lock and reads it anew. On SQLite the IMMEDIATE transaction is the lock already."""
    thing.refresh_from_db(from_queryset=type(thing)._base_manager.select_for_update(of=("self",)))
