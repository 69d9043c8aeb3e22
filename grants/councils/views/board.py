"""The board: the ranking with its cut line and decisions, and deciding all of it as the ranking says."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Confirm
from fund.core.pages import ThingPage, ThingVerbPage
from grants.applications.models import Application
from grants.calls.models import Call
from grants.reviews.models import Sheet
from grants.reviews.queries import draws_of

from ..actions import follow_ranking
from ..models import OUTCOMES
from ..permissions import can_rank, can_release
from ..queries import Board, Line, board_of
from .of_call import CallMixin

PER_PAGE = 100
NOT_NOW = _("Decisions are taken while the call is being judged.")
CHIPS = [
    ("all", _("All"), lambda line: True),
    ("diverging", _("Experts diverge"), lambda line: line.row.diverges),
    ("line", _("At the line"), lambda line: line.is_near),
    ("undecided", _("Undecided"), lambda line: not line.decided),
]


def lines_of(board: Board, shown: str) -> list[Line] | None:
    """The lines under one chip; None where there is no such chip."""
    wanted = next((wanted for key, _label, wanted in CHIPS if key == shown), None)
    return None if wanted is None else [line for line in board.lines if wanted(line)]


def parts_of(call: Call, board: Board, shown: str, user: Any) -> dict:
    """What the page and the answer to one choice in it share: figures, chips with their counts, the totals."""
    divergence = call.regulation.rules.divergence
    return {
        "board": board,
        "shown": shown,
        "chips": [(key, label, len(lines_of(board, key) or ()), key == shown) for key, label, _wanted in CHIPS],
        "limit": divergence.spread if divergence else None,
        "sheets": Sheet.objects.of_call(call).live().aggregate(all=Count("pk"), submitted=Count("current")),
        "outcomes": OUTCOMES,
        "may_decide": may_decide_now(user, call),
    }


def reserve_of(call: Call, user: Any) -> list[tuple[Application, bool]]:
    """Who waits in the reserve after the release, in order, each with whether the reader may fund it now."""
    if call.state not in ("released", "archived"):
        return []
    waiting = Application.objects.visible_to(user).in_reserve(call)
    may = call.left > 0 and can_release(user, call)
    return [(one, may) for one in waiting]


class DecisionList(CallMixin, ThingPage):
    """D1: the ranking, its cut line, and what is decided on each application."""

    template_name = "councils/list.html"
    title = _("Decisions")
    may = staticmethod(can_rank)

    def get_context_data(self, **kwargs):
        board = board_of(self.thing, now=self.request.now, reader=self.request.user)
        shown = self.request.GET.get("show", "all")
        lines = lines_of(board, shown)
        number = self.request.GET.get("page", "1")
        paginator = Paginator(lines or [], PER_PAGE)
        if lines is None or not (number.isascii() and number.isdigit() and len(number) < 5):
            raise Http404
        if not 1 <= int(number) <= paginator.num_pages:
            raise Http404
        page = paginator.page(int(number))
        parts = parts_of(self.thing, board, shown, self.request.user)
        lots, reserve = draws_of(self.thing), reserve_of(self.thing, self.request.user)
        return super().get_context_data(page=page, lots=lots, reserve=reserve, **parts, **kwargs)


def may_decide_now(user, call) -> bool:
    return call.state == "judging" and can_release(user, call)


class FollowRanking(CallMixin, ThingVerbPage):
    """Decides everything undecided as the ranking says, in one act."""

    template_name = "councils/follow.html"
    title = _("Decide by the ranking")
    form_class = Confirm
    whose, may = staticmethod(can_release), staticmethod(may_decide_now)
    done = _("Decided as the ranking says. Nobody is told before the release.")

    def no_more(self):
        return NOT_NOW

    def act(self, form) -> str:
        follow_ranking(call=self.thing, by=self.request.user, now=self.request.now)
        return reverse("councils:list", args=[self.thing.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(board=board_of(self.thing, now=self.request.now, reader=self.request.user), **kwargs)
