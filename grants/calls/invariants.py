"""A call says what the version of its regulation in force says, and what is frozen at the opening stayed as it was."""

from collections.abc import Iterable, Iterator
from typing import Any

from fund.core.invariants import invariant

from .actions.adopting import columns
from .models import Call, Version
from .regulation import as_data, digest, from_data

# What an open call may never change; the rest takes a later date, more money, clearer words.
FROZEN = ("questions", "rules", "eligibility", "review")


@invariant("calls.Call", "says what its regulation in force says")
def other_than_regulation() -> Iterable[Any]:
    return [call for call in Call.objects.iterator() if any(getattr(call, n) != v for n, v in columns(call.regulation).items())]


@invariant("calls.Version", "has the digest of its contents")
def other_digest() -> Iterable[Any]:
    # Read anew: `version.regulation` is kept by its digest, which is what is doubted here.
    return [version for version in Version.objects.iterator() if digest(from_data(version.data)) != version.digest]


@invariant("calls.Version", "is numbered without gaps")
def gaps() -> Iterator[Any]:
    for call in Call.objects.prefetch_related("versions"):
        yield from (version for place, version in enumerate(call.versions.all(), 1) if version.number != place)


@invariant("calls.Version", "leaves questions, rubric and rules of an open call as they were")
def thawed() -> Iterator[Any]:
    for call in Call.objects.prefetch_related("versions"):
        before = None
        for version in call.versions.all():
            data = as_data(from_data(version.data))
            if version.is_amendment and any(before.get(part) != data.get(part) for part in FROZEN):
                yield version
            before = data
