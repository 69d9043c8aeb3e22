"""Who took no part in a result: an appeal is answered by nobody who judged, decided or checked, nor by anybody tied."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from fund.audit.models import Entry
from grants.applications.models import Application
from grants.reviews.models import Sheet, Vote
from grants.reviews.queries import ties_of_call

JUDGED, DECIDED, CHECKED, TIED = "judged", "decided", "checked", "tied"
# Acts of the formal check and of the release, as the journal names them; handing it to experts judges nothing.
CHECKS = tuple(f"applications.{verb}" for verb in ("check", "return", "admit", "refuse", "extend", "accept_late", "refuse_late"))
DECISIONS = ("councils.decide", "councils.revise", *(f"applications.{verb}" for verb in ("fund", "reserve", "decline")))


def parts_in(user: Any, applications: Iterable[Application]) -> dict[int, str]:
    """Application id → the part this user took in it; those in which they took none are left out.

    A part is "judged", "decided", "checked" or "tied": by a declared conflict or by rule. Three queries, and those of
    the ties for each call.
    """
    by_id = {one.pk: one for one in applications}
    parts: dict[int, str] = {}
    for pk in _tied(user, by_id.values()):
        parts[pk] = TIED
    acts = Entry.objects.filter(of_type=Application._meta.label_lower, of_id__in=by_id, by=user, verb__in=(*CHECKS, *DECISIONS))
    for pk, verb in acts.values_list("of_id", "verb"):
        if verb in DECISIONS or parts.get(pk) != DECIDED:
            parts[pk] = DECIDED if verb in DECISIONS else CHECKED
    for pk in _parted_by(user, by_id.values()):
        parts[pk] = DECIDED
    judged = Q(state__in=("accepted", "draft", "submitted", "conflicted")) | Q(hand_ins__isnull=False)
    for pk in Sheet.objects.filter(judged, application__in=by_id, expert=user).values_list("application", flat=True):
        parts[pk] = JUDGED
    return parts


def _parted_by(user: Any, applications: Iterable[Application]) -> set[int]:
    """Those whose place this user's vote among equals decided."""
    votes = Vote.objects.filter(call__in={one.call_id for one in applications}, voted_by=user).values_list("call", "order")
    voted = {(call, number) for call, order in votes for number in order}
    return {one.pk for one in applications if (one.call_id, one.number) in voted}


def _tied(user: Any, applications: Iterable[Application]) -> set[int]:
    by_call = defaultdict(set)
    for one in applications:
        by_call[one.call].add(one.pk)
    return {pk for call, ids in by_call.items() for pk, _account in ties_of_call(call, experts=[user.pk]) if pk in ids}
