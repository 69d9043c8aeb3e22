"""Where the envelope ends: decisions as they were taken, everything undecided as the rules would divide what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from grants.reviews.queries import Ranked
from grants.scoring.numbers import exact
from grants.scoring.selection import Candidate, grant

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Within:
    """Who is within the envelope (application ids), and the roubles they get together."""

    who: frozenset[int]
    sum: Decimal


def within(rows: Sequence[Ranked], decided: Mapping[int, Any], call: Any) -> Within:
    """Rows of the ranking in order, decisions by application id. Without decisions it is the ranking's own line.

    A decision to fund holds its amount first; one to decline or reserve leaves its sum to those below.
    """
    if not decided:
        funded = [row for row in rows if row.outcome == "funded"]
        return Within(frozenset(row.pk for row in funded), sum((row.amount for row in funded), ZERO))
    given = {pk: one.amount for pk, one in decided.items() if one.outcome == "fund"}
    spent = sum(given.values(), ZERO)
    by_number = {row.number: row.pk for row in rows}
    waiting = [
        Candidate(row.number, row.place or 0, row.asked, row.ranking or ZERO, row.least)
        for row in rows
        if row.passed and row.pk not in decided
    ]
    with exact():
        rest = grant(waiting, max(call.envelope - spent, ZERO), call.regulation.rules.selection)
    who = given.keys() | {by_number[number] for number in rest.granted}
    return Within(frozenset(who), spent + rest.spent)
