"""Discussing scores: opened by an officer or director, spoken in by those who handed in their own sheet, closed for all."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Conflict as Stale
from fund.core.errors import Refused
from fund.core.once import claim
from fund.workflow.engine import lock, perform
from grants.applications.models import Application

from ..drawing import draw_voices
from ..keeping import is_kept
from ..models import Discussion, Divergence, HandIn, Message, Sheet
from ..notices import tell_discussed, tell_discussion
from ..permissions import can_change, can_open_discussion, can_speak
from ..workflow import DISCUSSION, WORKFLOW
from .hand_ins import add_hand_in
from .locking import lock_with_call
from .watching import watch

LEAST = 2  # sheets handed in: alone one does not discuss


@transaction.atomic
def open_discussion(*, application: Application, topic: str, by: Any, now: datetime) -> Discussion:
    """Opens the discussion of an application, or opens a closed one again.

    In order: lock the call; refuse who may not, a decided application, fewer than two sheets; draw who speaks as А, Б, В;
    answer a divergence nobody answered; record; tell those, and only those, who have handed in their sheet.
    """
    lock(application.call)
    if not can_open_discussion(by, application):
        raise Refused(_("A discussion is opened while the call is being judged."), code="who")
    if is_kept(application):
        raise Refused(_("A decision on “%(title)s” is pending.") % {"title": application.name}, code="kept")
    if not topic.strip():
        raise Refused(_("Say what the experts should talk about"), field="topic", code="topic")
    sheets = list(_submitted(application))
    if len(sheets) < LEAST:
        raise Refused(_("Fewer than two sheets are handed in: there is nothing to discuss yet."), code="few")
    discussion = Discussion.objects.filter(application=application).first()
    if discussion is None:
        discussion = Discussion.objects.create(application=application, topic=topic.strip(), opened_at=now, opened_by=by)
        record("reviews.open_discussion", discussion, by=by, now=now, to="open", facts={"application": application.pk})
    else:
        perform(DISCUSSION, "reopen_discussion", discussion, by=by, now=now, topic=topic.strip(), closed_at=None)
    discussion.voices = draw_voices(discussion.uid, discussion.voices, [sheet.pk for sheet in sheets])
    discussion.save(update_fields=["voices"])
    answered = {"answer": "discussion", "answered_at": now, "answered_by": by}
    Divergence.objects.filter(application=application, answer="").update(**answered)
    for sheet in sheets:
        tell_discussion(sheet, now=now)
    return discussion


@transaction.atomic
def speak(*, sheet: Sheet, text: str, by: Any, now: datetime, once: str | None = None) -> Message:
    """One expert says something to the others; they are told that something was said, not by whom."""
    slot = claim(once, by=by, verb="reviews.speak", body={"sheet": sheet.pk, "text": text})
    if slot.made:
        return slot.thing(Message)
    lock_with_call(sheet)
    if not can_speak(by, sheet):
        raise Refused(_("The discussion is closed."), code="state")
    if not text.strip():
        raise Refused(_("Write what you want to say"), field="text", code="text")
    discussion = sheet.application.discussion
    message = Message.objects.create(discussion=discussion, sheet=sheet, text=text.strip(), written_at=now)
    record("reviews.speak", discussion, by=by, now=now, facts={"message": message.pk})
    _tell_others(sheet, now=now)
    slot.keep(message)
    return message


@transaction.atomic
def change_score(*, sheet: Sheet, draft: dict, remark: str, why: str, version: int, by: Any, now: datetime) -> HandIn:
    """Changes what was handed in, in the discussion: a further hand-in with its reason; the earlier one stays on record.

    In order: lock the call and the sheet; refuse a closed discussion, a missing reason, a stale tab, no change at all;
    check every mark; add the hand-in and record; look at the divergence again; tell the others that there is news.
    """
    lock_with_call(sheet)
    if not can_change(by, sheet):
        raise Refused(_("The discussion is closed: scores stay as they are."), code="state")
    if not why.strip():
        raise Refused(_("Say why the score changes: the others read it"), field="why", code="why")
    if version != sheet.version:
        raise Stale(_("This sheet was changed in another window. Look at the page anew."), code="stale")
    before = sheet.current
    assert before is not None  # a constraint: a submitted sheet has its hand-in
    hand_in = add_hand_in(sheet, draft, remark=remark, now=now, why=why.strip())
    if (hand_in.scores, hand_in.remark) == (before.scores, before.remark):
        raise Refused(_("Nothing is changed in the sheet."), code="same")
    facts = {"hand_in": hand_in.pk, "before": before.pk}
    written = {"current": hand_in, "draft": draft, "remark": remark, "version": version + 1, "saved_at": now}
    perform(WORKFLOW, "change", sheet, by=by, now=now, why=why, facts=facts, **written)
    watch(sheet.application, now=now)
    _tell_others(sheet, now=now)
    return hand_in


def join_discussion(sheet: Sheet, *, now: datetime) -> None:
    """Whoever hands in while the others discuss is let in, with the next letter; called by the hand-in, under its locks."""
    discussion = Discussion.objects.filter(application=sheet.application_id).first()
    if discussion is None:
        return
    discussion.voices = draw_voices(discussion.uid, discussion.voices, [sheet.pk])
    discussion.save(update_fields=["voices"])
    if discussion.state == "open" and not is_kept(sheet.application):
        tell_discussion(sheet, now=now)


@transaction.atomic
def close_discussion(*, discussion: Discussion, by: Any, now: datetime) -> None:
    """Ends a discussion; what was said and changed stays to be read by those who could."""
    perform(DISCUSSION, "close_discussion", discussion, by=by, now=now, closed_at=now)


@transaction.atomic
def close_discussions(*, call: Any, now: datetime) -> None:
    """The release ends every discussion of its call."""
    for discussion in Discussion.objects.of_call(call).open().order_by("pk"):
        close_discussion(discussion=discussion, by=None, now=now)


def _submitted(application: Application):
    return Sheet.objects.submitted().filter(application=application).select_related("expert", "application__call").order_by("pk")


def _tell_others(sheet: Sheet, *, now: datetime) -> None:
    for other in _submitted(sheet.application).exclude(pk=sheet.pk):
        tell_discussed(other, now=now)
