"""What if: the ranking under another envelope, line or rule, beside the one that stands. Nothing is written."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fund.core.bilingual import Said, say
from grants.reviews.queries import Judged, inputs_of
from grants.reviews.queries.topics import theme_question, topics_of
from grants.scoring.ranking import Ranking, Row
from grants.scoring.rules import Rules, Selection, Thresholds

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Wish:
    """What is changed: the envelope in roubles, the selection, the aggregation, the passing score (None: the
    regulation's own), and factors of weights by criterion."""

    envelope: Decimal
    selection: str
    aggregation: str
    line: Decimal | None = None
    factors: dict[str, Decimal] = field(default_factory=dict)

    def rules(self, rules: Rules) -> Rules:
        """The regulation's rules with the changes."""
        limits = rules.thresholds
        if self.line is not None:
            limits = Thresholds(total=self.line, every_expert=limits.every_expert)
        selection = Selection.model_validate({"rule": self.selection, "reserve": rules.selection.reserve})
        criteria = tuple(criterion.times(self.factors.get(criterion.key, Decimal(1))) for criterion in rules.criteria)
        changed = {"selection": selection, "aggregation": self.aggregation, "thresholds": limits, "criteria": criteria}
        return rules.model_copy(update=changed)


@dataclass(frozen=True)
class Change:
    """One application that the wish moves: its rows now and then."""

    application: Any
    now: Row
    then: Row

    @property
    def kind(self) -> str:
        """in: it would get money, out: it would lose it, sum: it would get another sum, place: it would only move."""
        if self.now.amount != self.then.amount:
            return "in" if not self.now.amount else "out" if not self.then.amount else "sum"
        return "place"


@dataclass(frozen=True)
class Theme:
    """A direction: how many get money and how much (roubles), now and then."""

    name: Said
    now: int
    now_sum: Decimal
    then: int
    then_sum: Decimal


@dataclass(frozen=True)
class Simulation:
    """Both rankings, who gains and loses the money, how many places move, the directions."""

    now: Ranking
    then: Ranking
    changes: list[Change]
    moved: int
    themes: list[Theme]

    def funded(self, ranking: Ranking) -> int:
        return sum(row.outcome == "funded" for row in ranking.rows)

    @property
    def now_count(self) -> int:
        return self.funded(self.now)

    @property
    def then_count(self) -> int:
        return self.funded(self.then)

    @property
    def undecided(self) -> int:
        return len(self.then.undecided)


def simulate(call: Any, wish: Wish, *, hidden: set[int] = frozenset()) -> Simulation:  # type: ignore[assignment]
    """The ranking as it stands and as the wish would have it; a constant number of queries, none of them writes.

    `hidden`: applications (by id) closed to the reader; they count in the sums and are not named.
    """
    judged = inputs_of(call)
    now, then = judged.rank(), judged.rank(wish.rules(judged.rules), wish.envelope)
    before = {row.application: row for row in now.rows}
    pairs = [(before[row.application], row) for row in then.rows]
    named = {number for number, one in judged.applications.items() if one.pk not in hidden}
    changes = [
        Change(judged.applications[row.application], old, row)
        for old, row in pairs
        if old.amount != row.amount and row.application in named
    ]
    moved = sum(old.place != row.place for old, row in pairs)
    return Simulation(now, then, changes, moved, _themes(call, judged, now, then))


def _themes(call: Any, judged: Judged, now: Ranking, then: Ranking) -> list[Theme]:
    question = theme_question(call)
    if question is None or question.type != "choice":
        return []
    named = topics_of(judged.applications.values())
    chosen = {number: next(iter(named.get(one.pk, ())), "") for number, one in judged.applications.items()}
    counts: Counter[tuple[str, int]] = Counter()
    sums: dict[tuple[str, int], Decimal] = {}
    for time, ranking in enumerate((now, then)):
        for row in ranking.rows:
            if row.outcome == "funded":
                key = (chosen.get(row.application) or "", time)
                counts[key] += 1
                sums[key] = sums.get(key, ZERO) + row.amount
    found = []
    for choice in question.choices:
        figures = [(counts[choice.key, time], sums.get((choice.key, time), ZERO)) for time in (0, 1)]
        found.append(Theme(say(choice.label), *figures[0], *figures[1]))
    return found
