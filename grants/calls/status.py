"""What a call's status box says: one of five states by the clock, or cancelled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fund.core.moments import day, moment, urgency, zone

from .models import TAKING, Call
from .workflow import WORKFLOW


@dataclass(frozen=True)
class Status:
    """`key`: soon, open, near, last, judging, over, cancelled; `kind` the colour of the box."""

    key: str
    pill: str
    title: str
    words: str
    kind: str


def status_of(call: Call, now: datetime) -> Status:
    """By the dates first: what the stored state says late, the box says in time."""
    if call.state == "cancelled":
        return Status("cancelled", pgettext("call", "Cancelled"), _("The call was cancelled"), call.cancelled_why, "mute")
    if call.is_released:
        return Status("over", pgettext("call", "Finished"), _("The call is over"), _("Its results are released."), "mute")
    if call.state not in (*TAKING, "draft") or now > call.closes_at:
        pill = str(WORKFLOW.states[call.state].public_label or WORKFLOW.states[call.state].label)
        words = _("Applications were taken until %(moment)s.") % {"moment": moment(call.deadline, now)}
        return Status(
            "judging",
            pill if call.state not in TAKING else pgettext("call", "Closed"),
            _("Applications are closed"),
            words,
            "amber",
        )
    if now < call.opens_at:
        title = _("Applications open on %(day)s") % {"day": day(call.opens_at, now)}
        return Status("soon", pgettext("call", "Soon"), title, _("Prepare the idea and the costs meanwhile."), "mute")
    return _open(call, now)


def _open(call: Call, now: datetime) -> Status:
    key = urgency(call.deadline, now)
    told: dict[str, Any] = {"moment": moment(call.deadline, now), "zone": zone(call.deadline)}
    words = _("Until %(moment)s %(zone)s") % told
    if key == "last":
        advice = _("Send first, check afterwards: a sent application can be changed until the deadline.")
        return Status(key, _("Last day"), _("Applications close today"), f"{words}. {advice}", "danger")
    if key == "closed":
        return Status("last", _("Last minutes"), _("The deadline has passed, the grace is running"), words, "danger")
    return Status(key, pgettext("call", "Open"), _("Applications are open"), words, "ok")
