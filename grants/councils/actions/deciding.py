"""Deciding: an outcome is pending at once, its money held at once, and told to nobody.

Locks are taken in one order: the call, then the application; the call's row is what all decisions of a call wait for.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Conflict, Refused
from fund.core.money import money
from fund.workflow.engine import lock
from grants.applications.models import Application
from grants.calls.actions.money import free_money, promise_money
from grants.reviews.queries import Ranked, ranking_of

from ..models import SUGGESTED, Decision, Item, Outcome
from ..permissions import can_decide, can_run_item

ZERO = Decimal("0.00")
LEAST_REASON = 20  # characters of a reason for leaving the ranking


@transaction.atomic
def decide(
    *,
    application: Application,
    outcome: str,
    by: Any,
    now: datetime,
    amount: Decimal | None = None,
    why: str = "",
    seen: int | None = None,
    item: Item | None = None,
) -> Decision:
    """Takes a decision; it stays pending until the release. `item`: the council's, whose vote it is the result of.

    In order: lock the call, then the application; refuse who may not, a call that is not being judged, an amount above
    the request or the envelope, a departure from the ranking without a reason; free what the earlier decision held and
    hold the new amount; add the decision; record. `seen` is the number of the decision the page showed (0: none): if
    somebody decided since, Conflict. `amount` is the whole request if not given.
    """
    call = application.call
    lock(call)
    _refuse_stale(_standing(application), seen)
    row = next((row for row in ranking_of(call, now=now) if row.pk == application.pk), None)
    return _take(application, call, row, outcome=outcome, amount=amount, why=why.strip(), by=by, now=now, item=item)


def _take(
    application: Application,
    call: Any,
    row: Ranked | None,
    *,
    outcome: str,
    amount: Decimal | None,
    why: str,
    by: Any,
    now: datetime,
    item: Item | None = None,
) -> Decision:
    """The decision itself, under the call's lock; `row` is the application's own row of the ranking."""
    lock(application)
    _refuse_unfit(application, call, by, item)
    granted = (application.amount if amount is None else amount) if outcome == "fund" else ZERO
    _refuse_amount(application, outcome, granted)
    _refuse_without_reason(row, outcome, granted, why)
    before = _standing(application)
    decision = Decision.objects.create(
        application=application,
        number=before.decision.number + 1 if before else 1,
        outcome=outcome,
        amount=granted,
        why=why,
        decided_by=by,
        decided_at=now,
        item=item,
    )
    _hold(call, before.decision.amount if before else ZERO, granted, by=by, now=now)
    Outcome.objects.update_or_create(application=application, defaults={"decision": decision})
    facts = {"outcome": outcome, "amount": str(granted), "number": decision.number, **({"item": item.pk} if item else {})}
    record("councils.decide", application, by=by, now=now, to=outcome, why=why, facts=facts)
    return decision


def _standing(application: Application) -> Outcome | None:
    return Outcome.objects.filter(application=application).select_related("decision__decided_by__person").first()


def _refuse_unfit(application: Application, call: Any, by: Any, item: Item | None) -> None:
    """A director decides; or the council, through whoever keeps its minutes."""
    if not can_decide(by, application) and (item is None or not can_run_item(by, item)):
        raise Refused(_("This is not yours to decide."), code="who")
    if call.state != "judging":
        raise Refused(_("Decisions are taken while the call is being judged."), code="state")
    if application.state != "under_review":
        raise Refused(_("“%(title)s” is not under review.") % {"title": application.name}, code="state")


def _refuse_stale(before: Outcome | None, seen: int | None) -> None:
    number = before.decision.number if before else 0
    if seen is not None and seen != number:
        raise Conflict(
            _("%(name)s decided on this application meanwhile. Look at the page anew.")
            % {"name": before.decision.decided_by.person.short_name if before else _("Somebody")}
        )


def _refuse_amount(application: Application, outcome: str, granted: Decimal) -> None:
    if outcome != "fund":
        return
    if granted <= ZERO or granted > application.amount:
        raise Refused(
            _("The amount must be above zero and at most what is asked, %(asked)s") % {"asked": money(application.amount)},
            field="amount",
            code="amount",
        )


def _refuse_without_reason(row: Ranked | None, outcome: str, granted: Decimal, why: str) -> None:
    follows = row is not None and SUGGESTED.get(row.outcome) == outcome and (outcome != "fund" or granted == row.amount)
    if not follows and len(why) < LEAST_REASON:
        raise Refused(
            _("This departs from the ranking: give the reason in %(least)s characters or more") % {"least": LEAST_REASON},
            field="why",
            code="why",
        )


def _hold(call: Any, held: Decimal, wanted: Decimal, *, by: Any, now: datetime) -> None:
    """Holds the difference, so that the envelope is asked for what is new only."""
    if wanted > held:
        promise_money(call, wanted - held, by=by, now=now)
    elif held > wanted:
        free_money(call, held - wanted, by=by, now=now)


@transaction.atomic
def follow_ranking(*, call: Any, by: Any, now: datetime) -> int:
    """Decides everything still undecided as the ranking says; equals that only a vote or a lot can part are left out."""
    lock(call)
    decided = set(Outcome.objects.of_call(call).values_list("application", flat=True))
    open_ones = Application.objects.filter(call=call, state="under_review").exclude(pk__in=decided).in_bulk()
    done = 0
    for row in ranking_of(call, now=now):
        application = open_ones.get(row.pk)
        if application is not None and row.outcome in SUGGESTED and can_decide(by, application):
            outcome = SUGGESTED[row.outcome]
            _take(application, call, row, outcome=outcome, amount=row.amount or None, why="", by=by, now=now)
            done += 1
    return done


@transaction.atomic
def free_withdrawn(*, call: Any, now: datetime) -> int:
    """Frees what pending decisions hold for applications withdrawn since; says how many there were."""
    lock(call)
    gone = (
        Outcome.objects.of_call(call).pending().filter(application__state="withdrawn").select_related("decision", "application")
    )
    for outcome in gone:
        if outcome.decision.amount:
            free_money(call, outcome.decision.amount, by=None, now=now)
        record("councils.drop", outcome.application, by=None, now=now, facts={"number": outcome.decision.number})
        outcome.delete()
    return len(gone)
