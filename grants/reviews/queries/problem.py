"""What a plan is computed from, fetched in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable

from ..assignment import Pair, Problem, Task
from ..models import Plan
from .facts import Facts


def problem_of(plan: Plan, facts: Facts | None = None) -> Problem:
    """The problem of this plan as it stands now: what the one who asked for it may see of the call, with the hand's wishes."""
    return problem(
        (facts or Facts(plan.call, plan.asked_by)).seen_by(plan.asked_by),
        pinned=map(tuple, plan.pinned),
        unwanted=map(tuple, plan.barred),
        moves_invited=plan.moves_invited,
    )


def problem(facts: Facts, *, pinned: Iterable[Pair] = (), unwanted: Iterable[Pair] = (), moves_invited: bool = False) -> Problem:
    """Experts with their limits, the applications the reader may see, ties, what is declined, sheets that stay.

    A live sheet of somebody who is no expert of the call any more counts once it is handed in, and is left alone otherwise.
    """
    experts, needed = facts.limits, facts.review.experts
    tasks = {pk: Task(pk, needed, facts.topics.get(pk, frozenset())) for pk in sorted(facts.applications)}
    barred = _barred(facts, tasks)
    barred |= {pair: "barred" for pair in unwanted if pair[0] in tasks and pair[1] in experts and pair not in barred}
    sheets = {pair: state for pair, (state, _told) in facts.live.items() if pair[1] in experts or state == "submitted"}
    counted = {pair: state for pair, state in sheets.items() if pair[0] in tasks and barred.get(pair, "barred") == "barred"}
    invited = {pair for pair, state in counted.items() if state == "invited" and moves_invited}
    kept = frozenset(counted.keys() - invited)
    return Problem(
        experts=tuple(experts.values()),
        tasks=tuple(tasks.values()),
        barred={pair: why for pair, why in barred.items() if pair not in kept},
        kept=kept,
        pinned=frozenset(pair for pair in pinned if pair[0] in tasks and pair[1] in experts and pair not in barred) - kept,
        invited=frozenset(invited),
        outside=dict(Counter(expert for task, expert in sheets if task not in tasks)),
    )


def _barred(facts: Facts, tasks: dict[int, Task]) -> dict[Pair, str]:
    """Ties by their first kind, and what an expert has declined."""
    barred = {pair: "declined" for pair in facts.declined if pair[1] in facts.experts}
    barred |= {pair: ties[0].kind for pair, ties in facts.ties.items()}
    return {pair: why for pair, why in barred.items() if pair[0] in tasks}
