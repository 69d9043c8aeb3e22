"""Who may read how a score came about, who clears its comments, who appeals and who answers.

What depends on the hour takes `now`: a term that is over offers no button, and the verb compares it again.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from fund.audit.models import Entry
from fund.people.roles import has_role, plays
from grants.applications.models import Application
from grants.applications.permissions import acts, can_read, can_submit, competes
from grants.councils.models import Outcome
from grants.councils.permissions import can_decide as can_decide_on
from grants.councils.permissions import can_rank, is_tied_in
from grants.proposals.permissions import has_right

from .impartiality import parts_in
from .models import STANDING

ANSWERING = ("officer", "director", "council_member")
RELEASED = ("funded", "reserve", "declined", "lapsed")
# A refusal can be mended while the others are still being judged.
BEFORE_DECISIONS = ("announced", "open", "closed", "judging")


def is_released(application: Application) -> bool:
    return Outcome.objects.released().filter(application=application).exists()


def can_publish(user: Any, call: Any) -> bool:
    """Everybody's to read once it is released; before that nobody's, whoever they are."""
    return call.is_released


def can_export(user: Any, call: Any) -> bool:
    """Who could read the ranking while it was decided, now that it is released."""
    return call.is_released and can_rank(user, call)


def can_recount(user: Any, call: Any) -> bool:
    """All sheets without names, to compute the ranking again: nobody whom a conflict closes one of its applications to."""
    return can_export(user, call) and not is_tied_in(user, call)


def can_explain(user: Any, application: Application, now: datetime | None = None) -> bool:
    """Its applicants, and those who run its call; nobody before the release."""
    return is_released(application) and can_read(user, application)


def can_clear(user: Any, application: Application) -> bool:
    """An officer of the call who competes in nothing there; what a conflict closes they do not even fetch."""
    return can_clear_call(user, application.call)


def can_clear_call(user: Any, call: Any) -> bool:
    return (
        has_role(user, "officer", call)
        and call.state in ("closed", "judging", "decided", "released")
        and not competes(user, call)
    )


def against(application: Application) -> str:
    """What could be appealed now: "decision", "refusal", or nothing."""
    if application.state == "not_admitted":
        return "refusal" if application.call.state in BEFORE_DECISIONS else ""
    return "decision" if application.state in RELEASED and is_released(application) else ""


def term_of(application: Application) -> datetime | None:
    """Until when it may be appealed: the regulation's date, or, where that has no date or came too late, some days."""
    timeline, days = application.call.regulation.timeline, settings.PROFILE.appeal_days
    match against(application):
        case "decision":
            released = Outcome.objects.released().values_list("released_at", flat=True).get(application=application)
            return timeline.appeals_end(released, days)
        case "refusal":
            refused = Entry.objects.about(application).filter(verb="applications.refuse").order_by("-at").first()
            return max(timeline.judged_by, refused.at + timedelta(days=days)) if refused else timeline.judged_by
    return None


def can_file(user: Any, application: Application, now: datetime | None = None, for_: Any = None) -> bool:
    """Whoever may send it may contest what became of it, once, within the term."""
    if not acts(user, application, "submit", for_):
        return False
    until, what = term_of(application), against(application)
    if until is None or (now is not None and now > until):
        return False
    return not application.appeals.filter(against=what, state__in=STANDING).exists()


def can_withdraw(user: Any, appeal: Any) -> bool:
    """The move's own question; for whom an officer takes it back is asked by the verb."""
    return can_submit(user, appeal.application)


def owns(user: Any, appeal: Any) -> bool:
    return has_right(user, appeal.application, "submit")


def answers_appeals(user: Any) -> bool:
    """Is there a list of appeals for this user at all?"""
    return any(plays(user, role) for role in ANSWERING)


def is_of_the_fund(user: Any, call: Any) -> bool:
    return any(has_role(user, role, call) for role in ANSWERING) and not competes(user, call)


def can_consider(user: Any, appeal: Any) -> bool:
    """Somebody of the fund who did not judge, decide or check this application and is not tied to its people."""
    return is_of_the_fund(user, appeal.application.call) and not parts_in(user, [appeal.application])


def can_answer(user: Any, appeal: Any) -> bool:
    """Who took it into consideration, and still has no part in it."""
    return user is not None and appeal.considered_by_id == user.pk and can_consider(user, appeal)


def can_revise(user: Any, appeal: Any) -> bool:
    """The council decides anew what an upheld appeal was against."""
    return (
        appeal.state == "upheld"
        and appeal.against == "decision"
        and appeal.revision_id is None
        and can_decide_on(user, appeal.application)
    )
