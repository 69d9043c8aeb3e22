"""What comes of a meeting without a call: who answers for each proposal, the outcome document, reports on what was done."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.clock import fund_zone
from fund.core.errors import Refused
from fund.documents.actions import issue_paper, void_paper
from fund.documents.models import Paper
from fund.workflow.engine import lock, perform

from .. import notices
from ..models import FollowUp, Meeting, Motion, Resolution, Side
from ..papers import OUTCOME, outcome_texts
from ..permissions import can_entrust, can_issue_outcome, can_publish, can_reissue_outcome
from ..workflow import FOLLOW_UP
from .meeting import NOT_YOURS


@transaction.atomic
def entrust(*, motion: Motion, due_on: date, by: Any, now: datetime, account: Any = None, side: Side | None = None) -> FollowUp:
    """Says who answers for a carried proposal and by when, and tells them; changed, the new one is told, and reminders move."""
    lock(motion.meeting)
    before = FollowUp.objects.filter(motion=motion).select_for_update().first()
    if not can_entrust(by, motion) or (before is not None and before.state != "open"):
        raise Refused(_("A proposal is entrusted once the council has carried it, until it is reported on."), code="state")
    if due_on <= now.astimezone(fund_zone()).date():
        raise Refused(_("The day must lie in the future"), field="due_on", code="past")
    if (account is None) == (side is None) or (side is not None and side.meeting_id != motion.meeting.pk):
        raise Refused(_("Choose who answers for it"), field="responsible", code="responsible")
    facts = {"account": account, "side": side, "due_on": due_on, "entrusted_at": now}
    follow_up, _made = FollowUp.objects.update_or_create(motion=motion, defaults=facts)
    told = {"account": account and account.pk, "side": side and side.pk, "due": due_on.isoformat()}
    record("councils.entrust", follow_up, by=by, now=now, facts=told)
    if before is None or (before.account_id, before.side_id, before.due_on) != (follow_up.account_id, follow_up.side_id, due_on):
        notices.tell_entrusted(follow_up, now=now)
    return follow_up


@transaction.atomic
def issue_outcome(*, meeting: Meeting, by: Any, now: datetime) -> Paper:
    """Issues the outcome document: numbers the carried proposals in the order of the meeting, once it is known of each who
    answers for it and by when; members and sides are told.
    """
    lock(meeting)
    if not can_issue_outcome(by, meeting):
        raise Refused(NOT_YOURS, code="who")
    resolution = Resolution(meeting=meeting, issued_at=now, issued_by=by)
    paper = _issue(resolution, by=by, now=now)
    notices.tell_outcome(resolution, paper, now=now)
    return paper


def _issue(resolution: Resolution, *, by: Any, now: datetime) -> Paper:
    motions = list(Motion.objects.filter(item__meeting=resolution.meeting).carried().select_related("follow_up"))
    if not motions:
        raise Refused(_("No proposal was carried: there is nothing to put into the outcome document."), code="empty")
    open_ones = [str(motion.item.number) for motion in motions if not hasattr(motion, "follow_up")]
    if open_ones:
        raise Refused(
            _("Say first who answers for each proposal and by when. Open: %(numbers)s.") % {"numbers": ", ".join(open_ones)},
            code="entrust",
        )
    for clause, motion in enumerate(motions, 1):
        motion.clause = clause
        motion.save(update_fields=["clause"])
    resolution.save()
    return issue_paper(OUTCOME, about=resolution, texts=outcome_texts(resolution), by=by, now=now)


@transaction.atomic
def reissue_outcome(*, resolution: Resolution, why: str, by: Any, now: datetime) -> Paper:
    """Declares the outcome document void with a reason and issues another, with who answers and by when as they stand now."""
    lock(resolution.meeting)
    if not can_reissue_outcome(by, resolution):
        raise Refused(NOT_YOURS, code="who")
    for paper in Paper.objects.about(resolution).standing().filter(kind=OUTCOME):
        void_paper(paper, why=why, by=by, now=now)
    return _issue(resolution, by=by, now=now)


@transaction.atomic
def publish_outcome(*, resolution: Resolution, by: Any, now: datetime) -> None:
    """Shows the outcome document and what becomes of its proposals to everyone."""
    _publish(resolution, "councils.publish_outcome", by, now, {"published_at": now, "published_by": by})


@transaction.atomic
def conceal_outcome(*, resolution: Resolution, by: Any, now: datetime) -> None:
    """Takes the public page back."""
    _publish(resolution, "councils.conceal_outcome", by, now, {"published_at": None, "published_by": None})


def _publish(resolution: Resolution, verb: str, by: Any, now: datetime, facts: dict) -> None:
    lock(resolution)
    if not can_publish(by, resolution):
        raise Refused(NOT_YOURS, code="who")
    if (resolution.published_at is None) == (facts["published_at"] is None):
        return
    for name, value in facts.items():
        setattr(resolution, name, value)
    resolution.save(update_fields=list(facts))
    record(verb, resolution, by=by, now=now)


@transaction.atomic
def report(*, follow_up: FollowUp, is_done: bool, word: str, by: Any, now: datetime) -> None:
    """Says that a proposal was carried out, or that it was not, in words; whoever keeps the minutes is told. `by` None: a side."""
    if not word.strip():
        message = _("Write what was done") if is_done else _("Write why it was not done")
        raise Refused(message, field="word", code="word")
    move = "report_done" if is_done else "report_not_done"
    facts = {"word": word.strip(), "reported_at": now, "reported_by": by}
    perform(FOLLOW_UP, move, follow_up, by=by, now=now, why=word.strip(), **facts)
    notices.tell_reported(follow_up, now=now)


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, why: str, due_on: date, by: Any, now: datetime) -> None:
    """Takes a reported proposal up again, with a reason and a new day; whoever answers for it is told."""
    if due_on <= now.astimezone(fund_zone()).date():
        raise Refused(_("The day must lie in the future"), field="due_on", code="past")
    facts: dict[str, Any] = {"word": "", "reported_at": None, "reported_by": None, "due_on": due_on, "entrusted_at": now}
    perform(FOLLOW_UP, "reopen_follow_up", follow_up, by=by, now=now, why=why, **facts)
    notices.tell_entrusted(follow_up, now=now)
