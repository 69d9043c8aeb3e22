"""The letters and deadlines of calls. Who has begun an application is known above: that room names the recipients."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.notices.actions import notify
from fund.notices.calendars import Entry, until
from fund.notices.registry import Due, deadline, kind
from fund.people.actions import tell_subscribers
from fund.people.roles import holders
from fund.people.topics import topic

from .models import Call, Question, Version
from .permissions import can_see_desk
from .regulation import differences

CURATING = {"why": _("You got this letter as the curator of the call."), "shown_to": can_see_desk}
OPENED = kind("calls.opened", _("A call of mine has opened"), **CURATING)
AMENDED = kind("calls.amended", _("A call was changed"), why=_("You got this letter because you have begun an application."))
CANCELLED = kind("calls.cancelled", _("A call was cancelled"), why=_("You got this letter because the call concerned you."))
ASKED = kind("calls.asked", _("A question to the curator"), **CURATING)
ANSWERED = kind("calls.answered", _("An answer to my question"), why=_("You asked the curator of this call."))

NOW_OPEN = kind(
    "calls.now_open", _("A call I waited for has opened"), optional=True, why=_("You asked to be told when it opens.")
)
CALLS = topic(
    "calls",
    model="calls.call",
    key="slug",
    message=NOW_OPEN,
    whichever=_("The next call"),
    link=lambda call: ("calls:read", call.slug) if call else ("calls:list",),
    title=lambda call: call.words,
    is_awaited=lambda call, now: call.state == "announced" and call.opens_at > now,
)

# A calendar takes the entry with the higher number. An applicant's own deadline outweighs every amendment of the call.
OWN = 1000


def closing_entry(call: Call, at: datetime | None = None, *, version: int, extensions: int = 0) -> Entry:
    """The closing of a call in a calendar: one entry, which moves with an amendment and with an applicant's own deadline."""
    sequence = version - 1 + OWN * extensions
    return until(f"call-{call.slug}-closing", _("Send the application"), call.words, at or call.deadline, sequence=sequence)


ANSWER_WITHIN = timedelta(days=3)


def tell_opened(call: Call, *, now: datetime) -> None:
    facts = {"call": call.words, "deadline": call.deadline}
    notify(OPENED, call, to=call.curator, now=now, facts=facts, link=("calls:manage", call.slug))


def tell_waiting(call: Call, *, now: datetime) -> int:
    """Everybody who asked to be told when it opens, or when any call does. Counts the new."""
    facts = {"call": call.words, "deadline": call.deadline}
    return tell_subscribers(CALLS, call, now=now, facts=facts, calendar=closing_entry(call, version=call.version.number))


def tell_amended(version: Version, *, to: Iterable[Any], now: datetime) -> int:
    """Tells these accounts of an amendment; asked again, it tells only those who do not know yet. Counts the new."""
    call = version.call
    facts = {"call": call.words, "reason": version.reason, "deadline": call.deadline, "changes": said_changes(version)}
    entry = closing_entry(call, version=version.number) if "later" in facts["changes"] else None
    link, at = ("calls:read", call.slug), version.made_at
    return len(notify(AMENDED, version, to=to, now=now, instant=at, facts=facts, link=link, calendar=entry))


def tell_cancelled(call: Call, *, to: Iterable[Any], now: datetime) -> int:
    """Tells these accounts that the call was cancelled, each once. Counts the new."""
    facts = {"call": call.words, "reason": call.cancelled_why}
    return len(notify(CANCELLED, call, to=to, now=now, instant=call.cancelled_at, facts=facts, link=("calls:read", call.slug)))


def tell_asked(question: Question, *, now: datetime) -> None:
    facts = {"call": question.call.words, "question": question.text}
    notify(ASKED, question, to=question.call.curator, now=now, facts=facts, link=("calls:answer", question.uid))


def tell_answered(question: Question, *, now: datetime) -> None:
    facts = {
        "call": question.call.words,
        "question": question.text,
        "answer": question.answer,
        "is_public": question.is_public,
    }
    notify(ANSWERED, question, to=question.asked_by, now=now, facts=facts, link=("calls:read", question.call.slug))


def said_changes(version: Version) -> list[str]:
    """Which of the three permitted things a version changed: later, money, text."""
    earlier = version.call.versions.filter(number__lt=version.number).last()
    if earlier is None:
        return []
    told = {"timeline": "later", "money": "money", "clarifications": "text"}
    found = [told[change.at[0]] for change in differences(earlier.regulation, version.regulation) if change.at[0] in told]
    return list(dict.fromkeys(found))


@deadline("calls.opening", label=_("A call should open soon"), remind=(timedelta(days=3), timedelta(days=1)), **CURATING)
def calls_to_announce(now: datetime, horizon: datetime):
    """Drafts whose opening day comes near: nobody but the curator can announce them."""
    for call in Call.objects.filter(state="draft", opens_at__gt=now, opens_at__lte=horizon).select_related("curator"):
        yield Due(call, call.curator, call.opens_at, {"call": call.words, "opens": call.opens_at}, ("calls:manage", call.slug))


@deadline(
    "calls.deciding",
    label=_("Decisions of a call are due"),
    remind=(timedelta(days=5), timedelta(days=1)),
    why=_("You got this letter as a director."),
    shown_to=can_see_desk,
)
def calls_to_decide(now: datetime, horizon: datetime):
    """The day by which the directors want to have decided."""
    for call in Call.objects.filter(state__in=("closed", "judging")):
        at = call.regulation.timeline.decided_by
        if at is None or not now < at <= horizon:
            continue
        for director in holders("director", call):
            yield Due(call, director, at, {"call": call.words, "due": at}, ("calls:manage", call.slug))


@deadline("calls.answer_due", label=_("A question waits for an answer"), remind=(timedelta(days=1),), **CURATING)
def questions_to_answer(now: datetime, horizon: datetime):
    """Questions the curator has not answered; three days are promised."""
    since, until = now - ANSWER_WITHIN, horizon - ANSWER_WITHIN
    waiting = Question.objects.waiting().filter(asked_at__gt=since, asked_at__lte=until)
    for question in waiting.select_related("call__curator"):
        facts = {"call": question.call.words, "question": question.text}
        at = question.asked_at + ANSWER_WITHIN
        yield Due(question, question.call.curator, at, facts, ("calls:answer", question.uid), since=question.asked_at)
