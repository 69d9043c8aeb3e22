"""The tables of moves of meetings, of the items on their agenda, and of what follows from carried proposals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.workflow.table import Move, State, Workflow

from .permissions import (
    can_cancel_meeting,
    can_close_meeting,
    can_open_meeting,
    can_reopen_follow_up,
    can_report,
    can_run_item,
    can_withdraw_motion,
)

MEETING = Workflow(
    model="councils.Meeting",
    initial="called",
    states={
        "called": State(pgettext_lazy("meeting", "Called"), "info"),
        "open": State(pgettext_lazy("meeting", "Under way"), "plum"),
        "closed": State(pgettext_lazy("meeting", "Closed"), "ok"),
        "cancelled": State(pgettext_lazy("meeting", "Cancelled"), "mute"),
    },
    final=("closed", "cancelled"),
    moves=(
        Move("open_meeting", ("called",), "open", _("Open the meeting"), can_open_meeting),
        Move("close_meeting", ("open",), "closed", _("Close the meeting"), can_close_meeting),
        Move("cancel_meeting", ("called",), "cancelled", _("Cancel the meeting"), can_cancel_meeting),
    ),
)

ITEM = Workflow(
    model="councils.Item",
    initial="waiting",
    states={
        "waiting": State(pgettext_lazy("item", "Undecided")),
        "voting": State(pgettext_lazy("item", "Voting"), "plum"),
        "carried": State(pgettext_lazy("item", "Decided"), "ok"),
        "lost": State(pgettext_lazy("item", "Not carried"), "amber"),
        "postponed": State(pgettext_lazy("item", "Postponed")),
        "withdrawn": State(pgettext_lazy("item", "Withdrawn")),
    },
    final=("carried", "postponed", "lost", "withdrawn"),
    moves=(
        Move("put_to_vote", ("waiting", "lost"), "voting", _("Put to the vote"), can_run_item),
        Move("carry", ("voting",), "carried", _("Carried"), can_run_item),
        Move("lose", ("voting",), "lost", _("Not carried"), can_run_item),
        Move("postpone", ("waiting", "voting", "lost"), "postponed", _("Postpone"), can_run_item),
        Move("resume", ("postponed",), "waiting", _("Take it up again"), can_run_item),
        Move("withdraw_motion", ("waiting", "lost", "postponed"), "withdrawn", _("Withdraw the proposal"), can_withdraw_motion),
    ),
)

FOLLOW_UP = Workflow(
    model="councils.FollowUp",
    initial="open",
    states={
        "open": State(pgettext_lazy("follow-up", "In progress"), "info"),
        "done": State(pgettext_lazy("follow-up", "Done"), "ok"),
        "not_done": State(pgettext_lazy("follow-up", "Not done"), "amber"),
    },
    final=("done", "not_done"),
    moves=(
        Move("report_done", ("open",), "done", pgettext_lazy("follow-up", "Done"), can_report),
        Move("report_not_done", ("open",), "not_done", pgettext_lazy("follow-up", "Not done"), can_report),
        Move("reopen_follow_up", ("done", "not_done"), "open", _("Take it up again"), can_reopen_follow_up),
    ),
)
