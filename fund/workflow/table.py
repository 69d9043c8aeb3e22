"""What a workflow is: a flat table of moves. Rooms keep theirs in `workflow.py` as WORKFLOW."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

Who = Callable[[Any, Any], bool]


def by_time(user: Any, thing: Any) -> bool:
    """The `who` of moves that only a task performs: nobody's button, the clock's."""
    return user is None


@dataclass(frozen=True)
class Move:
    """One act: from which states, to which, what the button says, who may (the room's own can_<verb>)."""

    name: str
    source: tuple[str, ...]
    to: str
    label: Any
    who: Who


@dataclass(frozen=True)
class State:
    """One state: its word for the people inside, its word for the applicant if that differs, the colour of its pill."""

    label: Any
    tone: str = "mute"
    public_label: Any = None


@dataclass(frozen=True)
class Workflow:
    """All states and moves of one model."""

    model: str
    initial: str
    states: dict[str, State]
    final: tuple[str, ...]
    moves: tuple[Move, ...]
    by_name: dict[str, Move] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "by_name", {move.name: move for move in self.moves})
        if len(self.by_name) != len(self.moves):
            raise ValueError(f"{self.model}: two moves of one name")
        used = {state for move in self.moves for state in (*move.source, move.to)} | {self.initial, *self.final}
        if unknown := used - self.states.keys():
            raise ValueError(f"{self.model}: moves name states that the table lacks: {sorted(unknown)}")

    def choices(self) -> list[tuple[str, Any]]:
        return [(name, state.label) for name, state in self.states.items()]

    def fits(self, thing: Any, *moves: str) -> bool:
        """Does one of these moves start where the thing stands?"""
        return any(thing.state in self.by_name[move].source for move in moves)

    def no_more(self, thing: Any) -> str:
        """What is said where none does."""
        return gettext("This cannot be done now: it is “%(state)s”.") % {"state": self.states[thing.state].label}

    def open_to(self, user: Any, thing: Any) -> list[Move]:
        """The moves this user may make now: what a page offers as buttons."""
        return [move for move in self.moves if thing.state in move.source and move.who(user, thing)]


def all_workflows() -> list[Workflow]:
    """Every room's table, found through the app registry."""
    from importlib import import_module
    from importlib.util import find_spec

    from django.apps import apps

    found = []
    for config in apps.get_app_configs():
        name = f"{config.name}.workflow"
        if config.name.split(".")[0] in ("fund", "grants", "events", "volunteers", "portal") and find_spec(name):
            module = import_module(name)
            found += [value for value in vars(module).values() if isinstance(value, Workflow) and value not in found]
    return found
