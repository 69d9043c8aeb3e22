"""Sending: take letters by lease, send them, write down how it went; heal what a dead sender left behind.

Every write is fenced by owner and attempt, so that a sender whose lease ran out cannot overwrite its successor. Each
write is a transaction of its own: `sending` is in the database before the data leaves, `sent` just after.
"""

import logging
import os
import secrets
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fund.core.ringing import ring

from ..letters import compose
from ..models import Delivery, Preference
from ..post import Post, Turned, Unreachable
from ..registry import OFF, kind_of
from ..workflow import WORKFLOW
from .notify import SENDER

BATCH = 25
LEASE = timedelta(seconds=60)
SENDING = timedelta(seconds=60)  # longer than the mail server may keep silent (EMAIL_TIMEOUT) over one letter
RUN = 20.0  # seconds a run lasts at most, so that a worker that is asked to stop can
MOST_COPIES = 3
MOST_REFUSALS = 20  # about half a day of "not now"
MOST_FAULTS = 5  # of our own making: a template that cannot be rendered
AWAY = timedelta(seconds=30)
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


def send_due(*, clock: Clock = timezone.now) -> int:
    """Sends what is due until nothing is, or the run is long enough; rings another sender while there is more. Counts the sent."""
    if not Delivery.objects.due(clock()).exists():
        return 0
    owner = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
    began, sent = monotonic(), 0
    with Post() as post:
        while batch := lease(owner, now=clock()):
            if len(batch) == BATCH:
                ring(SENDER)
            try:
                sent += sum(send_one(delivery, post, clock) for delivery in batch)
            except Unreachable as away:
                log.warning("mail_server_away")
                put_back(owner, str(away), now=clock())
                break
            if monotonic() - began > RUN:
                ring(SENDER)
                break
    return sent


@transaction.atomic
def lease(owner: str, *, now: datetime, most: int = BATCH) -> list[Delivery]:
    """Takes the oldest due letters that nobody else holds: SKIP LOCKED on PostgreSQL, the write lock on SQLite."""
    due = Delivery.objects.due(now).select_for_update(skip_locked=True)
    ids = list(due.values_list("pk", flat=True)[:most])
    if not ids:
        return []
    mine = Delivery.objects.filter(pk__in=ids, state__in=WORKFLOW.by_name["lease"].source)
    mine.update(state="leased", owner=owner, until=now + LEASE, attempt=F("attempt") + 1)
    taken = Delivery.objects.filter(pk__in=ids, state="leased", owner=owner)
    return list(taken.select_related("notice__account", "notice__address").order_by("next_at", "pk"))


def send_one(delivery: Delivery, post: Post, clock: Clock) -> bool:
    """One letter from its lease to its end; True if it left. Nothing wrong with it stops the ones behind."""
    if delivery.expires_at and delivery.expires_at <= clock():
        move("expire", delivery)
        return False
    language = delivery.language or delivery.notice.recipient.language
    try:
        letter = None if is_unwanted(delivery) else compose(delivery, language)
    except Exception as error:  # a template that fails, a kind no room has any more: this letter waits, the others go
        log.warning("letter_not_written", extra={"kind": delivery.notice.kind, "error": type(error).__name__})
        turn_down(delivery, "retry", f"{type(error).__name__}: {error}", now=clock(), most=MOST_FAULTS)
        return False
    if letter is None:
        move("suppress", delivery)
        return False
    post.open()
    if not move("begin", delivery, language=language, copies=delivery.copies + 1, until=clock() + SENDING):
        return False
    delivery.copies += 1
    try:
        post.deliver(letter)
    except Turned as turned:
        turn_down(delivery, turned.verdict, turned.why, now=clock())
        return False
    return move("confirm", delivery, sent_at=clock(), error="")


def turn_down(delivery: Delivery, verdict: str, why: str, *, now: datetime, most: int = MOST_REFUSALS) -> None:
    """Writes down that a letter did not go, or perhaps did: later again, or a dead letter for a person to look at."""
    refusals = delivery.refusals + 1
    if verdict == "failed" or refusals >= most or (verdict == "uncertain" and delivery.copies >= MOST_COPIES):
        move("give_up", delivery, error=why[:300], refusals=refusals)
        return
    name = "doubt" if verdict == "uncertain" else "postpone"
    move(name, delivery, error=why[:300], refusals=refusals, next_at=now + backoff(refusals))


def backoff(refusals: int) -> timedelta:
    """30 s, 1 min, 2 min … up to an hour."""
    return min(timedelta(seconds=30 * 2 ** min(refusals - 1, 10)), timedelta(hours=1))


def move(name: str, delivery: Delivery, **written) -> bool:
    """One fenced write; False when the lease has passed to another."""
    step = WORKFLOW.by_name[name]
    if step.to != "sending":
        written |= {"owner": "", "until": None}
    fenced = Delivery.objects.filter(pk=delivery.pk, state__in=step.source, owner=delivery.owner, attempt=delivery.attempt)
    return fenced.update(state=step.to, **written) == 1


def put_back(owner: str, why: str, *, now: datetime) -> None:
    """The server is away: what this run holds waits half a minute; no letter is blamed for it."""
    held = Delivery.objects.filter(owner=owner, state="leased")
    held.update(state="retry", owner="", until=None, next_at=now + AWAY, error=why)


def is_unwanted(delivery: Delivery) -> bool:
    """Was the account closed, or the kind switched off, after the letter was written?"""
    notice = delivery.notice
    if not notice.recipient.is_active:
        return True
    if not kind_of(notice.kind).optional:
        return False
    own = Preference.objects.filter(kind=notice.kind, account=notice.account_id, address=notice.address_id)
    return own.filter(mode=OFF).exists()


def heal(*, now: datetime) -> int:
    """What dead senders left: leases that ran out are tried again, broken-off sendings become uncertain, late ones expire."""
    over = {"owner": "", "until": None}
    lapsed = Delivery.objects.filter(until__lt=now)
    healed = lapsed.filter(state="leased").update(state="retry", next_at=now, **over)
    broken = lapsed.filter(state="sending")
    healed += broken.filter(copies__lt=MOST_COPIES).update(state="uncertain", next_at=now, error="no answer", **over)
    healed += broken.filter(copies__gte=MOST_COPIES).update(state="failed", error="no answer, thrice", **over)
    late = Delivery.objects.filter(state__in=("pending", "retry", "uncertain"), expires_at__lte=now)
    return healed + late.update(state="expired")
