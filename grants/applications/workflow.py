"""The table of moves of an application."""

from django.utils.translation import pgettext_lazy

from fund.workflow.table import Move, State, Workflow, by_time

from .models import BEFORE_RELEASE
from .permissions import (
    can_admit,
    can_admit_on_appeal,
    can_ask_late,
    can_begin_review,
    can_decide_late,
    can_refuse,
    can_release,
    can_replace,
    can_resubmit,
    can_return,
    can_submit,
    can_withdraw,
)

# With a context: "Sent" of an application is another word in Russian than "Sent" of a letter.
WORKFLOW = Workflow(
    model="applications.Application",
    initial="draft",
    states={
        "draft": State(pgettext_lazy("application", "Draft"), "mute"),
        "submitted": State(pgettext_lazy("application", "Sent"), "info"),
        "returned": State(pgettext_lazy("application", "Corrections needed"), "amber"),
        "not_admitted": State(pgettext_lazy("application", "Not admitted"), "mute"),
        "admitted": State(pgettext_lazy("application", "Admitted"), "info"),
        "under_review": State(pgettext_lazy("application", "Under review"), "plum"),
        "funded": State(pgettext_lazy("application", "Funded"), "ok"),
        "reserve": State(pgettext_lazy("application", "In reserve"), "info"),
        "declined": State(pgettext_lazy("application", "Not supported"), "mute"),
        "lapsed": State(pgettext_lazy("application", "Reserve is over"), "mute"),
        "missed": State(pgettext_lazy("application", "Not sent in time"), "mute"),
        "late_requested": State(pgettext_lazy("application", "Late request"), "amber"),
        "refused": State(pgettext_lazy("application", "Late request refused"), "mute"),
        "withdrawn": State(pgettext_lazy("application", "Withdrawn"), "mute"),
    },
    final=("funded", "declined", "lapsed", "refused", "withdrawn"),
    moves=(
        Move("submit", ("draft",), "submitted", pgettext_lazy("application", "Send application"), can_submit),
        Move("lapse", ("draft",), "missed", pgettext_lazy("application", "Deadline passed"), by_time),
        Move("replace", ("submitted",), "submitted", pgettext_lazy("application", "Send the changes"), can_replace),
        Move("return", ("submitted",), "returned", pgettext_lazy("application", "Return for correction"), can_return),
        Move("resubmit", ("returned",), "submitted", pgettext_lazy("application", "Send the corrections"), can_resubmit),
        # From "returned" only once the correction's deadline has passed: what was sent first is then judged.
        Move("admit", ("submitted", "returned"), "admitted", pgettext_lazy("application", "Admit"), can_admit),
        Move("refuse", ("submitted", "returned"), "not_admitted", pgettext_lazy("application", "Refuse"), can_refuse),
        Move(
            "admit_on_appeal",
            ("not_admitted",),
            "admitted",
            pgettext_lazy("application", "Admit: an appeal is upheld"),
            can_admit_on_appeal,
        ),
        Move("begin_review", ("admitted",), "under_review", pgettext_lazy("application", "Begin the review"), can_begin_review),
        Move("fund", ("under_review", "reserve"), "funded", pgettext_lazy("application", "Fund"), can_release),
        Move("reserve", ("under_review",), "reserve", pgettext_lazy("application", "Put in reserve"), can_release),
        Move("decline", ("under_review",), "declined", pgettext_lazy("application", "Decline"), can_release),
        # After an upheld appeal the council decides anew; docs/decisions/0013 says why these states may be left.
        Move(
            "revise_fund",
            ("funded", "reserve", "declined"),
            "funded",
            pgettext_lazy("application", "Fund: decided anew"),
            can_release,
        ),
        Move(
            "revise_reserve", ("declined",), "reserve", pgettext_lazy("application", "Put in reserve: decided anew"), can_release
        ),
        Move("expire", ("reserve",), "lapsed", pgettext_lazy("application", "Reserve is over"), by_time),
        Move("ask_late", ("missed",), "late_requested", pgettext_lazy("application", "Ask to be taken late"), can_ask_late),
        Move("accept_late", ("late_requested",), "submitted", pgettext_lazy("application", "Take it late"), can_decide_late),
        Move(
            "refuse_late",
            ("late_requested",),
            "refused",
            pgettext_lazy("application", "Refuse the late request"),
            can_decide_late,
        ),
        Move("withdraw", BEFORE_RELEASE, "withdrawn", pgettext_lazy("application", "Withdraw"), can_withdraw),
    ),
)
