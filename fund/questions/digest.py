"""Answers as one canonical text, its hash for receipts, and the difference between two sets of answers."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from .conditions import is_same


def canonical(data: Any) -> str:
    """JSON with sorted keys and no spaces: equal data give equal text, on any machine."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(data: Any) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Question key → (answer before, answer after), for those that differ; a missing answer is None."""
    keys = sorted(before.keys() | after.keys())
    return {key: (before.get(key), after.get(key)) for key in keys if not is_same(before.get(key), after.get(key))}
