"""M3, the officer's pages of assignment: the plan and its reasons, counting it, changing it by hand, accepting it."""

from functools import cached_property

from django.db.models import Count
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fund.core.exports import as_xlsx, attached
from fund.core.forms import Confirm
from fund.core.pages import ListPage, ThingMixin, ThingVerbPage
from fund.workflow.pages import MoveMixin
from grants.applications.models import Application

from ..actions import accept_plan, ask_plan, change_plan, drop_plan
from ..actions.planning import STEPS, next_seed, plans_of
from ..assignment_reasons import Explained, Reason
from ..forms import AcceptForm, AskPlanForm, ChangePlanForm
from ..models import Plan
from ..permissions import arranges, can_accept_plan
from ..queries.board import Board
from ..queries.plan_words import reason_words
from ..queries.tie_words import words_of
from ..workflow import PLAN
from .officer import Arranging, CallPageMixin

CHIPS = [
    ("all", _("All")),
    ("tied", _("With a tie")),
    ("new", _("Topic is new")),
    ("hand", _("By hand")),
    ("short", _("Short of experts")),
]
MOST_TOLD = 30  # ties and changes written out


def due_at_first(call, now):
    """The day the regulation names, unless it is over."""
    due = timezone.localtime(call.regulation.timeline.judged_by).date()
    return due if due > timezone.localdate(now) else None


class Assign(Arranging, CallPageMixin, ThingMixin, ListPage):
    """The plan that waits, or the sheets as they are: a matrix, who may not and why, what accepting does, seed and recount."""

    template_name = "reviews/assign.html"
    title = _("Assigning experts")
    paginate_by = 50

    def get_queryset(self):
        return super().get_queryset().annotate(plans_so_far=Count("plans", distinct=True))

    @cached_property
    def plan(self) -> Plan | None:
        user = self.request.user
        plan = Plan.objects.visible_to(user).filter(call=self.thing).select_related("asked_by").open().first()
        if plan is not None:
            plan.call = self.thing  # what is known of the call and of the reader is not asked again
            plan.asked_by = user if plan.asked_by_id == user.pk else plan.asked_by
        return plan

    @cached_property
    def board(self) -> Board:
        return Board(self.thing, self.request.user, self.plan)

    def get_template_names(self):
        return ["reviews/plan_state.html"] if self.request.htmx else [self.template_name]

    @cached_property
    def shown(self) -> str:
        shown = self.request.GET.get("show", "all")
        if shown not in dict(CHIPS):
            raise Http404
        return shown

    def get_rows(self):
        rows = list(self.board.applications.values())
        return rows if self.shown == "all" else [one for one in rows if one.pk in self.board.sets()[self.shown]]

    def get_context_data(self, **kwargs):
        board, context = self.board, super().get_context_data(**kwargs)
        sets = {"all": board.applications, **board.sets()}
        chips = [(key, label, len(sets[key]), key == self.shown) for key, label in CHIPS if sets[key] or key == "all"]
        return {
            **context,
            "plan": self.plan,
            "is_plan": board.is_plan,
            "steps": STEPS,
            "board": board,
            "heads": board.heads(),
            "matrix": [board.row(one) for one in context["page"]],
            "chips": chips,
            "review": board.review,
            "needed": len(board.applications) * board.review.experts,
            "blocked": board.blocked()[:MOST_TOLD],
            "ties": len(board.ties),
            "by_rule": board.ties_by_rule(),
            "short": len(sets["short"]),
            "ask_form": AskPlanForm(initial={"seed": next_seed(self.thing.plans_so_far, self.request.now)}),
            **self.of_plan(),
        }

    def of_plan(self) -> dict:
        """What only a counted plan has."""
        board = self.board
        if not board.is_plan:
            return {}
        changes = board.changes()
        loads = [board.loads[expert.pk] for expert in board.experts if board.limits[expert.pk].most]
        return {
            "outcome": board.outcome(),
            "gaps": board.gaps()[:MOST_TOLD],
            "broken": board.said([one for one in changes if one.breaks][:MOST_TOLD]),
            "changed": board.said([one for one in changes if not one.breaks][:MOST_TOLD]),
            "least": min(loads, default=0),
            "greatest": max(loads, default=0),
            "known": sum(not one.is_new for one in board.allotments.values()),
            "pinned": [one for one in board.allotments.values() if one.code == "pinned"],
            "print": " ".join(self.plan.digest[at : at + 4] for at in (0, 4, 8)),
            "accept_form": AcceptForm(initial={"due_at": due_at_first(self.thing, self.request.now)}),
        }


class PlanFile(Assign):
    """The same matrix as a worksheet: to be read at a table, or sent to whoever asks who judges what."""

    def get(self, request, *args, **kwargs):
        body = as_xlsx(self.board.table(), str(self.title), since=self.plan.asked_at if self.plan else self.thing.opens_at)
        return attached(body, f"experts-{self.thing.slug}.xlsx")


class PlanAsk(Arranging, CallPageMixin, ThingVerbPage):
    """Asks for a plan, or for another one with another seed."""

    template_name = "reviews/ask_plan.html"
    title = _("Count a plan")
    form_class = AskPlanForm

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Assigning experts"), reverse("reviews:assign", args=[self.thing.slug]))]

    def get_initial(self):
        return {"seed": next_seed(plans_of(self.thing), self.request.now)}

    def act(self, form) -> str:
        data = form.cleaned_data
        ask_plan(
            call=self.thing,
            seed=data["seed"],
            moves_invited=data["moves_invited"],
            by=self.request.user,
            now=self.request.now,
            once=data["once"],
        )
        return reverse("reviews:assign", args=[self.thing.slug])


def arranges_plan(user, plan) -> bool:
    return arranges(user, plan.call)


class PlanMixin(Arranging, MoveMixin):
    """A page about one plan, under its call."""

    model, workflow = Plan, PLAN
    nav = "calls"
    whose, may = staticmethod(arranges_plan), staticmethod(can_accept_plan)

    def get_queryset(self):
        return super().get_queryset().select_related("call__curator", "asked_by")

    def get_crumbs(self):
        call = self.thing.call
        return [
            (_("Calls"), reverse("calls:desk")),
            (call.title, reverse("calls:manage", args=[call.slug])),
            (_("Assigning experts"), self.back()),
        ]

    def back(self) -> str:
        return reverse("reviews:assign", args=[self.thing.call.slug])


class PlanAccept(PlanMixin, ThingVerbPage):
    """What happens when the plan is accepted, the day sheets are due, and the one button."""

    template_name = "reviews/accept_plan.html"
    title, moves = _("Accept the plan"), ("accept_plan",)
    form_class = AcceptForm
    done = _("The plan is accepted. The experts have their letters.")

    def get_initial(self):
        return {"due_at": due_at_first(self.thing.call, self.request.now)}

    def act(self, form) -> str:
        accept_plan(plan=self.thing, due_at=form.cleaned_data["due_at"], by=self.request.user, now=self.request.now)
        return self.back()

    def get_context_data(self, **kwargs):
        board = Board(self.thing.call, self.request.user, self.thing)
        return super().get_context_data(outcome=board.outcome() if board.is_plan else None, back=self.back(), **kwargs)


class PlanDrop(PlanMixin, ThingVerbPage):
    """Drops a plan nobody was told of."""

    template_name = "reviews/drop_plan.html"
    title, moves = _("Drop the plan"), ("drop_plan",)
    form_class = Confirm
    done = _("The plan is dropped. Nobody was told of it.")

    def act(self, form) -> str:
        drop_plan(plan=self.thing, by=self.request.user, now=self.request.now)
        return self.back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(back=self.back(), **kwargs)


class PlanChange(PlanMixin, ThingVerbPage):
    """One application of a plan: every expert with the reason for and against, and a box to change it by hand."""

    template_name = "reviews/change_plan.html"
    form_class, moves = ChangePlanForm, ("accept_plan",)  # changed as long as it can be accepted
    done = _("The plan is changed. A recount keeps it so.")

    @cached_property
    def application(self) -> Application:
        mine = Application.objects.visible_to(self.request.user).filter(call=self.thing.call, uid=self.kwargs["application"])
        found = mine.first()
        if found is None or (self.thing.state == "ready" and found.pk not in self.explained.tasks):
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        _found = self.application
        if self.thing.state != "ready":
            return self.told(self.workflow.no_more(self.thing))  # a form too: without a counted plan it could not be drawn
        return super().dispatch(request, *args, **kwargs)

    def get_title(self):
        return self.application.name

    @cached_property
    def allotments(self) -> dict:
        return {one.pair: one for one in self.thing.allotments.filter(application=self.application)}

    @cached_property
    def board(self) -> Board:
        return Board(self.thing.call, self.request.user, self.thing)

    @cached_property
    def explained(self) -> Explained:
        return Explained(self.board.problem_now, self.board.every_pair)

    @cached_property
    def choices(self) -> list[dict]:
        """Every expert: in the plan first, then who is free, then who may not."""
        board = self.board
        here = {e: listed for (a, e), listed in board.ties.items() if a == self.application.pk}
        words = words_of({(self.application.pk, e): listed for e, listed in here.items()})
        rows = []
        for expert in board.experts:
            row = {"expert": expert, "load": board.loads[expert.pk], "most": board.limits[expert.pk].most}
            rows.append({**row, **self.standing(expert.pk, here.get(expert.pk), words, board.titles)})
        return sorted(rows, key=lambda row: (row["order"], row["load"], row["expert"].person.short_name))

    def standing(self, expert: int, ties, words, topics) -> dict:
        """Is the expert in, may they be, and why."""
        pair = self.application.pk, expert
        if ties:
            return {"order": 2, "is_in": False, "may": False, "why": "; ".join(words.say(one) for one in ties)}
        if pair in self.explained.pairs:
            allotment = self.allotments[pair]
            why = reason_words(Reason.from_data(allotment.reason), topics)
            return {"order": 0, "is_in": True, "may": allotment.code != "kept", "why": why}
        why = self.explained.why_not(pair)
        may = why.code in ("spare", "short", "barred")
        words = [reason_words(why, topics)]
        if self.explained.why(pair).code == "new":
            words.append(_("the topic is new"))
        return {"order": 1 if may else 2, "is_in": False, "may": may, "why": "; ".join(map(str, words))}

    def get_form_kwargs(self):
        rows = self.choices
        chosen = [row["expert"].pk for row in rows if row["is_in"]]
        choices = [(row["expert"].pk, row["expert"].person.short_name) for row in rows]
        return {**super().get_form_kwargs(), "choices": choices, "initial": {"experts": chosen}}

    def act(self, form) -> str:
        kept = {expert for application, expert in self.explained.problem.kept if application == self.application.pk}
        experts = {int(pk) for pk in form.cleaned_data["experts"]} | kept
        change_plan(plan=self.thing, application=self.application, experts=experts, by=self.request.user, now=self.request.now)
        return self.back()

    def get_context_data(self, form=None, **kwargs):
        form = form or self.get_form()
        chosen = {str(one) for one in (form["experts"].value() or ())}
        choices = [{**row, "checked": str(row["expert"].pk) in chosen} for row in self.choices]
        review = self.thing.call.regulation.review
        extra = {"application": self.application, "choices": choices, "review": review, "back": self.back()}
        return super().get_context_data(**{**kwargs, "form": form, **extra})
