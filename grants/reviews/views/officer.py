"""The officer's pages of judging: who judges what, how far it is, one sheet, giving it back."""

from collections import Counter, defaultdict

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Reason
from fund.core.pages import ListPage, ThingMixin, ThingPage, ThingVerbPage
from fund.people.roles import holders
from fund.workflow.pages import MoveMixin
from grants.applications.models import Application
from grants.calls.models import Call

from ..actions import plan_sheets, reopen_sheet
from ..conflicts import IN_A_WORD
from ..forms import PlanForm
from ..models import LIVE, TO_JUDGE, Sheet
from ..permissions import arranges, can_assign, can_follow, can_reopen, owes_sheet
from ..queries import progress_of, ties_of_call, words_of
from ..workflow import WORKFLOW


class CallPageMixin:
    """A page under one call, fetched by its slug."""

    model = Call
    key = "slug"
    nav = "calls"

    def get_crumbs(self):
        return [(_("Calls"), reverse("calls:desk")), (self.thing.title, reverse("calls:manage", args=[self.thing.slug]))]


class Arranging:
    """A page on which the judging is arranged; whoever arranges it is told when there is nothing to arrange any more."""

    whose, may = staticmethod(arranges), staticmethod(can_assign)

    def no_more(self):
        return _("Experts can be assigned once the call is closed and until it is decided.")


def is_fixed(sheet: Sheet) -> bool:
    """A sheet that is in stays; so does one of which the reader may not learn yet whether it is."""
    return sheet.is_submitted or not sheet.is_told


class AssignByHand(Arranging, CallPageMixin, ThingVerbPage):
    """The matrix of applications and experts with a box in each cell; ties block a cell and say why."""

    template_name = "reviews/assign_by_hand.html"
    title = _("Assigning by hand")
    form_class = PlanForm
    done = _("The plan is kept. Newly invited experts have their letters.")

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Assigning experts"), reverse("reviews:assign", args=[self.thing.slug]))]

    @cached_property
    def experts(self) -> list:
        return list(holders("expert", self.thing).select_related("person"))

    @cached_property
    def applications(self) -> list[Application]:
        mine = Application.objects.visible_to(self.request.user)
        return list(mine.filter(call=self.thing, state__in=TO_JUDGE).by_number())

    @cached_property
    def live(self) -> dict[tuple[int, int], Sheet]:
        rows = Sheet.objects.of_call(self.thing).live().told_to(self.request.user)
        return {(s.application_id, s.expert_id): s for s in rows}

    @cached_property
    def ties(self):
        return ties_of_call(self.thing, experts=[expert.pk for expert in self.experts])

    @cached_property
    def words(self):
        return words_of(self.ties)

    def get_form_kwargs(self):
        cells = [(a.pk, e.pk) for a in self.applications for e in self.experts]
        due = timezone.localtime(self.thing.regulation.timeline.judged_by).date()
        return {**super().get_form_kwargs(), "cells": cells, "initial": {"due_at": due}}

    def act(self, form) -> str:
        data = form.cleaned_data
        # What the page shows without a box (handed in already) or not at all (closed to this officer) keeps its sheet.
        shown = {application.pk for application in self.applications}
        kept = {pair for pair, sheet in self.live.items() if is_fixed(sheet) or pair[0] not in shown}
        plan_sheets(
            call=self.thing, wanted=data["pairs"] | kept, due_at=data["due_at"], by=self.request.user, now=self.request.now
        )
        return reverse("reviews:assign", args=[self.thing.slug])

    def get_context_data(self, form=None, **kwargs):
        form = form or self.get_form()
        wanted = {f"{a}:{e}" for a, e in self.live} if not form.is_bound else set(form.data.getlist("pairs"))
        needed = self.thing.regulation.review
        rows = [self.row(application, wanted, needed.experts) for application in self.applications]
        load = defaultdict(int)
        for row in rows:
            for cell in row["cells"]:
                load[cell["expert"].pk] += cell["chosen"]
        return super().get_context_data(
            form=form,
            rows=rows,
            loads=[(expert, load[expert.pk], needed.per_expert) for expert in self.experts],
            review=needed,
            planned=sum(row["count"] for row in rows),
            needed=len(rows) * needed.experts,
            short=sum(row["short"] for row in rows),
            kept=sum(sheet.is_submitted and sheet.is_told for sheet in self.live.values()),
            blocked=[(row["application"], cell) for row in rows for cell in row["cells"] if cell["tie"]],
            **kwargs,
        )

    def row(self, application: Application, wanted: set[str], needed: int) -> dict:
        cells = []
        for expert in self.experts:
            sheet = self.live.get((application.pk, expert.pk))
            tie = self.ties.get((application.pk, expert.pk))
            pair = f"{application.pk}:{expert.pk}"
            cells.append(
                {
                    "expert": expert,
                    "pair": pair,
                    "sheet": sheet,
                    "tie": tie and IN_A_WORD[tie[0].kind],
                    "kind": tie and "; ".join(self.words.say(one) for one in tie),
                    "chosen": pair in wanted or bool(sheet and is_fixed(sheet)),
                    "locked": bool(sheet and is_fixed(sheet)),
                }
            )
        count = sum(cell["chosen"] for cell in cells)
        return {"application": application, "cells": cells, "count": count, "short": count < needed}


SHOWN = [
    ("all", _("All"), ("invited", "accepted", "draft", "submitted", "declined", "conflicted")),
    ("unanswered", _("Not answered"), ("invited",)),
    ("open", _("Not handed in"), ("accepted", "draft")),
    ("submitted", _("Handed in"), ("submitted",)),
    ("left", _("Declined or recused"), ("declined", "conflicted")),
]


class Progress(CallPageMixin, ThingMixin, ListPage):
    """M4: every expert's sheets by state."""

    template_name = "reviews/progress.html"
    title = _("Judging")
    may = staticmethod(can_follow)
    paginate_by = 100

    def sheets(self):
        return Sheet.objects.visible_to(self.request.user).of_call(self.thing)

    def get_rows(self):
        states = next((states for key, _label, states in SHOWN if key == self.request.GET.get("show", "all")), None)
        if states is None:
            raise Http404
        sheets = self.sheets().filter(state__in=states)
        sheets = sheets.select_related("application", "expert__person", "current", "replacement__expert__person")
        return sheets.by_number()

    def get_context_data(self, **kwargs):
        experts = list(holders("expert", self.thing).select_related("person"))
        loads = progress_of(self.thing, experts, reader=self.request.user)
        counts = Counter(self.sheets().values_list("state", flat=True))
        shown = self.request.GET.get("show", "all")
        return super().get_context_data(
            loads=[load for load in loads if load.live or load.left],
            chips=[(key, label, sum(counts[state] for state in states), key == shown) for key, label, states in SHOWN],
            live=sum(counts[state] for state in LIVE),
            submitted=counts["submitted"],
            may_assign=can_assign(self.request.user, self.thing),
            **kwargs,
        )

    def page_of(self, rows):
        page = super().page_of(rows)
        for sheet in page:
            sheet.was_lost = sheet.is_lost(self.request.now)
        return page


def can_look(user, sheet) -> bool:
    return can_follow(user, sheet.application.call)


def may_ever_reopen(user, sheet) -> bool:
    return arranges(user, sheet.application.call) and not owes_sheet(user, sheet.application)


class SheetRead(ThingPage):
    """One sheet as it was handed in, with every earlier hand-in; for officers and directors."""

    template_name = "reviews/read.html"
    model = Sheet
    nav = "calls"
    may = staticmethod(can_look)

    def get_queryset(self):
        return super().get_queryset().select_related("application__call", "expert__person", "current")

    def get_title(self):
        return self.thing.application.name

    def get_crumbs(self):
        call = self.thing.application.call
        return [
            (call.title, reverse("calls:manage", args=[call.slug])),
            (_("Judging"), reverse("reviews:progress", args=[call.slug])),
        ]

    def get_context_data(self, **kwargs):
        criteria = self.thing.application.regulation.rules.scored
        hand_ins = [
            {"hand_in": one, "marks": [(c, one.scores.get(c.key, {})) for c in criteria]}
            for one in self.thing.hand_ins.order_by("-number")
        ]
        return super().get_context_data(
            sheet=self.thing, hand_ins=hand_ins, may_reopen=can_reopen(self.request.user, self.thing), **kwargs
        )


class SheetReopen(Arranging, MoveMixin, ThingVerbPage):
    """Gives a handed-in sheet back to its expert, with a reason."""

    template_name = "reviews/reopen.html"
    model, workflow, moves = Sheet, WORKFLOW, ("reopen",)
    form_class = Reason
    whose, may = staticmethod(may_ever_reopen), staticmethod(can_reopen)
    nav = "calls"
    title = _("Give the sheet back")
    done = _("The sheet is with the expert again.")

    def act(self, form) -> str:
        reopen_sheet(sheet=self.thing, why=form.cleaned_data["why"], by=self.request.user, now=self.request.now)
        return reverse("reviews:progress", args=[self.thing.application.call.slug])
