"""Celery entrances: a doorbell each. What must happen stands in the database, so a lost ring only waits for the next."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def send() -> int:
    """Rung by whoever wrote a notice."""
    return actions.send_due()


@shared_task
def sweep() -> int:
    """Each 30 seconds: heals what dead senders left and sends what nobody rang for."""
    actions.heal(now=timezone.now())
    return actions.send_due()


@shared_task
def declare() -> int:
    """Each minute: reminders of all deadlines."""
    return actions.declare(now=timezone.now())


@shared_task
def gather() -> int:
    """Each quarter of an hour: the daily digests of those whose morning has come."""
    return actions.gather(now=timezone.now())


@shared_task
def tidy() -> int:
    """Each hour: forgets what need not be kept."""
    return actions.tidy(now=timezone.now())
