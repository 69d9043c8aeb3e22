"""Telling somebody: the rows of a message, written in the caller's transaction; sending is another day's work."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fund.accounts.models import Account
from fund.core.models import Upward
from fund.core.ringing import ring

from ..alike import insert_alike
from ..calendars import Entry
from ..facts import pack
from ..models import WAITING, Address, Delivery, Notice, Preference, QuietHours
from ..quiet import after_quiet
from ..registry import DAILY, DIGEST, EMAIL, INBOX, NOW, OFF, Kind, kind_of

CHUNK = 2000
SENDER = "fund.notices.tasks.send"


@transaction.atomic
def notify(
    kind: str,
    thing: Any,
    *,
    to: Any,
    now: datetime,
    facts: dict | None = None,
    link: Any = None,
    instant: datetime | None = None,
    ahead: timedelta = timedelta(),
    calendar: Entry | None = None,
) -> list[Notice]:
    """Tells each recipient once: one notice and a delivery per channel, then rings the sender after the commit.

    `to`: an account, an Address, a bare e-mail address (account letters only), or many of them; Nones are skipped.
    `facts`: what the templates show — texts, numbers, datetimes, Decimals (roubles), texts in two languages, lists.
    `link`: where the one button leads: ("applications:read", uid), or a path of ours, or facts["link"].
    `instant`: the deadline's instant; without one the act's, `now`. The same kind, thing, recipient, instant and
    distance is written once, however often it is asked for. Returns the notices newly made.
    """
    message = kind_of(kind)
    recipients = _recipients(to, message)
    facts = dict(facts or {})
    values = {
        **Upward.key(thing),
        "kind": kind,
        "instant": instant or now,
        "ahead": ahead,
        "link": path_of(link or facts.pop("link", None)),
        "facts": pack(facts),
        "calendar": calendar and calendar.packed(),
    }
    wanted = [Notice(**values, **{_column(one): one}) for one in recipients]
    made = [notice for at in range(0, len(wanted), CHUNK) for notice in insert(wanted[at : at + CHUNK], message, now=now)]
    if made:
        ring(SENDER)
    return made


def insert(wanted: list[Notice], message: Kind, *, now: datetime, expires: bool = False) -> list[Notice]:
    """Writes the notices that do not exist yet, with their deliveries. Their uids tell afterwards which were new."""
    Notice.objects.bulk_create(wanted, ignore_conflicts=True)
    ids = dict(Notice.objects.filter(uid__in=[notice.uid for notice in wanted]).values_list("uid", "pk"))
    made = [notice for notice in wanted if notice.uid in ids]
    for notice in made:
        notice.pk = ids[notice.uid]
    alike: dict[tuple, list[int]] = {}
    for notice, *delivery in _deliveries(made, message, now):
        alike.setdefault(tuple(delivery), []).append(notice.pk)
    for (channel, state, next_at), notices in alike.items():
        sent_at = timezone.now() if state == "sent" else None
        insert_alike(Delivery(channel=channel, state=state, next_at=next_at, sent_at=sent_at), notices, expires=expires)
    return made


def _deliveries(made: list[Notice], message: Kind, now: datetime) -> Iterator[tuple[Notice, str, str, datetime]]:
    """Channel, state and time of a row per channel: the inbox has it at once; the letter waits, or is not wanted."""
    modes = _modes(made, message)
    quiet = _quiet(made, message)
    for notice in made:
        if INBOX in message.channels and notice.account_id:
            yield notice, INBOX, "sent", now
        if EMAIL not in message.channels:
            continue
        mode = modes.get((notice.account_id, notice.address_id), message.default if message.optional else NOW)
        leaves = after_quiet(now, *quiet[notice.account_id]) if notice.account_id in quiet else now
        if mode == DAILY:
            yield notice, DIGEST, "pending", now
        else:
            yield notice, EMAIL, "suppressed" if mode == OFF else "pending", leaves


def _modes(made: list[Notice], message: Kind) -> dict:
    if not message.optional:
        return {}
    accounts = [notice.account_id for notice in made if notice.account_id]
    addresses = [notice.address_id for notice in made if notice.address_id]
    found = Preference.objects.filter(kind=message.name)
    rows = found.filter(account__in=accounts) | found.filter(address__in=addresses)
    return {(account, address): mode for account, address, mode in rows.values_list("account", "address", "mode")}


def _quiet(made: list[Notice], message: Kind) -> dict:
    if message.urgent or message.secret:
        return {}
    rows = QuietHours.objects.filter(account__in=[notice.account_id for notice in made if notice.account_id])
    return {
        account: (since, until, zone or settings.TIME_ZONE)
        for account, since, until, zone in rows.values_list("account", "since", "until", "account__time_zone")
    }


def _recipients(to: Any, message: Kind) -> list[Account | Address]:
    many = [to] if isinstance(to, Account | Address | str) else to
    found = {}
    for one in many:
        if isinstance(one, str):
            one = address_of(one)
        if one is None:
            continue
        if isinstance(one, Address) and one.confirmed_at is None and not message.to_anyone:
            raise ValueError(f"{message.name} may not go to an address that nobody confirmed")
        found[_column(one), one.pk] = one
    return list(found.values())


def address_of(email: str) -> Address:
    """The row of a bare address, made when it is new."""
    row = Address.objects.filter(email__iexact=email).first()
    if row is None:
        Address.objects.bulk_create([Address(email=email.lower(), language=_language())], ignore_conflicts=True)
        row = Address.objects.get(email__iexact=email)
    return row


def _language() -> str:
    from fund.core.bilingual import reader

    return reader()


def _column(one: Account | Address) -> str:
    return "address" if isinstance(one, Address) else "account"


def path_of(link: Any) -> str:
    """A path of our own site without its language: the host of a link is always ours, its language the reader's."""
    if not link:
        return ""
    if isinstance(link, tuple | list):
        link = reverse(link[0], args=link[1:])
    parts = urlsplit(str(link))
    path = re.sub(r"^/(ru|en)(?=/)", "/*", parts.path)
    return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


@transaction.atomic
def cancel(kind: str, thing: Any, *, now: datetime, recipient: Account | Address | None = None) -> int:
    """Takes back the letters of this kind about the thing that have not left yet; says how many."""
    rows = Delivery.objects.filter(
        channel__in=(EMAIL, DIGEST),
        state__in=WAITING,
        notice__kind=kind,
        **{f"notice__{k}": v for k, v in Upward.key(thing).items()},
    )
    if recipient is not None:
        rows = rows.filter(**{f"notice__{_column(recipient)}": recipient})
    return rows.exclude(copies__gt=0).update(state="cancelled")
