"""How far the judging of a call is: expert by expert, in a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from fund.accounts.models import Account

from ..models import LIVE, Conflict


@dataclass(frozen=True)
class Load:
    """One expert of a call: how many live sheets, how many of them answered, begun, handed in."""

    expert: Account
    live: int
    invited: int
    submitted: int
    left: int


def progress_of(call: Any, experts: list[Account], *, reader: Any) -> list[Load]:
    """The load of each of these experts in a call, in the order given; without the sheets that a conflict closes to the
    reader, for a count tells who judges."""
    ids = [expert.pk for expert in experts]
    closed = Conflict.objects.live().filter(application__call=call, expert=reader).values("application")
    of_call = Q(sheets__application__call=call) & ~Q(sheets__application__in=closed)
    counted = {
        row["pk"]: row
        for row in Account.objects.filter(pk__in=ids)
        .values("pk")
        .annotate(
            live=Count("sheets", of_call & Q(sheets__state__in=LIVE)),
            invited=Count("sheets", of_call & Q(sheets__state="invited")),
            submitted=Count("sheets", of_call & Q(sheets__state="submitted")),
            left=Count("sheets", of_call & Q(sheets__state__in=("declined", "conflicted"))),
        )
    }
    return [Load(e, *(counted[e.pk][name] for name in ("live", "invited", "submitted", "left"))) for e in experts]
