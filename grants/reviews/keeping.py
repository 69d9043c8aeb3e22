"""What keeps handed-in sheets as they are: a room above names the applications whose sheets may not change any more."""

from collections.abc import Callable
from typing import Any

# Name of the reason → rows that each have an `application`. Councils keep what a pending decision rests on.
KEEPING: dict[str, Callable[[], Any]] = {}


def keeps(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Adds a rule; a room's apps.ready() imports the module it stands in."""

    def add(rule: Callable[[], Any]) -> Callable[[], Any]:
        KEEPING[name] = rule
        return rule

    return add


def is_kept(application: Any) -> bool:
    """May no sheet on this application be given back or changed any more?"""
    return any(rule().filter(application=application.pk).exists() for rule in KEEPING.values())
