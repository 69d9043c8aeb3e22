"""The fund's verbs: take an appeal up, uphold or reject it in writing, have the council decide anew."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.core.errors import Refused
from fund.workflow.engine import lock, perform
from grants.applications.actions import admit_on_appeal
from grants.applications.actions.locking import lock_with_call
from grants.councils.actions import revise_decision
from grants.councils.models import Decision

from ..models import Appeal
from ..notices import tell_answered, tell_revised, tell_upheld
from ..permissions import can_revise
from ..workflow import WORKFLOW

LEAST = 50  # characters of an answer


def consider_appeal(*, appeal: Appeal, by: Any, now: datetime) -> None:
    """Takes it up: from now on this person answers. Somebody else may take it over the same way."""
    perform(WORKFLOW, "consider", appeal, by=by, now=now, considered_at=now, considered_by=by)


@transaction.atomic
def uphold_appeal(*, appeal: Appeal, answer: str, by: Any, now: datetime) -> None:
    """The procedure was not kept.

    In order: the answer and the move; an application that was refused is admitted; of a decision the directors are told
    that the council decides anew; the applicants are written to.
    """
    _answer("uphold", appeal, answer, by=by, now=now)
    if appeal.against == "refusal":
        admit_on_appeal(application=appeal.application, by=by, now=now, why=answer)
    else:
        tell_upheld(appeal, now=now)
    tell_answered(appeal, now=now)


@transaction.atomic
def reject_appeal(*, appeal: Appeal, answer: str, by: Any, now: datetime) -> None:
    """The procedure was kept, and the answer says how. The applicants are written to."""
    _answer("reject", appeal, answer, by=by, now=now)
    tell_answered(appeal, now=now)


def _answer(move: str, appeal: Appeal, answer: str, *, by: Any, now: datetime) -> None:
    if len(answer.strip()) < LEAST:
        words = _("Answer in %(least)s characters or more: what was looked at and what was found; there are %(now)s now")
        raise Refused(words % {"least": LEAST, "now": len(answer.strip())}, field="answer", code="answer")
    lock_with_call(appeal.application)
    written = {"answer": answer.strip(), "answered_at": now, "answered_by": by}
    perform(WORKFLOW, move, appeal, by=by, now=now, why=answer.strip(), **written)


@transaction.atomic
def revise_on_appeal(
    *, appeal: Appeal, outcome: str, why: str, by: Any, now: datetime, amount: Decimal | None = None
) -> Decision:
    """What the council decided anew, with its reason: in force at once, told to the applicants."""
    lock_with_call(appeal.application)
    lock(appeal)
    if not can_revise(by, appeal):
        raise Refused(_("This appeal does not wait for a decision of yours."), code="state")
    decision = revise_decision(application=appeal.application, outcome=outcome, amount=amount, why=why, by=by, now=now)
    appeal.revision = decision
    appeal.save(update_fields=["revision"])
    tell_revised(appeal, now=now)
    return decision
