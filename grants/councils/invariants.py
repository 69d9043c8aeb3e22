"""Money and decisions agree: what a call has promised is the sum of what stands decided."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Sum

from fund.core.invariants import invariant
from grants.calls.models import Call

from .models import Decision, Outcome

MOVED = {"fund": ("funded",), "reserve": ("reserve", "funded", "lapsed"), "decline": ("declined",)}


@invariant("calls.Call", "has promised what its standing decisions give")
def other_promise() -> Iterable[Any]:
    standing = Outcome.objects.filter(decision__outcome="fund").values("application__call")
    given = dict(standing.annotate(sum=Sum("decision__amount")).values_list("application__call", "sum"))
    return [call for call in Call.objects.all() if call.promised != given.get(call.pk, 0)]


@invariant("councils.Outcome", "is the last decision on its own application")
def other_decision() -> Iterable[Any]:
    last: dict[int, int] = {}
    for application, decision in Decision.objects.order_by("number").values_list("application", "pk"):
        last[application] = decision
    return [one for one in Outcome.objects.all() if last.get(one.application_id) != one.decision_id]


@invariant("councils.Outcome", "has moved its application once released")
def unmoved() -> Iterator[Any]:
    for one in Outcome.objects.released().select_related("decision", "application"):
        if one.application.state not in MOVED[one.decision.outcome]:
            yield one


@invariant("councils.Outcome", "grants the sum decided")
def other_grant() -> Iterable[Any]:
    funded = Outcome.objects.released().filter(application__state="funded", decision__outcome="fund")
    return funded.exclude(application__granted=F("decision__amount"))
