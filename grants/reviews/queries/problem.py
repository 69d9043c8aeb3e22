"""What a plan is computed from, fetched in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from fund.people.roles import holders
from grants.applications.models import Application
from grants.calls.models import Call

from ..assignment import Expert, Pair, Problem, Task
from ..models import TO_JUDGE, Expertise, Plan, Sheet
from .ties import ties_of_call
from .topics import topics_of, topics_of_call


def problem_of(plan: Plan) -> Problem:
    """The problem of this plan as it stands now: what the one who asked for it may see of the call, with the hand's wishes."""
    return problem(
        plan.call,
        reader=plan.asked_by,
        pinned=map(tuple, plan.pinned),
        unwanted=map(tuple, plan.barred),
        moves_invited=plan.moves_invited,
    )


def problem(
    call: Call, *, reader: Any, pinned: Iterable[Pair] = (), unwanted: Iterable[Pair] = (), moves_invited: bool = False
) -> Problem:
    """Experts with their limits, the applications the reader may see, ties, what is declined, sheets that stay.

    A live sheet of somebody who is no expert of the call any more counts once it is handed in, and is left alone otherwise.
    """
    review = call.regulation.review
    applications = list(
        Application.objects.visible_to(reader).filter(call=call, state__in=TO_JUDGE).only("pk", "receipt").order_by("pk")
    )
    topics = topics_of(applications) if topics_of_call(call) else {}
    tasks = {one.pk: Task(one.pk, review.experts, topics.get(one.pk, frozenset())) for one in applications}
    experts = experts_of(call, review.per_expert, reader)
    barred = _barred(call, tasks, experts)
    barred |= {pair: "barred" for pair in unwanted if pair[0] in tasks and pair[1] in experts and pair not in barred}
    sheets = _live(call, experts)
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


def experts_of(call: Call, most: int, reader: Any) -> dict[int, Expert]:
    """Everyone who judges in the call, by id, with what is said of them; work elsewhere as far as the reader may see it."""
    ids = list(holders("expert", call).values_list("pk", flat=True))
    said = {one.expert_id: one for one in Expertise.objects.filter(call=call, expert__in=ids)}
    known = topics_of_call(call).keys()
    owed = Sheet.objects.visible_to(reader).outstanding().filter(expert__in=ids).exclude(application__call=call)
    elsewhere = dict(owed.order_by().values_list("expert").annotate(n=Count("pk")))
    found = {}
    for pk in ids:
        one = said.get(pk)
        limit = most if one is None or one.most is None else min(one.most, most)
        found[pk] = Expert(pk, limit, frozenset(one.topics if one else ()) & known, elsewhere.get(pk, 0))
    return found


def _barred(call: Call, tasks: dict[int, Task], experts: dict[int, Expert]) -> dict[Pair, str]:
    """Ties by their first kind, and what an expert has declined."""
    declined = Sheet.objects.of_call(call).filter(state="declined", expert__in=experts).values_list("application", "expert")
    barred = dict.fromkeys(declined, "declined")
    barred |= {pair: ties[0].kind for pair, ties in ties_of_call(call, experts=experts).items()}
    return {pair: why for pair, why in barred.items() if pair[0] in tasks}


def _live(call: Call, experts: dict[int, Expert]) -> dict[Pair, str]:
    rows = Sheet.objects.of_call(call).live().filter(application__state__in=TO_JUDGE)
    found = rows.values_list("application", "expert", "state")
    return {(task, expert): state for task, expert, state in found if expert in experts or state == "submitted"}
