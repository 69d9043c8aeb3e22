"""Counting how firm a ranking is: asked for by a person, counted by a job, said again only when asked again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.ringing import ring
from fund.workflow.engine import lock
from grants.calls.models import Call
from grants.scoring.faults import Faulty

from ..models import StabilityReport
from ..permissions import can_follow
from ..queries import fingerprint
from ..queries.stability import count

SILENT = timedelta(minutes=2)  # after which a job is taken for dead
SAYS = timedelta(seconds=1)  # how often a job says how far it is, at most


@transaction.atomic
def ask_stability(*, call: Call, by: Any, now: datetime) -> StabilityReport:
    """Asks for the report; while one is asked for or counted, that one is the answer. The job is rung after the commit."""
    lock(call)
    if not can_follow(by, call):
        raise Refused(_("This is not yours to do."), code="who")
    found = StabilityReport.objects.filter(call=call, state__in=("asked", "running")).first()
    if found is None:
        found = StabilityReport.objects.create(call=call, fingerprint=fingerprint(call), asked_at=now, asked_by=by)
        record("reviews.ask_stability", call, by=by, now=now)
    ring("grants.reviews.tasks.count_stability", found.pk)
    return found


def waiting_reports(now: datetime) -> list[int]:
    """Reports nobody counts: asked for a while ago, or begun by a job that fell silent."""
    silent = Q(state="asked", asked_at__lt=now - timedelta(seconds=30)) | Q(state="running", seen_at__lt=now - SILENT)
    return list(StabilityReport.objects.filter(silent).order_by("pk").values_list("pk", flat=True))


def count_stability(*, report: int, now: datetime) -> bool:
    """Counts one report unless another job does; says whether it did.

    The claim and each word of progress are committed by themselves, so that the page sees them; the counting holds no lock.
    """
    free = Q(state="asked") | Q(state="running", seen_at__lt=now - SILENT)
    if not StabilityReport.objects.filter(free, pk=report).update(state="running", seen_at=now):
        return False
    own = StabilityReport.objects.filter(pk=report, state="running")
    call = StabilityReport.objects.select_related("call").get(pk=report).call
    mark, said = fingerprint(call), now

    def progress(done: int, of: int) -> None:
        nonlocal said
        moment = timezone.now()
        if moment - said >= SAYS or done == of:
            said = moment
            own.update(tried=done, scenarios=of, seen_at=moment)

    try:
        found = count(call, progress)
    except Faulty:
        own.update(state="failed")
        return False
    own.update(state="done", found=found, fingerprint=mark)
    return True
