"""Celery entrances of this room."""

from celery import shared_task
from django.utils import timezone

from grants.calls.models import Call

from .actions import free_withdrawn
from .models import Outcome


@shared_task
def sweep() -> None:
    """Frees what pending decisions hold for applications withdrawn meanwhile, call by call."""
    gone = Outcome.objects.pending().filter(application__state="withdrawn")
    for call in Call.objects.filter(pk__in=gone.values("application__call")):
        free_withdrawn(call=call, now=timezone.now())
