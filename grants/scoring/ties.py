"""Equals parted by the chain the rules give; what the chain cannot part yet is said, never guessed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from .draw import Draw
from .rules import Rules, Tie
from .standing import Standing, by_itself, tie_key

Pending = Literal["vote", "lot", "end"]


@dataclass(frozen=True, slots=True)
class Equals:
    """Applications that nothing has parted, in the order of their numbers, and what they wait for: the chair's vote, a
    lot, or nothing more ("end": the chain is over)."""

    members: tuple[Standing, ...]
    pending: Pending


def in_order(standings: Iterable[Standing], rules: Rules, draw: Draw) -> tuple[list[Standing], list[Equals]]:
    """Applications, best first, by the rounded ranking value, then by the chain; and those left equal.

    Source: domain.md, "Ties".
    """
    ordered = sorted(standings, key=_keys)
    rest = rules.ties[len(by_itself(rules.ties, draw)) :]
    left: list[Equals] = []
    for start, end in _runs(ordered):
        parts = list(_parted(tuple(ordered[start:end]), rules, rest, draw))
        ordered[start:end] = [one for part in parts for one in part.members]
        left += [part for part in parts if len(part.members) > 1]
    return ordered, left


def _keys(standing: Standing) -> tuple[Any, ...]:
    return standing.keys


def _runs(ordered: Sequence[Standing]) -> Iterator[tuple[int, int]]:
    """Stretches of two and more with equal keys, as (start, end)."""
    start, before = 0, None
    for place, standing in enumerate(ordered):
        if standing.keys != before:
            if place - start > 1:
                yield start, place
            start, before = place, standing.keys
    if len(ordered) - start > 1:
        yield start, len(ordered)


def _parted(members: tuple[Standing, ...], rules: Rules, chain: Sequence[Tie], draw: Draw) -> Iterator[Equals]:
    """Equals parted by the rest of a chain, from its vote or its lot on."""
    if len(members) == 1 or not chain:
        yield Equals(_by_number(members), "end")
    elif pending := _awaits(chain[0], members, draw):
        yield Equals(_by_number(members), pending)
    else:
        for part in _apart(members, rules, chain[0], draw):
            yield from _parted(part, rules, chain[1:], draw)


def _awaits(tie: Tie, members: Sequence[Standing], draw: Draw) -> Pending | None:
    """What a vote or a lot among `members` still waits for; either must hold for every one of them."""
    names = [member.application for member in members]
    if tie.by == "lot" and draw.lot_among(names) is None:
        return "lot"
    if tie.by == "vote" and draw.vote_among(names) is None:
        return "vote"
    return None


def _apart(members: Sequence[Standing], rules: Rules, tie: Tie, draw: Draw) -> list[tuple[Standing, ...]]:
    """One step of the chain: the parts it makes, best first."""
    key = _key(rules, tie, draw, [member.application for member in members])
    return [tuple(part) for _, part in groupby(sorted(members, key=key), key=key)]


def _key(rules: Rules, tie: Tie, draw: Draw, names: Sequence[str]) -> Callable[[Standing], Any]:
    """What one step sorts these members by; a vote and a lot are there, or the step would wait."""
    if tie.by == "vote" and (vote := draw.vote_among(names)):
        return lambda standing: vote[standing.application]
    if tie.by == "lot" and (lot := draw.lot_among(names)):
        return lambda standing: lot.key(standing.application)
    return lambda standing: tie_key(tie, rules, draw, standing.entry, standing.spread, standing.criteria)


def _by_number(members: tuple[Standing, ...]) -> tuple[Standing, ...]:
    return tuple(sorted(members, key=lambda standing: standing.application))


def steps_between(equals: Sequence[Standing], rules: Rules, draw: Draw) -> dict[str, tuple[Tie, ...]]:
    """For applications of one ranking value: the steps of the chain that parted each from any of the others."""
    found: dict[str, tuple[Tie, ...]] = {}
    together: list[tuple[Standing, ...]] = [tuple(equals)]
    for tie in rules.ties:
        parted = []
        for members in together:
            if len(members) == 1 or _awaits(tie, members, draw):
                continue
            parts = _apart(members, rules, tie, draw)
            if len(parts) > 1:
                found.update({one.application: (*found.get(one.application, ()), tie) for one in members})
            parted += parts
        together = parted
    return found
