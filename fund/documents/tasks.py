"""Celery entrances: check new files for viruses, draw papers, sweep up bytes that no row needs."""

from celery import shared_task
from django.utils import timezone

from fund.core.ringing import ring

from . import actions
from .models import Document, Paper


@shared_task
def check(pk: int) -> str:
    """Rung for each new file where a scanner is set."""
    document = Document.objects.filter(pk=pk, state="checking").first()
    return actions.check_for_viruses(document) if document else ""


@shared_task
def check_all() -> int:
    """Each five minutes: what nobody rang for, or the scanner was away for."""
    waiting = list(Document.objects.filter(state="checking")[:100])
    for document in waiting:
        actions.check_for_viruses(document)
    return len(waiting)


@shared_task
def clean_up() -> int:
    """Each night."""
    return actions.clean_up(now=timezone.now())


@shared_task
def draw(pk: int) -> int:
    """Rung for each paper that was issued."""
    paper = Paper.objects.filter(pk=pk).first()
    return actions.draw_paper(paper, now=timezone.now()) if paper else 0


@shared_task
def draw_all() -> int:
    """Each minute: papers nobody rang for, or whose drawing was cut short. Each is rung for by itself, so that a worker
    does other things between two."""
    waiting = list(Paper.objects.undrawn().exclude(contents=None).values_list("pk", flat=True)[:50])
    for pk in waiting:
        ring("fund.documents.tasks.draw", pk)
    return len(waiting)
