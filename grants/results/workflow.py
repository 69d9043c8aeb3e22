"""The table of moves of an appeal."""

from django.utils.translation import pgettext_lazy

from fund.workflow.table import Move, State, Workflow

from .permissions import can_answer, can_consider, can_withdraw

WORKFLOW = Workflow(
    model="results.Appeal",
    initial="filed",
    states={
        "filed": State(pgettext_lazy("appeal", "Filed"), "info"),
        "in_consideration": State(pgettext_lazy("appeal", "In consideration"), "plum"),
        "upheld": State(pgettext_lazy("appeal", "Upheld"), "ok"),
        "rejected": State(pgettext_lazy("appeal", "Rejected"), "mute"),
        "withdrawn": State(pgettext_lazy("appeal", "Withdrawn"), "mute"),
    },
    final=("upheld", "rejected", "withdrawn"),
    moves=(
        Move("consider", ("filed", "in_consideration"), "in_consideration", pgettext_lazy("appeal", "Take it up"), can_consider),
        Move("uphold", ("in_consideration",), "upheld", pgettext_lazy("appeal", "Uphold"), can_answer),
        Move("reject", ("in_consideration",), "rejected", pgettext_lazy("appeal", "Reject"), can_answer),
        Move("withdraw", ("filed", "in_consideration"), "withdrawn", pgettext_lazy("appeal", "Withdraw"), can_withdraw),
    ),
)
