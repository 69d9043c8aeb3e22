"""What keeps a release back although this room knows nothing of it: rooms above name theirs."""

from collections.abc import Callable
from typing import Any

# Name → a function of the call that says, in sentences, what must be settled before its release.
OBSTACLES: dict[str, Callable[[Any], list[str]]] = {}


def obstacle(name: str, find: Callable[[Any], list[str]]) -> None:
    """A room's apps.ready() adds what it knows of."""
    OBSTACLES[name] = find


def named_above(call: Any) -> list[str]:
    return [sentence for find in OBSTACLES.values() for sentence in find(call)]
