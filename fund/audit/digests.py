"""What the digests of the journal are made of: plain values in, hexadecimal out."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

START = "0" * 64  # what the first link follows


def digest_of(salt: str, why: str, values: dict) -> str:
    """The salted digest that stands in the entry instead of the personal values."""
    body = json.dumps([salt, why, values], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(body.encode()).hexdigest()


def link_digest(previous: str, position: int, columns: Iterable[Any]) -> str:
    """A link's digest: the one before it, its own position, every column of its entry (the personal ones by their digest)."""
    body = json.dumps([previous, position, *columns], sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(body.encode()).hexdigest()


def _plain(value: Any) -> str:
    """An instant reads the same whatever zone the database answers in."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
