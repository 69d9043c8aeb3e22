"""Reading the tables: rows, roles, and the names of all addresses that must stand in one of them."""

import csv
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

from django.urls import URLPattern, get_resolver

HERE = Path(__file__).parent
ROLES = (
    *("anonymous", "stranger", "applicant", "teammate", "expert", "council_member"),
    *("director", "officer", "accountant", "admin"),
)
# The admin's own pages are tried all at once (test_access.py): one answer for whoever is no administrator.
ELSEWHERE = ("admin:",)


@dataclass
class World:
    """What the rooms built so far: the cast, things by name for rooms above, arguments of addresses."""

    cast: SimpleNamespace
    things: dict = field(default_factory=dict)
    kwargs: dict[str, dict] = field(default_factory=dict)

    def arguments(self, url: str, names: set[str]) -> dict:
        known = self.kwargs.get(url) or self.kwargs.get(url.partition(":")[0], {})
        if lacking := names - known.keys():
            raise LookupError(f"{url}: tests/house/access/{url.partition(':')[0]}.py gives no {', '.join(sorted(lacking))}")
        return {name: known[name] for name in names}


def tables() -> dict[str, list[dict]]:
    """Room → its rows."""
    return {path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in sorted(HERE.glob("*.csv"))}


def addresses() -> dict[str, set[str]]:
    """Name → its arguments, of every address that has a name."""
    found: dict[str, set[str]] = {}

    def walk(patterns, namespace: str, arguments: set[str]) -> None:
        for entry in patterns:
            own = arguments | set(entry.pattern.regex.groupindex)
            if not isinstance(entry, URLPattern):
                walk(entry.url_patterns, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, own)
            elif entry.name:
                found.setdefault(namespace + entry.name, own)

    walk(get_resolver().url_patterns, "", set())
    return {name: own for name, own in found.items() if not name.startswith(ELSEWHERE)}


def build(cast: SimpleNamespace, order: list[str]) -> World:
    """The small world, room by room from below."""
    world = World(cast)
    for room in order:
        if find_spec(f"tests.house.access.{room}"):
            import_module(f"tests.house.access.{room}").world(world)
    return world
