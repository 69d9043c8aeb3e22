"""Celery entrances of this room."""

from celery import shared_task
from django.utils import timezone

from .actions.attempts import forget_attempts as forget
from .actions.subscriptions import forget_subscriptions as forget_wishes


@shared_task
def forget_attempts() -> int:
    """Each night: counted attempts that no limit looks at any more."""
    return forget(now=timezone.now())


@shared_task
def forget_subscriptions() -> int:
    """Each night: wishes that were told, or never confirmed, a month ago."""
    return forget_wishes(now=timezone.now())
