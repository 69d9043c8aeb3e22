"""The verbs of this room: record an act, in the transaction that does it; chain what was recorded."""

from collections.abc import Iterable
from datetime import datetime
from time import monotonic
from typing import Any

from django.db import IntegrityError, models, transaction

from .digests import START, digest_of, link_digest
from .models import Entry, Link, Personal, new_salt

SEEN = 20_000  # entries looked for at once
BATCH = 500  # links written in one transaction: SQLite has one writer, and others wait for it
RUN = 20.0  # seconds a run lasts at most


def record(
    verb: str,
    thing: models.Model,
    *,
    by: Any,
    now: datetime,
    for_: Any = None,
    source: str = "",
    to: str = "",
    why: str = "",
    facts: dict | None = None,
    personal: dict | None = None,
) -> Entry:
    """Adds the entry, and beside it what is personal (a reason is: people write names into it)."""
    salt = new_salt()
    values = personal or {}
    entry = Entry.objects.create(
        **Entry.key(thing),
        at=now,
        verb=verb,
        by=by if getattr(by, "pk", None) else None,
        for_id=for_.pk if for_ is not None else None,
        source=source,
        to=to,
        facts=facts or {},
        digest=digest_of(salt, why, values),
    )
    if why or values:
        Personal.objects.create(entry=entry, salt=salt, why=why, values=values)
    return entry


def record_all(verb: str, things: Iterable[tuple[models.Model, dict]], *, by: Any, now: datetime, to: str = "") -> None:
    """Adds an entry for each of many things with its facts, in a few queries; nothing personal lies beside them."""
    Entry.objects.bulk_create(
        [
            Entry(**Entry.key(thing), at=now, verb=verb, by=by, to=to, facts=facts, digest=digest_of(new_salt(), "", {}))
            for thing, facts in things
        ],
        batch_size=BATCH,
    )


def chain() -> int:
    """Gives every entry without a link the next position, in the order in which it first sees them. Counts the links.

    Ids are given before the commit, so an entry may appear behind younger ones: positions follow what was seen, not ids.
    """
    began, made = monotonic(), 0
    while seen := list(Entry.objects.unchained().order_by("pk").values_list("pk", flat=True)[:SEEN]):
        for at in range(0, len(seen), BATCH):
            linked = chain_batch(seen[at : at + BATCH])
            made += linked
            # Nothing written: another job was quicker, and goes on where it is.
            if not linked or monotonic() - began > RUN:
                return made
    return made


def chain_batch(ids: list[int]) -> int:
    """Links these entries behind the last one. Two jobs at once want the same positions: the key lets one of them through."""
    try:
        with transaction.atomic():
            last = Link.objects.last()
            position, digest = (last.position, last.digest) if last else (0, START)
            links = []
            for entry in Entry.objects.filter(pk__in=ids).order_by("pk"):
                position += 1
                digest = link_digest(digest, position, entry.columns())
                links.append(Link(position=position, entry=entry, digest=digest))
            Link.objects.bulk_create(links)
    except IntegrityError:
        return 0
    return len(links)
