"""The best total within an envelope, exactly: a core search over undominated sets, without floating point.

Method: D. Pisinger, "A minimal algorithm for the 0-1 knapsack problem", Operations Research 45 (1997). Start from the
set that fills the envelope by value per rouble, then add or remove the items nearest to that line, keeping only sets
that no cheaper one beats and that can still beat the best one found.
"""

from collections.abc import Sequence
from functools import cmp_to_key
from typing import NamedTuple

from fund.core.parts import N_

from .faults import faulty

# Values that follow costs almost exactly make the search explode; no scores do. Better a clear no than a dead worker.
MOST_SETS = 400_000


class Item(NamedTuple):
    """A cost ≥ 0 and a value, both whole numbers (kopecks, hundredths of a point)."""

    cost: int
    value: int


class _Kept(NamedTuple):
    place: int
    cost: int
    profit: int


class _Set(NamedTuple):
    """A set under construction; `members` has one bit per item, the higher the better the item's rank."""

    cost: int
    profit: int
    members: int


def best_set(items: Sequence[Item], capacity: int) -> set[int]:
    """Places of the items with the greatest total value that cost at most `capacity` together.

    Items come in order of rank, best first. Among sets of equal value the cheaper one; among those the one with the
    higher-ranked members: where two sets first differ, the one that holds the better-ranked item. Source: domain.md,
    "Selection under the envelope". Raises Faulty where that cannot be found in reasonable time.
    """
    # Value first, cost second, in one number: whole * value − cost compares like the pair.
    whole = sum(item.cost for item in items) + 1
    kept = [
        _Kept(place, item.cost, whole * item.value - item.cost)
        for place, item in enumerate(items)
        if 0 < item.cost <= capacity and item.value > 0
    ]
    free = {place for place, item in enumerate(items) if item.cost == 0 and item.value >= 0}
    kept.sort(key=cmp_to_key(_dearer))
    return free | _Search(kept, capacity, len(items)).run()


def _dearer(one: _Kept, other: _Kept) -> int:
    """Above zero if `one` brings less for its cost than `other`; fractions compared without dividing."""
    return other.profit * one.cost - one.profit * other.cost or one.place - other.place


class _Search:
    """The search itself: `kept` by falling profit per cost, `line` where the envelope is full."""

    def __init__(self, kept: Sequence[_Kept], capacity: int, count: int):
        self.kept, self.capacity, self.count = kept, capacity, count
        cost = profit = members = 0
        self.line = 0
        for item in kept:
            if cost + item.cost > capacity:
                break
            cost, profit, members = cost + item.cost, profit + item.profit, members | self.bit(item)
            self.line += 1
        self.start = self.best = _Set(cost, profit, members)

    def bit(self, item: _Kept) -> int:
        return 1 << (self.count - 1 - item.place)

    def run(self) -> set[int]:
        sets, left, right = [self.start], self.line - 1, self.line
        while sets and (left >= 0 or right < len(self.kept)):
            if right < len(self.kept):
                if self.may_join(self.kept[right]):
                    sets = self.merged(sets, [self.changed(s, self.kept[right], 1) for s in sets])
                right += 1
                sets = self.promising(sets, left, right)
            if left >= 0:
                if self.may_leave(self.kept[left]):
                    sets = self.merged(sets, [self.changed(s, self.kept[left], -1) for s in sets])
                left -= 1
                sets = self.promising(sets, left, right)
        return {place for place in range(self.count) if self.best.members >> (self.count - 1 - place) & 1}

    def changed(self, one: _Set, item: _Kept, sign: int) -> _Set:
        return _Set(one.cost + sign * item.cost, one.profit + sign * item.profit, one.members ^ self.bit(item))

    def may_join(self, item: _Kept) -> bool:
        """False if no set with this item beyond the line can be as good as the best one."""
        return self._bound(self.start.cost + item.cost, self.start.profit + item.profit, self.line)

    def may_leave(self, item: _Kept) -> bool:
        return self._bound(self.start.cost - item.cost, self.start.profit - item.profit, self.line)

    def _bound(self, cost: int, profit: int, at: int) -> bool:
        """True if room left (or overdrawn) at the profit per cost of item `at` still reaches the best profit."""
        if not 0 <= at < len(self.kept):
            return cost <= self.capacity and profit >= self.best.profit
        edge = self.kept[at]
        return profit * edge.cost + (self.capacity - cost) * edge.profit >= self.best.profit * edge.cost

    def merged(self, one: list[_Set], other: list[_Set]) -> list[_Set]:
        """Both lists by rising cost, without sets that a cheaper one equals or beats."""
        if len(one) > MOST_SETS:
            raise faulty("too_hard", N_("the best total of these amounts is too hard to find; choose another selection rule"))
        found: list[_Set] = []
        for candidate in sorted(one + other, key=lambda s: (s.cost, -s.profit, -s.members)):
            if not found or candidate.profit > found[-1].profit:
                found.append(candidate)
        for candidate in reversed(found):
            if candidate.cost <= self.capacity:
                if (candidate.profit, candidate.members) > (self.best.profit, self.best.members):
                    self.best = candidate
                break
        return found

    def promising(self, sets: list[_Set], left: int, right: int) -> list[_Set]:
        """The sets that items still to come can make as good as the best one."""
        return [one for one in sets if self._bound(one.cost, one.profit, right if one.cost <= self.capacity else left)]
