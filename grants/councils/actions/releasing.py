"""The release: one act that moves every application and queues every letter; before it nobody outside knows anything."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from fund.core.errors import Refused
from fund.core.money import money
from fund.workflow.engine import lock, perform
from grants.applications.models import Application
from grants.applications.workflow import WORKFLOW as APPLICATION
from grants.calls.actions.moves import decide_call, release_call
from grants.reviews.actions import close_discussions
from grants.reviews.queries import ranking_of

from ..models import LIVE, Meeting, Outcome
from ..notices import tell_released
from ..obstacles import named_above
from ..permissions import can_release
from .deciding import free_withdrawn


def obstacles(call: Any, meetings: list[Meeting] | None = None) -> list[str]:
    """What keeps the decisions of a call from being released, as sentences; empty if nothing does."""
    found = []
    if call.state != "judging":
        found.append(_("Decisions are released while the call is being judged."))
    waiting = Application.objects.of_call(call).aggregate(
        undecided=Count("pk", Q(state="under_review", outcome=None)),
        unchecked=Count("pk", Q(state__in=("submitted", "returned", "admitted", "late_requested"))),
    )
    if waiting["undecided"]:
        found.append(_("Applications without a decision: %(count)s") % {"count": waiting["undecided"]})
    if waiting["unchecked"]:
        found.append(_("Applications not yet judged or not checked: %(count)s") % {"count": waiting["unchecked"]})
    found += named_above(call)
    if call.promised > call.envelope:
        found.append(_("The decisions need %(sum)s more than the envelope") % {"sum": money(call.promised - call.envelope)})
    return [*found, *_of_the_council(standing_meetings(call) if meetings is None else meetings)]


def standing_meetings(call: Any) -> list[Meeting]:
    return list(Meeting.objects.of_call(call).standing().prefetch_related("members"))


def _of_the_council(meetings: list[Meeting]) -> list[str]:
    """A council that was called must have ended, and its protocol be signed; without one the directors decide alone."""
    found = []
    for meeting in meetings:
        if meeting.state in LIVE:
            found.append(_("The council's meeting is not closed."))
        elif meeting.signed_at is None:
            found.append(_("The protocol of the council is not signed by its chair and its secretary."))
    return found


@transaction.atomic
def release(*, call: Any, by: Any, now: datetime) -> int:
    """Releases all pending decisions of a call; says how many.

    In order: lock the call; refuse who may not and what is not ready; drop what was withdrawn; move each application
    and write its grant or its place in the reserve; move the call to decided and released; queue every letter. All of
    it in one transaction: everyone learns, or nobody does.
    """
    lock(call)
    if not can_release(by, call):
        raise Refused(_("This is not yours to do."), code="who")
    free_withdrawn(call=call, now=now)
    lock(call)
    if found := obstacles(call):
        raise Refused(found[0], code="obstacle")
    places = {row.pk: place for place, row in enumerate(ranking_of(call, now=now), 1)}
    outcomes = Outcome.objects.of_call(call).pending().select_related("decision", "application__call")
    ordered = sorted(outcomes, key=lambda outcome: places.get(outcome.application_id, len(places) + 1))
    if not ordered:
        raise Refused(_("There is no decision to release."), code="nothing")
    in_reserve = 0
    for outcome in ordered:
        decision, application = outcome.decision, outcome.application
        in_reserve += decision.outcome == "reserve"
        written: dict[str, Any] = {
            "granted": decision.amount if decision.outcome == "fund" else None,
            "reserve_place": in_reserve if decision.outcome == "reserve" else None,
        }
        perform(APPLICATION, decision.outcome, application, by=by, now=now, facts={"decision": decision.pk}, **written)
    Outcome.objects.filter(pk__in=[outcome.pk for outcome in ordered]).update(released_at=now)
    close_discussions(call=call, now=now)
    decide_call(call, by=by, now=now)
    release_call(call, by=by, now=now)
    tell_released(call, ordered, places, now=now)
    return len(ordered)
