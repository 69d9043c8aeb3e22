"""D2, the pages of officers and directors where experts disagree: which applications, one side by side, what is done about it."""

from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Confirm
from fund.core.pages import ListPage, ThingMixin, ThingPage, ThingVerbPage
from fund.people.roles import holders
from grants.applications.models import Application

from ..actions import call_expert, close_discussion, open_discussion
from ..forms import ExpertForm, TopicForm
from ..models import JUDGING, LIVE, Discussion, Divergence, Sheet
from ..permissions import (
    arranges,
    can_call_expert,
    can_close_discussion,
    can_compare,
    can_follow,
    can_open_discussion,
    is_live,
)
from ..queries import progress_of, ties_of_call, words_of
from ..queries.disagreement import measure
from ..queries.discussion import talk_of
from .officer import Arranging, CallPageMixin


class DivergingList(CallPageMixin, ThingMixin, ListPage):
    """Where experts lie apart as far as the regulation names, or talk about it, and what was done."""

    template_name = "reviews/diverging.html"
    title = _("Where experts diverge")
    may = staticmethod(can_follow)
    paginate_by = 50

    def get_rows(self):
        seen = Application.objects.visible_to(self.request.user).filter(call=self.thing)
        awaited = Sheet.objects.outstanding().filter(expert=self.request.user).values("application")
        rows = seen.exclude(pk__in=awaited).filter(divergence__isnull=False) | seen.exclude(pk__in=awaited).filter(
            discussion__isnull=False
        )
        return rows.select_related("divergence__extra__expert__person", "discussion").by_number()

    def get_context_data(self, **kwargs):
        return super().get_context_data(divergence=self.thing.regulation.rules.divergence, **kwargs)


class JudgedMixin:
    """One judged application, fetched by its uid; under its call."""

    model = Application
    nav = "calls"

    def get_queryset(self):
        return super().get_queryset().select_related("call", "divergence__extra__expert__person", "discussion")

    @property
    def discussion(self) -> Discussion | None:
        return getattr(self.thing, "discussion", None)

    @property
    def divergence(self) -> Divergence | None:
        return getattr(self.thing, "divergence", None)

    def get_crumbs(self):
        call = self.thing.call
        return [
            (_("Calls"), reverse("calls:desk")),
            (call.title, reverse("calls:manage", args=[call.slug])),
            (_("Where experts diverge"), reverse("reviews:diverging", args=[call.slug])),
        ]

    def back(self) -> str:
        return reverse("reviews:disagreement", args=[self.thing.uid])


class Disagreement(JudgedMixin, ThingPage):
    """D2: the marks of each criterion side by side, the comments side by side, the discussion, and what can be done."""

    template_name = "reviews/disagreement.html"
    may = staticmethod(can_compare)

    def get_title(self):
        return self.thing.name

    def get_context_data(self, **kwargs):
        user, application = self.request.user, self.thing
        rules, divergence = application.regulation.rules, self.divergence
        extra_lives = bool(divergence and divergence.extra and divergence.extra.state in LIVE)
        wants_expert = bool(rules.divergence and rules.divergence.then == "expert" and divergence and divergence.stands)
        return super().get_context_data(
            application=application,
            rules=rules,
            measured=measure(application),
            divergence=divergence,
            discussion=self.discussion,
            is_live=bool(self.discussion and is_live(self.discussion)),
            talk=talk_of(application, self.discussion),
            may_open=can_open_discussion(user, application),
            may_call=wants_expert and not extra_lives and can_call_expert(user, application),
            **kwargs,
        )


def may_call(user, application) -> bool:
    return arranges(user, application.call) and can_compare(user, application)


def is_judged(user, application) -> bool:
    return application.call.state in JUDGING


class CallExpert(Arranging, JudgedMixin, ThingVerbPage):
    """Who may be asked as the one more expert; whoever may not stands below with the reason."""

    template_name = "reviews/call_expert.html"
    title = _("Call one more expert")
    form_class = ExpertForm
    whose, may = staticmethod(may_call), staticmethod(is_judged)
    done = _("The expert is invited and has a letter.")

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.thing.name, self.back())]

    @cached_property
    def experts(self) -> list:
        """Every expert of the call with their load; who judges it already, or is tied, cannot be asked."""
        experts = list(holders("expert", self.thing.call).select_related("person"))
        ties = ties_of_call(self.thing.call, experts=[expert.pk for expert in experts])
        had = dict(Sheet.objects.filter(application=self.thing).order_by("pk").values_list("expert", "state"))
        here = {expert: listed for (application, expert), listed in ties.items() if application == self.thing.pk}
        words = words_of({(self.thing.pk, expert): listed for expert, listed in here.items()})
        rows = []
        for load in progress_of(self.thing.call, experts, reader=self.request.user):
            tied = here.get(load.expert.pk)
            why = words.say(tied[0]) if tied else self.had_words(had.get(load.expert.pk))
            rows.append({"load": load, "expert": load.expert, "why": why})
        return sorted(rows, key=lambda row: (row["load"].live, row["expert"].person.short_name))

    @staticmethod
    def had_words(state: str | None):
        if state in LIVE:
            return _("judges it already")
        return _("has declined it") if state == "declined" else ""

    def get_form_kwargs(self):
        free = [(row["expert"].pk, row["expert"].person.short_name) for row in self.experts if not row["why"]]
        due = timezone.localtime(self.thing.regulation.timeline.judged_by).date()
        initial = {"due_at": due if due > timezone.localdate(self.request.now) else None}
        return {**super().get_form_kwargs(), "free": free, "initial": initial}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            application=self.thing,
            free=[row for row in self.experts if not row["why"]],
            blocked=[row for row in self.experts if row["why"]],
            divergence=self.divergence,
            **kwargs,
        )

    def act(self, form) -> str:
        expert = next(row["expert"] for row in self.experts if str(row["expert"].pk) == form.cleaned_data["expert"])
        due_at = form.cleaned_data["due_at"]
        call_expert(application=self.thing, expert=expert, due_at=due_at, by=self.request.user, now=self.request.now)
        return self.back()


class DiscussionOpen(JudgedMixin, ThingVerbPage):
    """What the experts should talk about, and one button."""

    template_name = "reviews/open_discussion.html"
    title = _("Call a discussion")
    form_class = TopicForm
    whose, may = staticmethod(can_compare), staticmethod(can_open_discussion)
    done = _("The discussion is open. Those who handed in their sheet have their letters.")

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.thing.name, self.back())]

    def get_initial(self):
        return {"topic": self.discussion.topic if self.discussion else ""}

    def get_context_data(self, **kwargs):
        handed_in = Sheet.objects.submitted().filter(application=self.thing).count()
        return super().get_context_data(application=self.thing, handed_in=handed_in, **kwargs)

    def act(self, form) -> str:
        topic = form.cleaned_data["topic"]
        open_discussion(application=self.thing, topic=topic, by=self.request.user, now=self.request.now)
        return self.back()


def may_ever_close(user, application) -> bool:
    discussion = getattr(application, "discussion", None)
    return discussion is not None and can_close_discussion(user, discussion)


def may_close(user, application) -> bool:
    return may_ever_close(user, application) and application.discussion.state == "open"


class DiscussionClose(JudgedMixin, ThingVerbPage):
    """Ends the discussion; everything said stays."""

    template_name = "reviews/close_discussion.html"
    title = _("Close the discussion")
    form_class = Confirm
    whose, may = staticmethod(may_ever_close), staticmethod(may_close)
    done = _("The discussion is closed.")

    def no_more(self):
        return _("The discussion is closed.")

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.thing.name, self.back())]

    def act(self, form) -> str:
        if self.discussion is None:
            raise Http404
        close_discussion(discussion=self.discussion, by=self.request.user, now=self.request.now)
        return self.back()
