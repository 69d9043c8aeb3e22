"""What follows the check: the review begins, a reserve ends. The release itself is the room of councils'."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fund.workflow.engine import perform

from ..models import Application
from ..workflow import WORKFLOW


def begin_review(*, application: Application, by: Any, now: datetime) -> None:
    """The first expert is assigned; called by the room of reviews, which holds the call's lock."""
    perform(WORKFLOW, "begin_review", application, by=by, now=now)


@transaction.atomic
def expire_reserve(*, application: Application, now: datetime) -> bool:
    """The clock's verb: the term of the reserve list is over. False: not its time."""
    until = application.call.regulation.timeline.reserve_until
    if application.state != "reserve" or until is None or now <= until:
        return False
    perform(WORKFLOW, "expire", application, by=None, now=now)
    return True
