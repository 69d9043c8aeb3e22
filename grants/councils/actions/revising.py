"""Deciding anew, after the release: what an upheld appeal asks of the council; never to the applicant's harm."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.workflow.engine import lock, perform
from grants.applications.models import Application
from grants.applications.workflow import WORKFLOW as APPLICATION

from ..models import Decision, Outcome
from ..permissions import can_decide
from .deciding import LEAST_REASON, ZERO, _hold, _refuse_amount

# From the least to the most: a new decision is never lower than the one it replaces.
RISE = ("decline", "reserve", "fund")


@transaction.atomic
def revise_decision(
    *, application: Application, outcome: str, why: str, by: Any, now: datetime, amount: Decimal | None = None
) -> Decision:
    """Takes a released decision anew, in force at once.

    In order: lock the call, then the application; refuse who may not, what was never released, less than before, an
    amount above the request or what the envelope has left, a missing reason; hold what is new of the money; add the
    decision; move the application; record. The same outcome once more is a decision too: the council looked again.
    """
    call, why = application.call, why.strip()
    lock(call)
    lock(application)
    standing = Outcome.objects.released().filter(application=application).select_related("decision").first()
    if not can_decide(by, application):
        raise Refused(_("This is not yours to decide."), code="who")
    if standing is None or call.state != "released":
        raise Refused(_("Only a released decision can be taken anew."), code="state")
    before = standing.decision
    granted = (application.amount if amount is None else amount) if outcome == "fund" else ZERO
    _refuse_amount(application, outcome, granted)
    if RISE.index(outcome) < RISE.index(before.outcome) or granted < before.amount:
        raise Refused(_("An appeal makes nothing worse: the new decision cannot give less."), field="outcome", code="less")
    if len(why) < LEAST_REASON:
        raise Refused(_("Give the reason in %(least)s characters or more") % {"least": LEAST_REASON}, field="why", code="why")
    _hold(call, before.amount, granted, by=by, now=now)
    decision = take_anew(standing, outcome=outcome, amount=granted, why=why, by=by, now=now)
    _move(application, before, decision, by=by, now=now)
    facts = {"outcome": outcome, "amount": str(granted), "number": decision.number}
    record("councils.revise", application, by=by, now=now, source=before.outcome, to=outcome, why=why, facts=facts)
    return decision


def take_anew(standing: Outcome, *, outcome: str, amount: Decimal, why: str, by: Any, now: datetime) -> Decision:
    """Adds a decision after the released one and lets it stand; the one before stays as it was."""
    number = standing.decision.number + 1
    facts = {"outcome": outcome, "amount": amount, "why": why, "decided_by": by, "decided_at": now}
    standing.decision = Decision.objects.create(application=standing.application, number=number, **facts)
    standing.save(update_fields=["decision"])
    return standing.decision


def _move(application: Application, before: Decision, decision: Decision, *, by: Any, now: datetime) -> None:
    """The state follows the decision; a state that stays is not moved."""
    if (before.outcome, before.amount) == (decision.outcome, decision.amount):
        return
    written: dict[str, Any] = {"granted": decision.amount, "reserve_place": None}
    if decision.outcome == "reserve":
        last = Application.objects.of_call(application.call).aggregate(last=Max("reserve_place"))["last"] or 0
        written = {"granted": None, "reserve_place": last + 1}
    perform(APPLICATION, f"revise_{decision.outcome}", application, by=by, now=now, facts={"decision": decision.pk}, **written)
