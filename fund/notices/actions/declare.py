"""Reminders: every minute the deadlines of all rooms are asked who still owes what; what is due becomes a notice."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from fund.core.models import Upward
from fund.core.ringing import ring

from ..facts import pack
from ..models import Address, Delivery, Notice
from ..registry import DEADLINES, DIGEST, EMAIL, Deadline, Due, kind_of
from .notify import CHUNK, SENDER, insert, path_of

UNSENT = ("pending", "retry")


def declare(*, now: datetime) -> int:
    """Writes the reminders that are due and takes back those whose deadline moved or was met. Counts the new."""
    made = sum(declare_one(deadline, now=now) for deadline in DEADLINES.values())
    if made:
        ring(SENDER)
    return made


def declare_one(deadline: Deadline, *, now: datetime) -> int:
    """One kind of deadline, in chunks: a reminder per duty at the nearest distance that has come, and none twice."""
    message = kind_of(deadline.kind)
    unsent = _unsent(deadline)
    made = 0
    for dues in _chunks(deadline.find(now, now + deadline.remind[-1])):
        for due in dues:
            unsent.pop(_duty(due), None)
        with transaction.atomic():
            wanted = list(_new(deadline, [due for due in dues if now < due.at], now))
            made += len(insert(wanted, message, now=now, expires=True)) if wanted else 0
    obsolete = [pk for pks in unsent.values() for pk in pks]
    for at in range(0, len(obsolete), CHUNK):
        rows = Delivery.objects.filter(pk__in=obsolete[at : at + CHUNK], state__in=UNSENT, copies=0)
        rows.update(state="cancelled")
    return made


def nearest(due: Due, remind: Iterable[timedelta], now: datetime) -> timedelta | None:
    """The smallest distance whose moment has come, unless that moment lay before the duty began."""
    come = [distance for distance in remind if due.at - distance <= now]
    if not come or (due.since is not None and due.at - min(come) < due.since):
        return None
    return min(come)


def _new(deadline: Deadline, dues: list[Due], now: datetime) -> Iterator[Notice]:
    """The reminders that no notice stands for yet."""
    ids = {due.thing.pk for due in dues}
    known = set(
        Notice.objects.filter(
            kind=deadline.kind, of_id__in=ids, of_type__in={d.thing._meta.label_lower for d in dues}
        ).values_list("of_type", "of_id", "account_id", "address_id", "instant", "ahead")
    )
    for due in dues:
        ahead = nearest(due, deadline.remind, now)
        if ahead is None or (*_duty(due), ahead) in known:
            continue
        facts = dict(due.facts)
        link = path_of(due.link or facts.pop("link", None))
        yield Notice(
            **Upward.key(due.thing),
            **_recipient(due.account),
            kind=deadline.kind,
            instant=due.at,
            ahead=ahead,
            link=link,
            facts=pack(facts),
            calendar=due.calendar and due.calendar.packed(),
        )


def _duty(due: Due) -> tuple:
    recipient = _recipient(due.account)
    return (*Upward.key(due.thing).values(), recipient.get("account_id"), recipient.get("address_id"), due.at)


def _recipient(one: Any) -> dict:
    return {"address_id": one.pk} if isinstance(one, Address) else {"account_id": one.pk}


def _unsent(deadline: Deadline) -> dict[tuple, list[int]]:
    """Reminders that have not left, by duty: whoever is not found among the duties again is not reminded."""
    rows = Delivery.objects.filter(
        channel__in=(EMAIL, DIGEST),
        state__in=UNSENT,
        copies=0,
        notice__kind=deadline.kind,
        notice__ahead__gt=timedelta(),
    ).values_list("pk", *(f"notice__{name}" for name in ("of_type", "of_id", "account_id", "address_id", "instant")))
    found: dict[tuple, list[int]] = {}
    for pk, *duty in rows:
        found.setdefault(tuple(duty), []).append(pk)
    return found


def _chunks(dues: Iterable[Due]) -> Iterator[list[Due]]:
    owed = (due for due in dues if due.account is not None)
    while chunk := list(islice(owed, CHUNK)):
        yield chunk
