"""Meetings without a call: convene one, write its agenda, invite sides, take their answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.workflow.engine import lock

from .. import notices
from ..models import ANSWERS, Meeting, Side, Topic
from ..permissions import can_convene, can_invite, can_set_topics
from .meeting import NOT_YOURS, refuse_past, seat

GONE = gettext_lazy("This topic was taken off the agenda meanwhile.")


@transaction.atomic
def convene(
    *,
    title: str,
    starts_at: datetime,
    place: str,
    topics: Iterable[tuple[str, str]],
    members: Iterable[Any],
    chair: Any,
    secretary: Any,
    by: Any,
    now: datetime,
    ballot: str = "open",
    once: str | None = None,
) -> Meeting:
    """Convenes a meeting that decides no call: refuse who may not; write the seats and the agenda, (topic, speaker) by
    (topic, speaker); invite the members. Sides are invited one by one.
    """
    members = {one.pk: one for one in [chair, *members]}
    topics = list(topics)
    body = {"title": title, "starts_at": starts_at, "place": place, "topics": topics, "members": sorted(members)}
    body |= {"chair": chair.pk, "secretary": secretary.pk, "ballot": ballot}
    slot = claim(once, by=by, verb="councils.convene", body=body)
    if slot.made:
        return slot.thing(Meeting)
    if not can_convene(by):
        raise Refused(NOT_YOURS, code="who")
    refuse_past(starts_at, now)
    facts = {"starts_at": starts_at, "place": place, "ballot": ballot, "called_at": now, "called_by": by}
    meeting = seat(members.values(), title=title.strip(), chair=chair, secretary=secretary, **facts)
    for number, (words, speaker) in enumerate(topics, 1):
        Topic.objects.create(meeting=meeting, number=number, title=words, speaker=speaker)
    record("councils.convene", meeting, by=by, now=now, to="called", facts={"members": sorted(members), "topics": len(topics)})
    notices.tell_convened(meeting, now=now)
    slot.keep(meeting)
    return meeting


@transaction.atomic
def set_topic(
    *,
    meeting: Meeting,
    title: str,
    speaker: str,
    by: Any,
    now: datetime,
    topic: Topic | None = None,
    minutes: str = "",
    once: str | None = None,
) -> Topic:
    """Adds a topic at the end of the agenda, or changes one: its words, its speaker, what was said on it."""
    body = {"meeting": meeting.pk, "title": title, "speaker": speaker, "minutes": minutes}
    slot = claim(once, by=by, verb="councils.set_topic", body=body)
    if slot.made:
        try:
            return slot.thing(Topic)
        except Topic.DoesNotExist:
            raise Refused(GONE, code="gone") from None
    lock(meeting)
    if not can_set_topics(by, meeting):
        raise Refused(_("The agenda is written until the meeting is closed."), code="state")
    if topic is not None:
        _refuse_gone(topic)
    else:
        last = meeting.topics.aggregate(last=Max("number"))["last"] or 0
        topic = Topic(meeting=meeting, number=last + 1)
    topic.title, topic.speaker, topic.minutes = title.strip(), speaker.strip(), minutes.strip()
    topic.save()
    record("councils.set_topic", meeting, by=by, now=now, facts={"topic": topic.number})
    slot.keep(topic)
    return topic


@transaction.atomic
def remove_topic(*, topic: Topic, by: Any, now: datetime) -> None:
    """Takes a topic off the agenda; proposals made under it stay, under none."""
    lock(topic.meeting)
    if not can_set_topics(by, topic.meeting):
        raise Refused(_("The agenda is written until the meeting is closed."), code="state")
    _refuse_gone(topic)
    record("councils.remove_topic", topic.meeting, by=by, now=now, facts={"topic": topic.number})
    topic.delete()


def _refuse_gone(topic: Topic) -> None:
    """Under the meeting's lock: saving a topic that another has removed would bring it back."""
    if not Topic.objects.filter(pk=topic.pk).exists():
        raise Refused(GONE, code="gone")


@transaction.atomic
def invite_side(
    *,
    meeting: Meeting,
    name: str,
    person: str,
    email: str,
    by: Any,
    now: datetime,
    language: str = "ru",
    organisation: Any = None,
    once: str | None = None,
) -> Side:
    """Invites a side by letter, with a calendar file and the one link by which it answers; no account is needed."""
    body = {"meeting": meeting.pk, "name": name, "person": person, "email": email, "language": language}
    slot = claim(once, by=by, verb="councils.invite_side", body={**body, "organisation": organisation and organisation.pk})
    if slot.made:
        return slot.thing(Side)
    lock(meeting)
    if not can_invite(by, meeting):
        raise Refused(_("Sides are invited until the meeting is closed."), code="state")
    if meeting.sides.invited().filter(email__iexact=email).exists():
        raise Refused(_("This address is invited already"), field="email", code="invited")
    side = Side.objects.create(
        meeting=meeting,
        organisation=organisation,
        name=name.strip(),
        person=person.strip(),
        email=email,
        language=language,
        invited_at=now,
        invited_by=by,
    )
    record("councils.invite_side", meeting, by=by, now=now, facts={"side": side.pk})
    notices.tell_side_invited(side, now=now)
    slot.keep(side)
    return side


@transaction.atomic
def withdraw_side(*, side: Side, by: Any, now: datetime) -> None:
    """Takes an invitation back: its link opens nothing any more, and the side is told."""
    lock(side.meeting)
    lock(side)
    if not can_invite(by, side.meeting) or side.withdrawn_at is not None:
        raise Refused(_("Sides are invited until the meeting is closed."), code="state")
    if side.motions.exists():
        raise Refused(_("This side has made a proposal: its invitation stays."), code="motions")
    side.withdrawn_at = now
    side.save(update_fields=["withdrawn_at"])
    record("councils.withdraw_side", side.meeting, by=by, now=now, facts={"side": side.pk})
    notices.tell_side_withdrawn(side, now=now)


@transaction.atomic
def answer_invitation(*, side: Side, answer: str, now: datetime, delegate: str = "", word: str = "", by: Any = None) -> None:
    """A side says by its link whether it comes; the last answer before the meeting opens counts. The secretary is told."""
    lock(side.meeting)
    lock(side)
    if side.meeting.state != "called" or side.withdrawn_at is not None:
        raise Refused(_("The time to answer is over."), code="state")
    if answer not in dict(ANSWERS):
        raise Refused(_("Choose an answer"), field="answer", code="answer")
    delegate = delegate.strip() if answer == "sends" else ""
    if answer == "sends" and not delegate:
        raise Refused(_("Write who comes"), field="delegate", code="delegate")
    side.answer, side.delegate, side.word, side.answered_at = answer, delegate, word.strip(), now
    side.save(update_fields=["answer", "delegate", "word", "answered_at"])
    record("councils.answer_invitation", side.meeting, by=by, now=now, to=answer, facts={"side": side.pk})
    notices.tell_side_answered(side, now=now)
