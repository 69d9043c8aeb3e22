"""Reading the outbox: how it stands, how fast it was, the newest letters, what is unread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q

from .letters import Written, own_path, subject_of, write
from .models import HELD, STATES, WAITING, Delivery, Notice
from .registry import EMAIL, INBOX, KINDS, kind_of

RECENT = 2000


@dataclass(frozen=True)
class Message:
    """A notice as the inbox shows it."""

    notice: Notice
    label: Any
    subject: str
    link: str
    is_unread: bool


def was_told(kind: str, thing: Any, *, since: datetime, email: str = "") -> bool:
    """Was this message about the thing written since then (to this address, where one is given)? So that letters cannot be heaped."""
    told = Notice.objects.about(thing).filter(kind=kind, instant__gt=since)
    if email:
        told = told.filter(Q(account__email__iexact=email) | Q(address__email__iexact=email))
    return told.exists()


def messages(notices: Iterable[Any], language: str) -> list[Message]:
    """Notices in the reader's language; they come from `with_inbox()`. One whose kind is no longer known is left out."""
    known = [notice for notice in notices if notice.kind in KINDS]
    return [
        Message(
            notice=notice,
            label=kind_of(notice.kind).label,
            subject=subject_of(notice, language),
            link=own_path(notice.link, language),
            is_unread=notice.read_at is None,
        )
        for notice in known
    ]


def unread(user: Any) -> int:
    return Delivery.objects.filter(channel=INBOX, read_at=None, notice__account=user).count()


def oldest_waiting(now: datetime) -> float:
    """Age in seconds of the oldest letter that could have left and has not; 0.0 when none waits."""
    waiting = Delivery.objects.filter(channel=EMAIL, state__in=WAITING + HELD, next_at__lte=now)
    first = waiting.aggregate(first=Min("notice__created_at"))["first"]
    return max(0.0, (now - first).total_seconds()) if first else 0.0


def status(now: datetime) -> dict:
    """Counts per state, age of the oldest waiting letter, and seconds from commit to sent of the newest day."""
    letters = Delivery.objects.filter(channel=EMAIL)
    counts = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    sent = letters.filter(state="sent", sent_at__gte=now - timedelta(days=1)).order_by("-sent_at")
    took = [
        (sent_at - made).total_seconds()
        for sent_at, made in sent.values_list("sent_at", "notice__created_at")[:RECENT]
        if sent_at and sent_at >= made  # the demo's past was written in one go: its letters tell nothing of speed
    ]
    return {
        "states": {state: counts.get(state, 0) for state in STATES},
        "oldest_pending_seconds": round(oldest_waiting(now), 3),
        "sent_last_day": sent.count(),
        "commit_to_sent_p50_seconds": round(median(took), 3) if took else None,
        "commit_to_sent_max_seconds": round(max(took), 3) if took else None,
    }


def latest_letters(limit: int = 50) -> list[tuple[Notice, Delivery, Written]]:
    """The newest letters with their words, for the demo's page: letters show tokens and codes, so only there.

    Without those whose code or link has been wiped (`tidy`): they have no words any more.
    """
    rows = Delivery.objects.filter(channel=EMAIL).exclude(state="suppressed").order_by("-pk")
    rows = rows.select_related("notice__account", "notice__address")[:limit]
    return [
        (row.notice, row, write(row.notice, row.language or row.notice.recipient.language))
        for row in rows
        if row.notice.facts or row.notice.link
    ]
