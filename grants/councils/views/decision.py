"""One decision: chosen in the list, or on its own page with an amount and a reason."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.pages import ThingVerbPage
from grants.applications.models import Application
from grants.applications.reading import proposal_of
from grants.reviews.models import Sheet
from grants.reviews.templatetags.sheets import mark_of

from ..actions import decide
from ..forms import DecideForm
from ..models import OUTCOMES, Decision
from ..permissions import can_decide
from ..queries import board_of
from .board import NOT_NOW, lines_of, parts_of


def may_decide_now(user, application) -> bool:
    return application.state == "under_review" and application.call.state == "judging" and can_decide(user, application)


class Decide(ThingVerbPage):
    """One decision: chosen in the list, or here with an amount and a reason."""

    template_name = "councils/decide.html"
    model = Application
    form_class = DecideForm
    whose, may = staticmethod(can_decide), staticmethod(may_decide_now)
    nav = "calls"

    def no_more(self):
        application = self.thing
        if application.call.state != "judging":
            return NOT_NOW
        return gettext("“%(title)s” is not under review.") % {"title": application.name}

    def get_queryset(self):
        return super().get_queryset().select_related("call")

    def get_title(self):
        return self.thing.name

    def get_crumbs(self):
        call = self.thing.call
        return [
            (call.title, reverse("calls:manage", args=[call.slug])),
            (_("Decisions"), reverse("councils:list", args=[call.slug])),
        ]

    def line(self):
        board = board_of(self.thing.call, now=self.request.now, reader=self.request.user)
        return board, next((line for line in board.lines if line.row.pk == self.thing.pk), None)

    def get_initial(self):
        last = Decision.objects.filter(application=self.thing).order_by("-number").first()
        # Chosen in the list, refused there for want of a reason: the choice comes along.
        wanted = self.request.GET.get("outcome")
        chosen = {"outcome": wanted} if wanted in dict(OUTCOMES) else {}
        if last is None:
            return {"seen": 0, **chosen}
        return {"seen": last.number, "outcome": last.outcome, "amount": last.amount or None, "why": last.why, **chosen}

    def act(self, form) -> str:
        data = form.cleaned_data
        decide(
            application=self.thing,
            outcome=data["outcome"],
            amount=data["amount"],
            why=data["why"],
            seen=data["seen"],
            by=self.request.user,
            now=self.request.now,
        )
        return reverse("councils:list", args=[self.thing.call.slug]) + f"#{self.thing.uid}"

    def post(self, request, *args, **kwargs):
        """A choice in the list is answered by its row alone; a refusal there leads to this page."""
        if not request.htmx:
            return super().post(request, *args, **kwargs)
        form, refusal = self.get_form(), ""
        if form.is_valid():
            try:
                self.act(form)
            except Refused as refused:
                refusal = str(refused)
        board, line = self.line()
        shown = form.data.get("show", "all")
        cut = next((one for one in lines_of(board, shown) or [] if one.is_cut), None)
        context = {"line": line, "cut": cut, "refusal": refusal, "wanted": form.data.get("outcome", "")}
        context |= {"thing": self.thing.call, **parts_of(self.thing.call, board, shown, request.user)}
        return render(request, "councils/row_choice.html", context)

    def get_context_data(self, **kwargs):
        _board, line = self.line()
        sheets = list(
            Sheet.objects.filter(application=self.thing).submitted().select_related("current").order_by("current__total", "pk")
        )
        return super().get_context_data(
            line=line,
            application=self.thing,
            proposal=proposal_of(self.thing, reader=self.request.user),
            sheets=sheets,
            criteria=[(c, [mark_of(sheet.current, c) for sheet in sheets]) for c in self.thing.regulation.rules.scored],
            history=Decision.objects.filter(application=self.thing).select_related("decided_by__person").order_by("-number"),
            **kwargs,
        )
