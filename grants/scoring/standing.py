"""Where each application stands before the order is made: total, ranking value, spread, passed or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import Any

from .aggregate import average_of
from .draw import Draw
from .faults import Reason
from .normalise import has_enough, normalised
from .numbers import ZERO, half_up, snapped
from .rules import Purpose, Rules, Tie
from .sheets import Entry
from .thresholds import failed, limits_of
from .totals import Judged, answered, totals

Criteria = dict[str, Decimal | None]
LAST = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Standing:
    """One application measured by the rules.

    `sheets` are the unrounded sheet totals that count, `raw` the same before normalisation; `total`, `ranking` and
    `spread` are rounded; `criteria` the unrounded aggregated values that thresholds and ties need; `failure` says why
    it does not pass. `keys` order it, smallest first: the ranking value, then the steps of the chain up to a vote or lot.
    """

    entry: Entry
    sheets: tuple[Decimal, ...]
    raw: tuple[Decimal, ...]
    total: Decimal | None
    ranking: Decimal | None
    spread: Decimal | None
    criteria: Criteria
    failure: Reason | None
    keys: tuple[Any, ...]

    @property
    def application(self) -> str:
        return self.entry.application


def is_normalised(standings: Iterable[Standing]) -> bool:
    """True where the rules asked for normalisation and the sheets allowed it."""
    return any(one.sheets is not one.raw for one in standings)


def stand(rules: Rules, judged: Sequence[Judged], draw: Draw, known: Sequence[Criteria] | None = None) -> list[Standing]:
    """Measures every application, in the order given. Run it inside `exact()`.

    `known`: the aggregated criterion values where they have been computed before (weights do not change them).
    """
    raw = totals(rules, judged)
    apart = totals(rules, judged, "ranking") if rules.ranks_apart else raw
    counted, ranked = raw, apart
    if rules.normalisation == "z_score" and has_enough(judged, raw):
        counted = normalised(judged, raw)
        ranked = normalised(judged, apart) if rules.ranks_apart else counted
    measure = _Measure(rules, rules.ranks_apart, limits_of(rules), by_itself(rules.ties, draw), draw)
    known = known or criterion_values(rules, judged)
    rows = zip(judged, raw, counted, ranked, known, strict=True)
    return [measure(one, *_given(a, b, c), criteria) for one, a, b, c, criteria in rows]


def criterion_values(rules: Rules, judged: Sequence[Judged]) -> list[Criteria]:
    """The aggregated values, unrounded, of the criteria that thresholds and ties look at, per application."""
    wanted = {criterion.key for criterion in rules.criteria if criterion.threshold is not None} | {
        tie.criterion for tie in rules.ties
    }
    places = [(place, criterion.key) for place, criterion in enumerate(rules.criteria) if criterion.key in wanted]
    return [{key: criterion_value(rules, one, place) for place, key in places} for one in judged]


def by_itself(chain: Sequence[Tie], draw: Draw) -> list[Tie]:
    """The steps at the head of the chain that look at one application alone: all before a vote, or a lot not drawn among all."""
    among = {"vote"} if draw.open else {"vote", "lot"}
    return list(takewhile(lambda tie: tie.by not in among, chain))


Row = tuple[Decimal | None, ...]
Given = tuple[Decimal, ...]


def _given(raw: Row, counted: Row, ranked: Row) -> tuple[Given, Given, Given]:
    """The totals there are; rows that are one and the same stay one and the same."""
    first = tuple([total for total in raw if total is not None])
    second = first if counted is raw else tuple([total for total in counted if total is not None])
    third = second if ranked is counted else tuple([total for total in ranked if total is not None])
    return first, second, third


@dataclass(frozen=True, slots=True)
class _Measure:
    """Measures one application after another by the same rules; what follows from the rules alone is worked out once."""

    rules: Rules
    ranks_apart: bool
    limits: Mapping[str, Decimal]
    chain: Sequence[Tie]
    draw: Draw

    def __call__(self, one: Judged, raw: Given, sheets: Given, ranked: Given, criteria: Criteria) -> Standing:
        rules = self.rules
        total = aggregated(rules, one, sheets)
        ranking = aggregated(rules, one, ranked, "ranking") if self.ranks_apart else total
        spread = half_up(max(sheets) - min(sheets), rules.digits) if sheets else None
        failure = failed(rules, amount=one.entry.amount, total=total, criteria=criteria, limits=self.limits, sheets=raw)
        return Standing(
            entry=one.entry,
            sheets=sheets,
            raw=raw,
            total=total,
            ranking=ranking,
            spread=spread,
            criteria=criteria,
            failure=failure,
            keys=self.keys(one.entry, ranking, spread, criteria),
        )

    def keys(self, entry: Entry, ranking: Decimal | None, spread: Decimal | None, criteria: Criteria) -> tuple[Any, ...]:
        first = LAST if ranking is None else -ranking if self.rules.direction == "higher" else ranking
        return (first, *[tie_key(tie, self.rules, self.draw, entry, spread, criteria) for tie in self.chain])


def tie_key(tie: Tie, rules: Rules, draw: Draw, entry: Entry, spread: Decimal | None, criteria: Criteria) -> Any:
    """What a step of the chain that looks at one application alone sorts by, smallest first; unknown ones come last."""
    if tie.by == "lot":
        return draw.key(entry.application)
    if tie.by == "spread":
        return spread or ZERO
    if tie.by == "submitted":
        return (entry.submitted is None, entry.submitted or 0)
    value = criteria[tie.criterion or ""]
    if value is None:
        return LAST
    return -snapped(value) if rules.direction == "higher" else snapped(value)


def criterion_value(rules: Rules, one: Judged, place: int) -> Decimal | None:
    """The aggregated value of the criterion at `place`, unrounded, over the sheets that answered it."""
    given = answered(one.rows, place)
    return average_of(rules.aggregation)(given) if given else None


def unrounded(rules: Rules, one: Judged, sheets: Sequence[Decimal], purpose: Purpose = "threshold") -> Decimal | None:
    """The total of one application before its one rounding; None where no sheet has a total."""
    if not sheets:
        return None
    if not rules.aggregation.startswith("criterion_"):
        return average_of(rules.aggregation)(sheets)
    row = [criterion_value(rules, one, place) for place in range(len(rules.criteria))]
    return rules.weighing(one.entry.amount, purpose).total(row)


def aggregated(rules: Rules, one: Judged, sheets: Sequence[Decimal], purpose: Purpose = "threshold") -> Decimal | None:
    """The total of one application, rounded once. Source: domain.md, "Aggregation"."""
    value = unrounded(rules, one, sheets, purpose)
    return None if value is None else half_up(value, rules.digits)
