"""What the clock does to calls: they open and close at their hour, each in a transaction of its own."""

import logging
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from fund.core.errors import Refused

from .actions import close_call, open_call
from .models import TAKING, Call

log = logging.getLogger(__name__)


@shared_task
def open_and_close() -> None:
    open_and_close_at(timezone.now())


def open_and_close_at(now: datetime) -> None:
    """Records what the dates say already. Asked twice, or by two workers, it changes nothing the second time."""
    due = Call.objects.filter(state="announced", opens_at__lte=now, closes_at__gte=now)
    for call in due.order_by("opens_at"):
        _try(open_call, call, by=None, now=now)
    for call in Call.objects.filter(state__in=TAKING, closes_at__lt=now).order_by("closes_at"):
        _try(close_call, call, now=now)


def _try(verb, call: Call, **options) -> None:
    """One call that is refused (another worker was quicker, an officer changed it) stops no other."""
    try:
        verb(call, **options)
    except Refused as refusal:
        log.info("call_not_moved", extra={"call": call.pk, "code": refusal.code})
