"""The table of moves of a call. Whether it takes applications is computed from its dates; these states record it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.workflow.table import Move, State, Workflow, by_time

from .permissions import (
    can_announce,
    can_archive,
    can_cancel,
    can_decide,
    can_open,
    can_release,
    can_start_judging,
)

BEFORE_RELEASE = ("draft", "announced", "open", "closed", "judging", "decided")

WORKFLOW = Workflow(
    model="calls.Call",
    initial="draft",
    states={
        "draft": State(pgettext_lazy("call", "Draft")),
        "announced": State(pgettext_lazy("call", "Announced"), "info"),
        "open": State(pgettext_lazy("call", "Open"), "ok"),
        "closed": State(pgettext_lazy("call", "Closed"), "amber"),
        "judging": State(pgettext_lazy("call", "Being judged"), "plum"),
        "decided": State(pgettext_lazy("call", "Decided, not released"), "plum", pgettext_lazy("call", "Being judged")),
        "released": State(_("Results released"), "brand"),
        "archived": State(pgettext_lazy("call", "In the archive")),
        "cancelled": State(pgettext_lazy("call", "Cancelled")),
    },
    final=("archived", "cancelled"),
    moves=(
        Move("announce", ("draft",), "announced", _("Announce the call"), can_announce),
        Move("open", ("draft", "announced"), "open", _("Open the call now"), can_open),
        Move("close", ("announced", "open"), "closed", _("Close applications"), by_time),
        Move("start_judging", ("closed",), "judging", _("Start judging"), can_start_judging),
        Move("decide", ("judging",), "decided", _("Decisions are taken"), can_decide),
        Move("release", ("decided",), "released", _("Release the results"), can_release),
        Move("archive", ("released",), "archived", _("Put into the archive"), can_archive),
        Move("cancel", BEFORE_RELEASE, "cancelled", _("Cancel the call"), can_cancel),
    ),
)
