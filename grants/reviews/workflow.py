"""The tables of moves of a score sheet, of a discussion and of a plan of assignment."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.workflow.table import Move, State, Workflow, by_time

from .permissions import (
    can_accept,
    can_accept_plan,
    can_change,
    can_close_discussion,
    can_count_plan,
    can_declare_conflict,
    can_decline,
    can_find_conflict,
    can_reopen,
    can_reopen_discussion,
    can_revoke,
    can_score,
    can_submit,
)

WORKFLOW = Workflow(
    model="reviews.Sheet",
    initial="invited",
    states={
        "invited": State(_("Invited"), "info"),
        "accepted": State(_("Not started"), "mute"),
        "draft": State(_("In progress"), "amber"),
        "submitted": State(_("Handed in"), "ok"),
        "declined": State(_("Declined"), "mute"),
        "conflicted": State(_("Recused"), "mute"),
        "revoked": State(_("Taken back"), "mute"),
    },
    final=("declined", "conflicted", "revoked"),
    moves=(
        Move("accept", ("invited",), "accepted", _("Accept the invitation"), can_accept),
        Move("decline", ("invited", "accepted", "draft"), "declined", _("Decline the invitation"), can_decline),
        Move(
            "declare_conflict",
            ("invited", "accepted", "draft", "submitted"),
            "conflicted",
            _("Declare a conflict"),
            can_declare_conflict,
        ),
        Move(
            "find_conflict",
            ("invited", "accepted", "draft", "submitted"),
            "conflicted",
            _("A rule finds a tie"),
            can_find_conflict,
        ),
        Move("score", ("accepted", "draft"), "draft", _("Write the sheet"), can_score),
        Move("submit", ("accepted", "draft"), "submitted", _("Hand in the sheet"), can_submit),
        Move("change", ("submitted",), "submitted", _("Change a score"), can_change),
        Move("reopen", ("submitted",), "draft", _("Give the sheet back"), can_reopen),
        Move("revoke", ("invited", "accepted", "draft"), "revoked", _("Take the invitation back"), can_revoke),
    ),
)

DISCUSSION = Workflow(
    model="reviews.Discussion",
    initial="open",
    states={
        "open": State(pgettext_lazy("discussion", "Open"), "ok"),
        "closed": State(pgettext_lazy("discussion", "Closed")),
    },
    final=(),
    moves=(
        Move("close_discussion", ("open",), "closed", _("Close the discussion"), can_close_discussion),
        Move("reopen_discussion", ("closed",), "open", _("Open the discussion again"), can_reopen_discussion),
    ),
)

PLAN = Workflow(
    model="reviews.Plan",
    initial="asked",
    states={
        "asked": State(pgettext_lazy("plan", "Being counted"), "info"),
        "ready": State(_("The plan is not accepted"), "amber"),
        "failed": State(pgettext_lazy("plan", "Could not be counted"), "danger"),
        "accepted": State(pgettext_lazy("plan", "Accepted"), "ok"),
        "dropped": State(pgettext_lazy("plan", "Dropped")),
    },
    final=("accepted", "dropped"),
    moves=(
        Move("count_plan", ("asked",), "ready", _("The plan is counted"), can_count_plan),
        Move("fail_plan", ("asked",), "failed", _("The plan cannot be counted"), by_time),
        Move("accept_plan", ("ready",), "accepted", _("Accept the plan"), can_accept_plan),
        Move("drop_plan", ("asked", "ready", "failed"), "dropped", _("Drop the plan"), can_accept_plan),
    ),
)
