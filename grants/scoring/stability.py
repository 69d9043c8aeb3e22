"""How firm a ranking is: which places flip if a weight moves by a tenth, the average changes, or one expert is missing."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal, NamedTuple

from .draw import Draw
from .numbers import exact
from .ranking import candidates, place
from .rules import Aggregation, Rules
from .selection import grant
from .sheets import Entry, Sheet
from .standing import Standing, is_normalised, stand
from .totals import Judged, judge

Kind = Literal["weight_up", "weight_down", "aggregation", "expert_out"]
Progress = Callable[[int, int], None]

UP, DOWN = Decimal("1.1"), Decimal("0.9")
SWAPPED: dict[Aggregation, Aggregation] = {
    "mean": "median",
    "median": "mean",
    "trimmed": "median",
    "criterion_mean": "criterion_median",
    "criterion_median": "criterion_mean",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """An application whose place changes; None: it has no place, since it does not pass."""

    application: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One change and what it does. `of` is the criterion's key, the expert, or the other average.

    `moved` counts all places that change, `moves` lists those within the first `Stability.shown` places; `enters` and
    `leaves` are the applications that gain and lose the money.
    """

    kind: Kind
    of: str
    moved: int
    moves: tuple[Moved, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


class Seen(NamedTuple):
    """One ranking: places by application, and who has the money (without an envelope: who passed)."""

    places: dict[str, int]
    funded: frozenset[str]


class Stability:
    """All scenarios, and per application its best and worst place and in how many scenarios it has the money.

    `best` and `worst` are places from 1, the ranking itself included; `worst` is None for one that sometimes does not
    pass. `funded` counts scenarios out of `of_scenarios`.
    """

    def __init__(self, shown: int, of: int, base: Seen):
        self.shown, self.of_scenarios, self.base = shown, of, base
        self.scenarios: list[Scenario] = []
        self.best = dict(base.places)
        self.worst: dict[str, int | None] = dict(base.places)
        self.funded: Counter[str] = Counter(dict.fromkeys(base.funded, of))

    @property
    def solid(self) -> set[str]:
        """Applications that have the money in every scenario."""
        return {application for application, times in self.funded.items() if times == self.of_scenarios}

    def add(self, kind: Kind, of: str, seen: Seen) -> None:
        """Notes what one scenario changes against the base."""
        before, after = self.base.places, seen.places
        self._widen(after)
        names = [name for name, place in before.items() if after.get(name) != place] + [
            name for name in after if name not in before
        ]
        near = [
            name
            for name in names
            if before.get(name, self.shown + 1) <= self.shown or after.get(name, self.shown + 1) <= self.shown
        ]
        enters, leaves = seen.funded - self.base.funded, self.base.funded - seen.funded
        self.funded.update(enters)
        self.funded.subtract(leaves)
        moves = tuple(Moved(name, before.get(name), after.get(name)) for name in near)
        self.scenarios.append(Scenario(kind, of, len(names), moves, tuple(sorted(enters)), tuple(sorted(leaves))))

    def _widen(self, after: dict[str, int]) -> None:
        best, worst = self.best, self.worst
        for name, now in after.items():
            if now < best.get(name, now + 1):
                best[name] = now
            if now > (worst.get(name) or now):
                worst[name] = now
        for name in self.base.places.keys() - after.keys():
            worst[name] = None


def stability(
    rules: Rules,
    entries: Sequence[Entry],
    sheets: Sequence[Sheet],
    *,
    envelope: Decimal | None = None,
    lot_seed: str | None = None,
    votes: Sequence[str] | None = None,
    draw: Draw | None = None,
    shown: int = 200,
    progress: Progress = lambda done, of: None,
) -> Stability:
    """Ranks again under every small change: each weight × 1.1 and × 0.9, mean ↔ median, each expert left out.

    Inputs as for `rank`; `progress(done, of)` is called after each scenario, for a job that shows how far it is. Where a
    tie waits for a vote or a lot, equals share a place before and after. Raises Faulty. Source: domain.md, "stability".
    """
    with exact():
        judged, draw = judge(rules, entries, sheets), draw or Draw.of(lot_seed, votes)
        base = _Base(rules, judged, draw)
        here = _seen(rules, base.standings, draw, envelope)
        scenarios = list(_scenarios(base))
        found = Stability(shown, len(scenarios), here)
        for done, (kind, of, changed, again) in enumerate(scenarios, 1):
            found.add(kind, of, _seen(changed, again(), draw, envelope))
            progress(done, len(scenarios))
        return found


class _Base:
    """The ranking as it is. Everything in its order: a list that is nearly in order is sorted again in no time."""

    def __init__(self, rules: Rules, judged: Sequence[Judged], draw: Draw):
        self.rules, self.draw = rules, draw
        standings = stand(rules, judged, draw)
        order = sorted(range(len(judged)), key=lambda number: standings[number].keys)
        self.judged = [judged[number] for number in order]
        self.standings = [standings[number] for number in order]
        self.by_expert: dict[str, set[int]] = {}
        for number, one in enumerate(self.judged):
            for expert in filter(None, one.experts):
                self.by_expert.setdefault(expert, set()).add(number)
        self.is_normalised = is_normalised(standings)

    def under(self, changed: Rules) -> list[Standing]:
        same = changed.aggregation == self.rules.aggregation
        return stand(changed, self.judged, self.draw, [one.criteria for one in self.standings] if same else None)

    def without(self, expert: str) -> list[Standing]:
        """Standings without one expert; where nothing is normalised only this expert's applications are measured again."""
        touched = self.by_expert[expert]
        if self.is_normalised:
            return stand(self.rules, [_dropped(one, expert) for one in self.judged], self.draw)
        again = stand(self.rules, [_dropped(self.judged[number], expert) for number in sorted(touched)], self.draw)
        return [one for number, one in enumerate(self.standings) if number not in touched] + again


def _scenarios(base: _Base) -> Iterator[tuple[Kind, str, Rules, Callable[[], list[Standing]]]]:
    """Each scenario with the rules it holds under and the way to measure again; nothing is measured yet."""
    for number, criterion in enumerate(base.rules.criteria):
        yield "weight_up", criterion.key, *_under(base, _reweighed(base.rules, number, UP))
        yield "weight_down", criterion.key, *_under(base, _reweighed(base.rules, number, DOWN))
    other = SWAPPED[base.rules.aggregation]
    yield "aggregation", other, *_under(base, base.rules.model_copy(update={"aggregation": other}))
    for expert in sorted(base.by_expert):
        yield "expert_out", expert, base.rules, partial(base.without, expert)


def _under(base: _Base, changed: Rules) -> tuple[Rules, Callable[[], list[Standing]]]:
    return changed, partial(base.under, changed)


def _reweighed(rules: Rules, number: int, factor: Decimal) -> Rules:
    changed = rules.criteria[number].times(factor)
    return rules.model_copy(update={"criteria": (*rules.criteria[:number], changed, *rules.criteria[number + 1 :])})


def _dropped(one: Judged, expert: str) -> Judged:
    kept = [number for number, name in enumerate(one.experts) if name != expert]
    return Judged(one.entry, tuple(one.experts[number] for number in kept), tuple(one.rows[number] for number in kept))


def _seen(rules: Rules, standings: Sequence[Standing], draw: Draw, envelope: Decimal | None) -> Seen:
    placed = place(rules, standings, draw)
    if envelope is None:
        return Seen(placed.places, frozenset(placed.places))
    return Seen(placed.places, frozenset(grant(candidates(placed), envelope, rules.selection).granted))
