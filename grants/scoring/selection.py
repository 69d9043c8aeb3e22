"""Who is funded within the envelope: stop, skip, best total or partial; then the reserve, in order."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from fund.core.parts import N_

from .faults import Reason, faulty
from .knapsack import Item, best_set
from .numbers import ZERO
from .rules import Selection

NO_ROOM = Reason("no_room", N_("the envelope has no room left"))
PARTIAL = Reason("partial", N_("gets the rest of the envelope"))
NOT_IN_BEST = Reason("not_in_best", N_("not in the set with the best total"))
TIED = Reason("tied", N_("tied across the line: the vote or the lot decides"))


class Candidate(NamedTuple):
    """An application that passed. `amount` asked and `minimum` accepted in roubles, `value` its ranking value;
    candidates on the same `place` are equals that nothing has parted yet."""

    application: str
    place: int
    amount: Decimal
    value: Decimal
    minimum: Decimal | None = None


@dataclass(slots=True)
class Selected:
    """Sums granted, in roubles, by application; places in the reserve, from 1; who waits for a tie to be parted."""

    envelope: Decimal
    granted: dict[str, Decimal] = field(default_factory=dict)
    reserve: dict[str, int] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    reasons: dict[str, Reason] = field(default_factory=dict)

    @property
    def spent(self) -> Decimal:
        return sum(self.granted.values(), ZERO)

    @property
    def left(self) -> Decimal:
        """Roubles of the envelope that nobody got. Negative never."""
        return self.envelope - self.spent


def select(candidates: Sequence[Candidate], envelope: Decimal, selection: Selection) -> Selected:
    """Divides `envelope` roubles among candidates, given best first.

    stop: down the list until one does not fit. skip: past those that do not fit. partial: the first that does not fit
    gets the rest if that is at least its minimum, then stop (no minimum stated: no partial sum). best_total: the set
    with the greatest sum of values; among equals the cheaper, then the one with the higher-ranked members. Where the
    outcome hangs on a tie that is not parted yet, those concerned are `undecided` and get nothing; so are those whose
    place within the limit of the reserve hangs on one.
    Source: domain.md, "Selection under the envelope".
    """
    selected = grant(candidates, envelope, selection)
    waiting = [c for c in candidates if c.application not in selected.granted and c.application not in selected.undecided]
    reason = NOT_IN_BEST if selection.rule == "best_total" else NO_ROOM
    selected.reasons.update(dict.fromkeys((one.application for one in waiting), reason))
    _put_in_reserve(waiting, selected, selection.reserve, [c.place for c in candidates if c.application in selected.undecided])
    selected.reasons.update(dict.fromkeys(selected.undecided, TIED))
    return selected


def grant(candidates: Iterable[Candidate], envelope: Decimal, selection: Selection) -> Selected:
    """The first half of `select`: who gets how much. The reserve and the reasons of those who wait are left out."""
    selected = Selected(envelope)
    if selection.rule == "best_total":
        _best_total(list(candidates), selected)
    else:
        _down_the_list(candidates, selected, selection.rule)
    return selected


def _put_in_reserve(waiting: Sequence[Candidate], selected: Selected, most: int | None, open_places: Sequence[int]) -> None:
    """In order, `most` at the most. Equals across that limit are not parted by guessing, and whoever is undecided about
    money (at `open_places`, in order) may yet wait ahead of others."""
    ahead = 0
    for equals in _groups(waiting):
        names = [one.application for one in equals]
        behind_all = ahead + bisect_right(open_places, equals[0].place) + len(names)
        if most is None or behind_all <= most:
            selected.reserve.update((name, place) for place, name in enumerate(names, ahead + 1))
        elif ahead < most:
            selected.undecided.update(names)
        ahead += len(names)


def _down_the_list(candidates: Iterable[Candidate], selected: Selected, rule: str) -> None:
    left = selected.envelope
    groups = _groups(candidates)
    for equals in groups:
        cost = sum((one.amount for one in equals), ZERO)
        if cost <= left:
            selected.granted.update((one.application, one.amount) for one in equals)
            left -= cost
            continue
        takers = [one for one in equals if _takes(one, left, rule)]
        if rule == "skip" and (cost := sum((one.amount for one in takers), ZERO)) <= left:
            # Those that do not fit are passed over whatever their order: nothing hangs on it.
            selected.granted.update((one.application, one.amount) for one in takers)
            left -= cost
            continue
        if len(equals) > 1 and takers:
            _leave_open(equals, groups, selected, rule, left)
            return
        if takers:
            selected.granted[takers[0].application] = left
            selected.reasons[takers[0].application] = PARTIAL
        return


def _groups(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    return (list(equals) for _, equals in groupby(candidates, key=lambda one: one.place))


def _takes(one: Candidate, left: Decimal, rule: str) -> bool:
    """Could this one get money if it came first among its equals? (Alone it does not fit whole.)"""
    if one.amount <= left:
        return True
    return rule == "partial" and left > 0 and one.minimum is not None and one.minimum <= left


def _leave_open(
    equals: Sequence[Candidate], later: Iterable[list[Candidate]], selected: Selected, rule: str, left: Decimal
) -> None:
    """The order among `equals` decides who gets money: they wait, and under "skip" so do those the rest could reach."""
    concerned = [*equals, *(one for group in later for one in group)] if rule == "skip" else equals
    selected.undecided.update(one.application for one in concerned if _takes(one, left, rule))


def _best_total(candidates: Sequence[Candidate], selected: Selected) -> None:
    chosen = {candidates[place].application for place in _best(candidates, selected.envelope)}
    # Among equals in value and cost rank decides; where the other order of a tie gives another set, the tie decides.
    turned = [one for equals in _groups(candidates) for one in reversed(equals)]
    other = {turned[place].application for place in _best(turned, selected.envelope)} if turned != list(candidates) else chosen
    open_now = (chosen ^ other) | set(_interchangeable(candidates, chosen))
    selected.undecided.update(open_now)
    selected.granted.update((one.application, one.amount) for one in candidates if one.application in chosen - open_now)


def _interchangeable(candidates: Sequence[Candidate], chosen: set[str]) -> Iterator[str]:
    """Equals that ask for the same sum, where some are chosen and some are not: any of them could be."""
    for equals in _groups(candidates):
        by_amount: dict[Decimal, list[str]] = {}
        for one in equals:
            by_amount.setdefault(one.amount, []).append(one.application)
        for names in by_amount.values():
            if 0 < sum(name in chosen for name in names) < len(names):
                yield from names


def _best(candidates: Sequence[Candidate], envelope: Decimal) -> set[int]:
    finest = min((one.value.as_tuple().exponent for one in candidates), default=0)
    points = Decimal(10) ** max(-int(finest), 0)
    return best_set([Item(_kopecks(one.amount), int(one.value * points)) for one in candidates], _kopecks(envelope))


def _kopecks(amount: Decimal) -> int:
    kopecks = amount * 100
    if kopecks != int(kopecks):
        raise faulty("kopecks", N_("{amount} is not a whole number of kopecks"), amount=amount)
    return int(kopecks)
