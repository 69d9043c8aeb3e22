"""Recurring house-keeping that belongs to no room."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_sessions() -> None:
    """Sessions are rows (they survive a restart); those past their time are deleted."""
    call_command("clearsessions")
