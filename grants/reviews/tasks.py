"""What the clock and changes elsewhere do with judging: each task finds the rows and calls one verb."""

from celery import shared_task
from django.utils import timezone

from grants.applications.actions import issue_dossiers as issue_waiting
from grants.applications.queries import without_dossier
from grants.calls.models import Call

from .actions import chase_late, find_conflicts, waiting_plans, waiting_reports
from .actions import count_plan as count_one
from .actions import count_stability as count_report
from .models import LIVE, Sheet
from .papers import EXPERT_DOSSIER
from .permissions import JUDGING


@shared_task
def look_for_ties() -> int:
    """Each minute, and at once when a team or an affiliation changes: sheets whose expert is tied by now are closed."""
    now = timezone.now()
    judged = Call.objects.filter(state__in=JUDGING, applications__sheets__state__in=LIVE).distinct().order_by("pk")
    return sum(find_conflicts(call=call, now=now) for call in judged)


@shared_task
def count_stability(report: int) -> bool:
    """Rung when somebody asks how firm a ranking is."""
    return count_report(report=report, now=timezone.now())


@shared_task
def count_waiting() -> int:
    """Each minute: reports whose ring was lost, or whose job died on the way."""
    now = timezone.now()
    return sum(count_report(report=pk, now=now) for pk in waiting_reports(now))


@shared_task
def issue_dossiers() -> int:
    """Rung when experts accept, and each minute: what somebody judges gets a dossier for those who judge it."""
    read = without_dossier(for_experts=True).filter(pk__in=Sheet.objects.reading().values("application"))
    return issue_waiting(waiting=read, now=timezone.now(), kind=EXPERT_DOSSIER, for_experts=True)


@shared_task
def count_plan(plan: int) -> bool:
    """Rung when an officer asks for a plan of assignment."""
    return count_one(plan=plan, now=timezone.now())


@shared_task
def count_waiting_plans() -> int:
    """Each minute: plans whose ring was lost, or whose job died on the way."""
    now = timezone.now()
    return sum(count_one(plan=pk, now=now) for pk in waiting_plans(now))


@shared_task
def chase() -> int:
    """Every quarter of an hour: sheets that are not in by their day."""
    return chase_late(now=timezone.now())
