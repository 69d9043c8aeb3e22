"""Versions of a regulation: its digest, what differs between two, and which changes an open call permits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from fund.core.parts import Place, written
from grants.scoring.faults import path

from .schema import Regulation
from .timeline import INSTANTS

MISSING = object()


def as_data(regulation: Regulation) -> dict[str, Any]:
    """The regulation as JSON data for a row: sums and numbers as text, defaults left out. `from_data` reads it back."""
    return regulation.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def from_data(data: dict[str, Any]) -> Regulation:
    """The regulation that `as_data` wrote. Raises pydantic's ValidationError."""
    return Regulation.model_validate(data)


def digest(regulation: Regulation) -> str:
    """SHA-256 (hex) of what the regulation says: the same for 60 and 60.0, for any order of keys and any layout."""
    text = json.dumps(
        _canonical(regulation.model_dump(mode="python", by_alias=True, exclude_defaults=True)),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {written(key) if isinstance(key, Decimal) else str(key): _canonical(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_canonical(one) for one in value]
    if isinstance(value, Decimal):
        return written(value)
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two versions differ; `before` or `after` is None where it is new or gone.

    `kind`: added, removed, changed, moved (the same keys in another order).
    """

    at: Place
    kind: str
    before: Any
    after: Any

    @property
    def path(self) -> str:
        return path(self.at)


def differences(old: Regulation, new: Regulation) -> list[Change]:
    """Every difference from `old` to `new`, in the order of the file. Things with a key are matched by it.

    What is left out counts as its default: a rule taken for granted and the same rule written down do not differ.
    """
    return list(_compare(_full(old), _full(new), ()))


def _full(regulation: Regulation) -> Any:
    return _canonical(regulation.model_dump(mode="python", by_alias=True))


def _compare(old: Any, new: Any, at: Place) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _compare(_said(old, key), _said(new, key), (*at, key))
    elif isinstance(old, list) and isinstance(new, list) and _keyed(old + new):
        yield from _compare_keyed(old, new, at)
    elif isinstance(old, list) and isinstance(new, list):
        for place in range(max(len(old), len(new))):
            yield from _compare(_item(old, place), _item(new, place), (*at, place))
    elif old != new:
        kind = "added" if old is MISSING else "removed" if new is MISSING else "changed"
        yield Change(at, kind, None if old is MISSING else old, None if new is MISSING else new)


def _said(values: dict[str, Any], key: str) -> Any:
    """What stands under a key; nothing said is the same as no key."""
    value = values.get(key)
    return MISSING if value is None else value


def _item(values: list[Any], place: int) -> Any:
    return values[place] if place < len(values) else MISSING


def _keyed(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(one, dict) and "key" in one for one in values)


def _compare_keyed(old: list[Any], new: list[Any], at: Place) -> Iterator[Change]:
    before, after = {one["key"]: one for one in old}, {one["key"]: one for one in new}
    for key in [*before, *(key for key in after if key not in before)]:
        yield from _compare(before.get(key, MISSING), after.get(key, MISSING), (*at, key))
    shared_before, shared_after = [key for key in before if key in after], [key for key in after if key in before]
    if shared_before != shared_after:
        yield Change(at, "moved", shared_before, shared_after)


def refused_changes(old: Regulation, new: Regulation) -> list[Change]:
    """The differences that an open call does not permit; empty if `new` may replace `old`.

    Permitted are a later moment of the timeline (after `opens`), a larger envelope, and further clarifications.
    Source: domain.md, "Once open, only three things may change".
    """
    return [change for change in differences(old, new) if not _is_permitted(change, old, new)]


def _is_permitted(change: Change, old: Regulation, new: Regulation) -> bool:
    if change.at[0] == "timeline" and len(change.at) == 2 and change.at[1] in INSTANTS[1:]:
        before, after = getattr(old.timeline, str(change.at[1])), getattr(new.timeline, str(change.at[1]))
        return before is not None and after is not None and after > before
    if change.at == ("money", "envelope"):
        return new.envelope > old.envelope
    if change.at[0] == "clarifications":
        return new.clarifications[: len(old.clarifications)] == old.clarifications
    return False
