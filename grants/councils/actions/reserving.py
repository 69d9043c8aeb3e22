"""After the release: what the envelope has left, or gets back, goes to the reserve in its order."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.workflow.engine import lock, perform
from grants.applications.models import Application
from grants.applications.workflow import WORKFLOW as APPLICATION
from grants.reviews.queries import ranking_of

from ..models import Decision, Outcome
from ..notices import tell_released
from ..permissions import can_decide
from .deciding import LEAST_REASON, ZERO, _hold, _refuse_amount
from .revising import take_anew


@transaction.atomic
def fund_from_reserve(
    *, application: Application, by: Any, now: datetime, amount: Decimal | None = None, why: str = ""
) -> Decision:
    """Gives an application of the reserve its money, in force at once.

    In order: lock the call, then the application; refuse who may not, what waits in the reserve no more, an amount above
    the request or what the envelope has left, a sum that is cut or a turn that is passed over without a reason; hold the
    money; add the decision; move the application; record; write to its authors. `amount` is the whole request if not given.
    """
    call, why = application.call, why.strip()
    lock(call)
    lock(application)
    _refuse_unfit(application, by, now)
    granted = application.amount if amount is None else amount
    _refuse_amount(application, "fund", granted)
    if len(why) < LEAST_REASON and (granted != application.amount or ahead_of(application).exists()):
        words = _("The sum is cut or somebody ahead is passed over: give the reason in %(least)s characters or more")
        raise Refused(words % {"least": LEAST_REASON}, field="why", code="why")
    _hold(call, ZERO, granted, by=by, now=now)
    standing = Outcome.objects.released().select_related("decision", "application__call").get(application=application)
    decision = take_anew(standing, outcome="fund", amount=granted, why=why, by=by, now=now)
    written: dict[str, Any] = {"granted": granted, "reserve_place": None}
    perform(APPLICATION, "fund", application, by=by, now=now, facts={"decision": decision.pk}, **written)
    facts = {"amount": str(granted), "number": decision.number}
    record("councils.fund_from_reserve", application, by=by, now=now, to="fund", why=why, facts=facts)
    places = {row.pk: place for place, row in enumerate(ranking_of(call, now=now), 1)}
    tell_released(call, [standing], places, now=now)
    return decision


def _refuse_unfit(application: Application, by: Any, now: datetime) -> None:
    if not can_decide(by, application):
        raise Refused(_("This is not yours to decide."), code="who")
    if application.state != "reserve":
        raise Refused(_("“%(title)s” does not wait in the reserve any more.") % {"title": application.name}, code="state")
    until = application.call.regulation.timeline.reserve_until
    if until is not None and now > until:
        raise Refused(_("The term of the reserve is over."), code="late")


def ahead_of(application: Application) -> Any:
    """Who waits in the reserve before it, in order."""
    return Application.objects.in_reserve(application.call).filter(reserve_place__lt=application.reserve_place or 0)
