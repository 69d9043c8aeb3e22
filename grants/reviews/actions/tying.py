"""Ties that show late: the rules look again when teams and affiliations change, and close at once what they find."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fund.workflow.engine import lock, perform

from ..conflicts import FOUND_BY_RULE, Tie
from ..models import JUDGING, Conflict, Sheet
from ..notices import tell_tied
from ..queries import ties_of_call
from ..workflow import WORKFLOW
from .watching import watch


def find_conflicts(*, call: Any, now: datetime) -> int:
    """Closes every live sheet of the call whose expert is tied by now; says how many.

    In order: look without a lock; if there is anything, lock the call, look again, and for each tied sheet: close it and
    drop what was handed in, keep each tie with its facts, tell the curator and the expert.
    """
    if call.state not in JUDGING or not _tied(call):
        return 0
    with transaction.atomic():
        lock(call)
        tied = _tied(call) if call.state in JUDGING else []
        for sheet, ties in tied:
            _close(sheet, ties, now=now)
    return len(tied)


def _tied(call: Any) -> list[tuple[Sheet, list[Tie]]]:
    """The live sheets whose expert is tied to the application, with the ties."""
    live = list(Sheet.objects.of_call(call).live().select_related("application__call", "expert").order_by("pk"))
    ties = ties_of_call(call, experts={sheet.expert_id for sheet in live}) if live else {}
    return [
        (sheet, ties[sheet.application_id, sheet.expert_id]) for sheet in live if (sheet.application_id, sheet.expert_id) in ties
    ]


def _close(sheet: Sheet, ties: list[Tie], *, now: datetime) -> None:
    facts = {"kinds": [tie.kind for tie in ties]}
    perform(WORKFLOW, "find_conflict", sheet, by=None, now=now, facts=facts, answered_at=now, current=None)
    for tie in ties:
        if tie.kind in FOUND_BY_RULE:
            Conflict.objects.get_or_create(
                application=sheet.application,
                expert=sheet.expert,
                kind=tie.kind,
                withdrawn_at=None,
                defaults={"declared_by": None, "declared_at": now, "facts": tie.facts},
            )
    watch(sheet.application, now=now)
    tell_tied(sheet, now=now)
