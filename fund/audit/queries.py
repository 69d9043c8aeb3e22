"""Reading the chain: is it whole, and where is it not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .digests import START, digest_of, link_digest
from .models import Entry, Link

CHUNK = 2000
LATE = timedelta(minutes=5)
MOST_FAULTS = 100


@dataclass
class Verdict:
    """What a walk along the chain found; `last` is worth writing down elsewhere: a cut tail shows by nothing else."""

    faults: list[str] = field(default_factory=list)
    links: int = 0
    erased: int = 0
    last: Link | None = None


def head() -> Link | None:
    """The newest link."""
    return Link.objects.last()


def verify(*, now: datetime, expected: tuple[int, str] | None = None) -> Verdict:
    """Walks the whole chain. `expected`: a position and digest that were written down before."""
    found = Verdict()
    position, digest, seen = 0, START, None
    for link, entry in _links():
        if link.position != position + 1:
            _add(found, f"gap: {_positions(position + 1, link.position - 1)} missing")
            digest = None
        if fault := _fault(link, entry, digest):
            _add(found, f"position {link.position}, entry {link.entry_id}: {fault}")
        if expected and link.position == expected[0]:
            seen = link.digest
        found.links += 1
        found.erased += entry is not None and not hasattr(entry, "personal")
        found.last, position, digest = link, link.position, link.digest
    if expected and seen != expected[1]:
        what = "another digest" if seen else "no such position: the tail is cut"
        _add(found, f"position {expected[0]} was written down before: {what}")
    for entry in Entry.objects.unchained().filter(at__lt=now - LATE).order_by("pk")[:MOST_FAULTS]:
        _add(found, f"entry {entry.pk} ({entry}) of {entry.at.isoformat()}: in no link after {LATE.seconds // 60} minutes")
    return found


def _fault(link: Link, entry: Entry | None, previous: str | None) -> str:
    """What is wrong with one link, in words; empty when nothing is. After a gap nobody knows what stood before."""
    if entry is None:
        return "the entry is gone"
    if previous is not None and link_digest(previous, link.position, entry.columns()) != link.digest:
        return f"altered ({entry} of {entry.at.isoformat()}), or the link itself"
    side = getattr(entry, "personal", None)
    if side and digest_of(side.salt, side.why, side.values) != entry.digest:
        return f"its personal side was altered ({entry})"
    return ""


def _links() -> Iterator[tuple[Link, Entry | None]]:
    after = 0
    while links := list(Link.objects.filter(position__gt=after)[:CHUNK]):
        # Each by itself: a join would pass over a link whose entry is gone.
        entries = Entry.objects.select_related("personal").in_bulk([link.entry_id for link in links])
        yield from ((link, entries.get(link.entry_id)) for link in links)
        after = links[-1].position


def _positions(first: int, last: int) -> str:
    return f"position {first}" if first == last else f"positions {first} to {last}"


def _add(found: Verdict, fault: str) -> None:
    if len(found.faults) < MOST_FAULTS:
        found.faults.append(fault)
