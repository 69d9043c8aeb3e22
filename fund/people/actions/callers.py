"""The verb with which an officer begins to act for somebody who called or came by."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fund.audit.actions import record
from fund.core.errors import Refused

from .. import notices
from ..models import Person
from ..permissions import can_act_for
from .persons import NOT_YOURS


@transaction.atomic
def act_for(person: Person, *, by: Any, now: datetime, why: str) -> None:
    """Records who acts for whom, from when and why; the person is told, if they have an account."""
    if not can_act_for(by, person):
        raise Refused(NOT_YOURS, code="who")
    record("people.act_for", person, by=by, for_=person, now=now, why=why)
    if person.account is not None:
        notices.acted_for(person, by=by, now=now)
