"""What must be true of the whole database beyond its constraints: named rules that rooms add, walked by one command.

A constraint speaks of one row; an invariant compares rows, tables, or a row and what it was computed from. A room's
`invariants.py` holds its rules; each answers with the rows that break it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

Rule = Callable[[], Iterable[Any]]
RULES: dict[tuple[str, str], Rule] = {}
OURS = ("fund", "grants", "events", "volunteers", "portal")


@dataclass(frozen=True)
class Breach:
    """One rule and the primary keys of the rows that break it."""

    label: str
    name: str
    rows: tuple[Any, ...]


def invariant(label: str, name: str) -> Callable[[Rule], Rule]:
    """Adds a rule about a model ("calls.Call"); the function gives the rows, or their keys, that break it."""

    def add(rule: Rule) -> Rule:
        if RULES.setdefault((label, name), rule) is not rule:
            raise ValueError(f"{label} already has an invariant named {name!r}")
        return rule

    return add


def all_rules() -> dict[tuple[str, str], Rule]:
    """Every room's rules, found through the app registry."""
    for config in apps.get_app_configs():
        module = f"{config.name}.invariants"
        if config.name.split(".")[0] in OURS and find_spec(module):
            import_module(module)
    return dict(sorted(RULES.items()))


def breaches() -> Iterator[Breach]:
    """Asks every rule in turn; only what is broken."""
    for (label, name), rule in all_rules().items():
        if rows := tuple(getattr(row, "pk", row) for row in rule()):
            yield Breach(label, name, rows)
