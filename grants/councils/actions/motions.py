"""Proposals to a meeting without a call: handed in, reworded, withdrawn. They are voted on as items."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Conflict, Refused
from fund.core.once import claim
from fund.workflow.engine import lock, perform

from .. import notices
from ..models import Item, Meeting, Member, Motion, Side, Topic, Wording
from ..permissions import can_hand_in, can_reword, runs_meeting
from ..workflow import ITEM


@transaction.atomic
def hand_in(
    *,
    meeting: Meeting,
    text: str,
    by: Any,
    now: datetime,
    topic: Topic | None = None,
    member: Member | None = None,
    side: Side | None = None,
    said_by: str = "",
    once: str | None = None,
) -> Motion:
    """Writes down a proposal: a member's own, a side's (`by` None: by its link), or what anybody in the room says (`said_by`),
    by whoever keeps the minutes. It becomes the last item; the secretary is told of what others hand in.
    """
    body = {"meeting": meeting.pk, "text": text, "topic": topic and topic.pk, "said_by": said_by}
    body |= {"member": member and member.pk, "side": side and side.pk}
    slot = claim(once, by=by, verb="councils.hand_in", body=body)
    if slot.made:
        return slot.thing(Motion)
    lock(meeting)
    if side is not None:
        lock(side)
    _refuse_author(meeting, member, side, by)
    if not text.strip():
        raise Refused(_("Write the proposal"), field="text", code="text")
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    item = Item.objects.create(meeting=meeting, number=last + 1)
    recorded_by = by if getattr(by, "pk", None) else None
    author = {"member": member, "side": side, "said_by": "" if member or side else said_by.strip()}
    motion = Motion.objects.create(item=item, topic=_standing(topic), handed_in_at=now, recorded_by=recorded_by, **author)
    _write(motion, text, number=1, by=by, now=now)
    record("councils.hand_in", item, by=by, now=now, facts={"member": member and member.pk, "side": side and side.pk})
    if by is None or by.pk != meeting.secretary_id:
        notices.tell_handed_in(motion, now=now)
    slot.keep(motion)
    return motion


def _refuse_author(meeting: Meeting, member: Member | None, side: Side | None, by: Any) -> None:
    """A side speaks by its link, a member for themselves; whoever keeps the minutes writes down anybody's words."""
    if not meeting.is_floor or meeting.state not in ("called", "open"):
        raise Refused(_("Proposals are taken until the meeting is closed."), code="state")
    if by is None:
        allowed = side is not None and side.meeting_id == meeting.pk and side.withdrawn_at is None
    else:
        own = member is not None and member.account_id == by.pk and member.meeting_id == meeting.pk
        allowed = can_hand_in(by, meeting) and (own or runs_meeting(by, meeting))
    if not allowed:
        raise Refused(_("This is not yours to do."), code="who")


def _standing(topic: Topic | None) -> Topic | None:
    """Under the meeting's lock: a proposal under a topic that was removed meanwhile stands under none, as those before it do."""
    return topic and Topic.objects.filter(pk=topic.pk).first()


def _write(motion: Motion, text: str, *, number: int, by: Any, now: datetime) -> None:
    written_by = by if getattr(by, "pk", None) else None
    facts = {"number": number, "round": motion.item.round, "written_at": now, "written_by": written_by}
    Wording.objects.create(motion=motion, text=text.strip(), **facts)


@transaction.atomic
def reword(*, motion: Motion, text: str, seen: int, by: Any, now: datetime, topic: Topic | None = None) -> None:
    """Gives a proposal other words before it is voted on, or after they were not carried; the earlier ones stay beside them.

    `seen`: the number of the wording that was read; somebody else's newer one is not overwritten.
    """
    lock(motion.meeting)
    lock(motion.item)
    if not can_reword(by, motion):
        raise Refused(_("A proposal is reworded before the vote on it begins."), code="state")
    last = motion.wordings.latest("number")
    if last.number != seen:
        raise Conflict(_("Somebody else has reworded it meanwhile: “%(text)s”") % {"text": last.text}, theirs={"text": last.text})
    if not text.strip():
        raise Refused(_("Write the proposal"), field="text", code="text")
    topic = _standing(topic)
    if motion.topic_id != (topic and topic.pk):
        motion.topic = topic
        motion.save(update_fields=["topic"])
    if text.strip() != last.text:
        _write(motion, text, number=last.number + 1, by=by, now=now)
    record("councils.reword", motion.item, by=by, now=now, facts={"wording": last.number + 1, "round": motion.item.round})


@transaction.atomic
def withdraw_motion(*, motion: Motion, by: Any, now: datetime) -> None:
    """Its author thinks better of it: it is not voted on, and the protocol says so."""
    lock(motion.meeting)
    perform(ITEM, "withdraw_motion", motion.item, by=by, now=now)
