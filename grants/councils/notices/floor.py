"""Letters about meetings without a call to those who have an account: members, the secretary, who answers for a proposal."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from fund.notices.actions import notify
from fund.notices.registry import Due, deadline, kind

from ..models import FollowUp, Meeting, Motion, Resolution, Side
from .meetings import SITTING, entry_of, facts_of, invited
from .sides import tell_side_entrusted, tell_sides_outcome

SECRETARY = {"why": _("You got this letter because you keep the minutes of the meeting.")}
RESPONSIBLE = {"why": _("You got this letter because you answer for this proposal.")}
CONVENED = kind("councils.convened", _("An invitation to a meeting without a call"), **SITTING)
SIDE_ANSWERED = kind("councils.side_answered", _("An invited side has answered"), **SECRETARY)
HANDED_IN = kind("councils.handed_in", _("A proposal was handed in"), **SECRETARY)
OUTCOME_ISSUED = kind("councils.outcome_issued", _("The outcome document is issued"), **SITTING)
ENTRUSTED = kind("councils.entrusted", _("A proposal is entrusted to me"), **RESPONSIBLE)
REPORTED = kind("councils.reported", _("What became of a proposal"), **SECRETARY)


def tell_convened(meeting: Meeting, *, now: datetime) -> None:
    facts = facts_of(meeting, topics=[topic.title for topic in meeting.topics.all()])
    notify(
        CONVENED, meeting, to=invited(meeting), now=now, facts=facts, link=meeting.get_absolute_url(), calendar=entry_of(meeting)
    )


def tell_side_answered(side: Side, *, now: datetime) -> None:
    facts = facts_of(side.meeting, side=side.name, answer=side.answer, comer=side.comer, word=side.word)
    notify(SIDE_ANSWERED, side, to=side.meeting.secretary, now=now, facts=facts, link=side.meeting.get_absolute_url())


def tell_handed_in(motion: Motion, *, now: datetime) -> None:
    meeting = motion.meeting
    facts = facts_of(meeting, author=motion.author, text=motion.text)
    notify(HANDED_IN, motion, to=meeting.secretary, now=now, facts=facts, link=motion.get_absolute_url())


def tell_outcome(resolution: Resolution, paper, *, now: datetime) -> None:
    meeting = resolution.meeting
    facts = facts_of(meeting, number=paper.number)
    link = ("councils:outcome", meeting.uid)
    notify(OUTCOME_ISSUED, meeting, to=invited(meeting), now=now, facts=facts, link=link)
    tell_sides_outcome(meeting, paper.number, now=now)


def _facts_of_follow_up(follow_up: FollowUp) -> dict:
    motion = follow_up.motion
    facts = facts_of(motion.meeting, text=motion.text, due=follow_up.due_on, responsible=follow_up.responsible)
    return {**facts, "state": follow_up.state, "word": follow_up.word}


def tell_entrusted(follow_up: FollowUp, *, now: datetime) -> None:
    if follow_up.account is None:
        tell_side_entrusted(follow_up, now=now)
        return
    facts = _facts_of_follow_up(follow_up)
    notify(ENTRUSTED, follow_up, to=follow_up.account, now=now, facts=facts, link=("councils:report", follow_up.uid))


def tell_reported(follow_up: FollowUp, *, now: datetime) -> None:
    meeting = follow_up.motion.meeting
    link = ("councils:outcome", meeting.uid)
    notify(REPORTED, follow_up, to=meeting.secretary, now=now, facts=_facts_of_follow_up(follow_up), link=link)


@deadline(
    "councils.follow_up",
    label=_("A proposal entrusted to me is due soon"),
    remind=(timedelta(days=7), timedelta(days=1)),
    **RESPONSIBLE,
)
def follow_ups_of_accounts(now: datetime, horizon: datetime):
    rows = FollowUp.objects.open().filter(account__is_active=True, due_on__lte=horizon.date())
    joined = ("account__person", "motion__item__meeting__call")
    for one in rows.select_related(*joined).prefetch_related("motion__wordings"):
        if one.due_at > now:
            link = ("councils:report", one.uid)
            yield Due(one, one.account, one.due_at, _facts_of_follow_up(one), link, since=one.entrusted_at)
