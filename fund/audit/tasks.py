"""Celery entrance: the journal is chained each minute."""

from celery import shared_task

from . import actions


@shared_task
def chain() -> int:
    return actions.chain()
