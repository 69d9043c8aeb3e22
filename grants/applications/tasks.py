"""What the clock does with applications: each task finds the rows and calls one verb for each."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from grants.calls.models import Call, Version
from grants.calls.notices import tell_amended, tell_cancelled

from .actions import carry_application, compare_call, expire_reserve, lapse_application
from .actions import issue_dossiers as issue_waiting
from .models import Application
from .queries import accounts_behind, calls_to_compare, without_dossier

# How far back the sweep looks for news it may have failed to tell; telling twice is impossible, a notice is unique.
LOOK_BACK = timedelta(days=3)


@shared_task
def lapse() -> int:
    """Each minute: drafts whose deadline has passed become missed, their owners are written to."""
    now = timezone.now()
    return sum(lapse_application(application=draft, now=now) for draft in Application.objects.drafts_over(now).order_by("pk"))


@shared_task
def tell_of_calls() -> int:
    """Each minute: everyone who has begun an application learns of a changed or cancelled call."""
    now = timezone.now()
    told = 0
    for version in Version.objects.amending(now - LOOK_BACK).select_related("call"):
        told += tell_amended(version, to=accounts_behind(version.call, begun_by=version.made_at), now=now)
    for call in Call.objects.filter(state="cancelled", cancelled_at__gte=now - LOOK_BACK):
        told += tell_cancelled(call, to=accounts_behind(call, begun_by=call.cancelled_at), now=now)
    return told


@shared_task
def carry_over() -> int:
    """Rung by the opening, and each minute: who had begun in a cancelled call goes on in the one that opens it anew."""
    now = timezone.now()
    begun = Application.objects.to_carry(now - LOOK_BACK).select_related("call").order_by("pk")
    return sum(carry_application(application=one, now=now) is not None for one in begun)


@shared_task
def compare() -> int:
    """Rung by each sending, and each minute: what was sent since is compared with everything sent to its call."""
    now = timezone.now()
    return sum(compare_call(call, now=now) for call in calls_to_compare())


@shared_task
def issue_dossiers() -> int:
    """Rung by each sending, and each minute: what was sent gets its dossier."""
    return issue_waiting(waiting=without_dossier(), now=timezone.now())


@shared_task
def expire() -> int:
    """Each hour: reserves whose term is over."""
    now = timezone.now()
    reserve = Application.objects.filter(state="reserve").select_related("call").order_by("pk")
    return sum(expire_reserve(application=one, now=now) for one in reserve)
