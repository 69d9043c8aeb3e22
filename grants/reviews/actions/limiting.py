"""What an officer says of the experts of a call: topics they know, sheets they take."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.people.roles import holders
from fund.workflow.engine import lock
from grants.calls.models import Call

from ..models import Expertise
from ..permissions import can_assign
from ..queries.topics import topics_of_call

Limits = dict[int, tuple[list[str], int | None]]


@transaction.atomic
def set_limits(*, call: Call, limits: Limits, by: Any, now: datetime) -> int:
    """Keeps topics and limit of each expert (by id): none of the topics is any, no limit is the regulation's, 0 is no part.

    In order: lock the call; refuse who may not, a stranger to the call, an unknown topic, a limit over the regulation's;
    write what changed and record it, one entry for each expert. Says how many changed.
    """
    lock(call)
    if not can_assign(by, call):
        raise Refused(_("Experts can be assigned once the call is closed and until it is decided."), code="who")
    experts = holders("expert", call).in_bulk(list(limits))
    known, most = topics_of_call(call), call.regulation.review.per_expert
    changed = 0
    for expert, (topics, limit) in sorted(limits.items()):
        if expert not in experts:
            raise Refused(_("One of the chosen people is not an expert of this call."), code="expert")
        if not set(topics) <= known.keys():
            raise Refused(_("There is no such topic in the regulation."), code="topic")
        if limit is not None and not 0 <= limit <= most:
            raise Refused(_("From 0 to %(most)s: the regulation allows no more") % {"most": most}, code="most")
        changed += _keep(call, experts[expert], [key for key in known if key in topics], limit, by=by, now=now)
    return changed


def _keep(call: Call, expert: Any, topics: list[str], most: int | None, *, by: Any, now: datetime) -> bool:
    one = Expertise.objects.filter(call=call, expert=expert).first() or Expertise(call=call, expert=expert)
    if one.pk and (one.topics, one.most) == (topics, most):
        return False
    one.topics, one.most = topics, most
    one.save()
    record("reviews.set_limits", call, by=by, now=now, facts={"expert": expert.pk, "topics": topics, "most": most})
    return True
