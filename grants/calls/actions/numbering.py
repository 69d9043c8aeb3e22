"""The numbers of a call's applications: ЖД-26-014, given at the first submission."""

from django.db import transaction

from fund.workflow.engine import lock

from ..models import Call


@transaction.atomic
def take_number(call: Call) -> str:
    """The next number, under the call's lock: none is given twice, and none is left out unless its transaction fails."""
    lock(call)
    number = call.number_for(call.next_number)
    call.next_number += 1
    call.save(update_fields=["next_number"])
    return number
