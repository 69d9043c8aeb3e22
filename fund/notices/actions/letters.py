"""What an officer does with letters that failed: sends them again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fund.core.ringing import ring
from fund.workflow.engine import perform

from ..models import Delivery
from ..workflow import WORKFLOW
from .notify import SENDER


@transaction.atomic
def resend(delivery: Delivery, *, by: Any, now: datetime) -> None:
    """Puts a dead letter back in line, as if it had never been turned down; the Message-ID stays. Audited."""
    perform(WORKFLOW, "resend", delivery, by=by, now=now, refusals=0, copies=0, error="", next_at=now, expires_at=None)
    ring(SENDER)
