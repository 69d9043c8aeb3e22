"""The expert's answers: nothing of an application opens before they are given."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.core.errors import Refused
from fund.core.ringing import ring
from fund.workflow.engine import perform

from ..conflicts import DECLARED
from ..models import Conflict, Sheet
from ..notices import tell_declined, tell_recused
from ..workflow import WORKFLOW
from .locking import lock_calls, lock_with_call
from .watching import watch


@transaction.atomic
def answer_invitations(*, answers: dict[int, tuple[str, str]], by: Any, now: datetime) -> None:
    """Answers all invitations of one declaration at once: sheet id → ("accept" | "decline" | a kind of tie, reason)."""
    sheets = Sheet.objects.visible_to(by).select_related("application__call").in_bulk(answers)
    lock_calls(list(sheets.values()))
    for pk in sorted(answers):
        answer, why = answers[pk]
        if pk not in sheets:
            raise Refused(_("One of the invitations is not there any more. Open the page anew."), code="gone")
        if answer == "accept":
            accept_sheet(sheet=sheets[pk], by=by, now=now)
        elif answer == "decline":
            decline_sheet(sheet=sheets[pk], why=why, by=by, now=now)
        else:
            declare_conflict(sheet=sheets[pk], kind=answer, why=why, by=by, now=now)


def accept_sheet(*, sheet: Sheet, by: Any, now: datetime) -> None:
    """The expert says there is no tie and will judge: the application opens to them."""
    perform(WORKFLOW, "accept", sheet, by=by, now=now, answered_at=now)
    ring("grants.reviews.tasks.issue_dossiers")


@transaction.atomic
def decline_sheet(*, sheet: Sheet, why: str, by: Any, now: datetime) -> None:
    """The expert will not judge this one; the officer is told, so that somebody else can be asked."""
    if not why.strip():
        raise Refused(_("Say in a few words why you cannot judge it"), field="why", code="why")
    lock_with_call(sheet)
    perform(WORKFLOW, "decline", sheet, by=by, now=now, why=why, answered_at=now)
    watch(sheet.application, now=now)
    tell_declined(sheet, now=now)


@transaction.atomic
def declare_conflict(*, sheet: Sheet, kind: str, by: Any, now: datetime, why: str = "") -> None:
    """Closes the application to the expert at once and everywhere, even for a form already open; the officer is told."""
    if kind not in DECLARED:
        raise Refused(_("Choose what ties you to the applicant"), field="kind", code="kind")
    lock_with_call(sheet)
    perform(WORKFLOW, "declare_conflict", sheet, by=by, now=now, why=why, facts={"kind": kind}, answered_at=now, current=None)
    Conflict.objects.get_or_create(
        application=sheet.application,
        expert=sheet.expert,
        kind=kind,
        withdrawn_at=None,
        defaults={"declared_by": by, "declared_at": now},
    )
    watch(sheet.application, now=now)
    tell_recused(sheet, now=now)
