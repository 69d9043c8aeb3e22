"""How a delivery moves: the state machine of the outbox, flat. Senders and the sweep perform it; a person only resends."""

from django.utils.translation import gettext_lazy as _

from fund.workflow.table import Move, State, Workflow, by_time

from .permissions import can_resend

WORKFLOW = Workflow(
    model="notices.Delivery",
    initial="pending",
    states={
        "pending": State(_("waiting"), "info"),
        "leased": State(_("taken by a sender"), "info"),
        "sending": State(_("being sent"), "info"),
        "sent": State(_("sent"), "ok"),
        "retry": State(_("will be tried again"), "amber"),
        "uncertain": State(_("perhaps sent"), "amber"),
        "failed": State(_("failed"), "danger"),
        "cancelled": State(_("cancelled"), "mute"),
        "expired": State(_("too late"), "mute"),
        "suppressed": State(_("not wanted"), "mute"),
    },
    final=("sent", "cancelled", "expired", "suppressed"),
    moves=(
        Move("lease", ("pending", "retry", "uncertain"), "leased", _("Take"), by_time),
        Move("begin", ("leased",), "sending", _("Begin sending"), by_time),
        Move("confirm", ("sending",), "sent", _("Sent"), by_time),
        Move("postpone", ("leased", "sending"), "retry", _("Try again later"), by_time),
        Move("doubt", ("sending",), "uncertain", _("No answer came"), by_time),
        Move("give_up", ("leased", "sending"), "failed", _("Give up"), by_time),
        Move("cancel", ("pending", "retry"), "cancelled", _("Take the letter back"), by_time),
        Move("expire", ("pending", "retry", "uncertain", "leased"), "expired", _("Too late"), by_time),
        Move("suppress", ("pending", "leased"), "suppressed", _("Not wanted"), by_time),
        Move("resend", ("failed",), "pending", _("Send again"), can_resend),
    ),
)
