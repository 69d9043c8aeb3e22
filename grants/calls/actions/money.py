"""The envelope: what decisions promise counts against it at once, released or not."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.money import money
from fund.workflow.engine import lock

from ..models import Call


@transaction.atomic
def promise_money(call: Call, amount: Decimal, *, by: Any, now: datetime) -> None:
    """Takes the sum from what is left of the envelope, under the call's lock; refused where it does not fit."""
    lock(call)
    if amount <= 0:
        raise Refused(_("The sum must be above zero."), field="amount", code="amount")
    if amount > call.left:
        told = {"amount": money(amount), "left": money(call.left)}
        raise Refused(_("The envelope has %(left)s left, this takes %(amount)s.") % told, field="amount", code="envelope")
    _write(call, call.promised + amount, "calls.promise_money", amount, by=by, now=now)


@transaction.atomic
def free_money(call: Call, amount: Decimal, *, by: Any, now: datetime) -> None:
    """Gives a promised sum back to the envelope: a decision was changed, an applicant withdrew."""
    lock(call)
    if not 0 < amount <= call.promised:
        raise Refused(_("Only what was promised can be freed."), field="amount", code="amount")
    _write(call, call.promised - amount, "calls.free_money", amount, by=by, now=now)


def _write(call: Call, promised: Decimal, verb: str, amount: Decimal, *, by: Any, now: datetime) -> None:
    call.promised = promised
    call.save(update_fields=["promised"])
    record(verb, call, by=by, now=now, facts={"amount": str(amount), "promised": str(promised)})
