"""The officer's pages about experts: their topics and limits, reminding them, asking somebody else in place of one."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fund.core.pages import ThingVerbPage
from fund.people.roles import holders

from ..actions import remind_sheets, replace_sheet, set_limits
from ..assignment_reasons import Explained, replacements
from ..forms import ExpertForm, LimitsForm, RemindForm
from ..models import Sheet
from ..queries.facts import Facts
from ..queries.plan_words import reason_words
from ..queries.problem import problem
from ..queries.tie_words import words_of
from ..queries.topics import expertise_of, topics_of_call
from .diverging import is_judged, may_call
from .officer import Arranging, CallPageMixin
from .planning import due_at_first


class Limits(Arranging, CallPageMixin, ThingVerbPage):
    """Experts and limits: topics each knows, sheets each takes in this call."""

    template_name = "reviews/limits.html"
    title = _("Experts and limits")
    form_class = LimitsForm
    done = _("Kept. A plan counted from now on goes by it.")

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Assigning experts"), reverse("reviews:assign", args=[self.thing.slug]))]

    def get_form_kwargs(self):
        experts = list(holders("expert", self.thing).select_related("person"))
        facts = {"experts": experts, "topics": topics_of_call(self.thing), "most": self.thing.regulation.review.per_expert}
        return {**super().get_form_kwargs(), **facts, "said": expertise_of(self.thing, [one.pk for one in experts])}

    def act(self, form) -> str:
        set_limits(call=self.thing, limits=form.limits(), by=self.request.user, now=self.request.now)
        return reverse("reviews:assign", args=[self.thing.slug])

    def get_context_data(self, **kwargs):
        review = self.thing.regulation.review
        return super().get_context_data(review=review, topics=topics_of_call(self.thing), **kwargs)


class Remind(Arranging, CallPageMixin, ThingVerbPage):
    """Reminds the experts of the sheets that were chosen on the progress page, one letter each."""

    template_name = "reviews/remind.html"
    title = _("Remind of sheets")
    form_class = RemindForm

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Judging"), reverse("reviews:progress", args=[self.thing.slug]))]

    @cached_property
    def owed(self) -> list[Sheet]:
        sheets = Sheet.objects.visible_to(self.request.user).of_call(self.thing).outstanding()
        return list(sheets.select_related("application", "expert__person").by_number())

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "owed": [sheet.pk for sheet in self.owed]}

    def act(self, form) -> str:
        chosen = [int(pk) for pk in form.cleaned_data["sheets"]]
        told, passed = remind_sheets(call=self.thing, sheets=chosen, by=self.request.user, now=self.request.now)
        said = ngettext("A letter went to %(n)s expert.", "Letters went to %(n)s experts.", told) % {"n": told}
        if passed:
            more = ngettext(
                "%(n)s sheet was passed over: its expert was reminded less than twelve hours ago.",
                "%(n)s sheets were passed over: their experts were reminded less than twelve hours ago.",
                passed,
            )
            said = f"{said} {more % {'n': passed}}"
        messages.success(self.request, said)
        return reverse("reviews:progress", args=[self.thing.slug])

    def get_context_data(self, form=None, **kwargs):
        form = form or self.get_form()
        chosen = set(form.data.getlist("sheets")) if form.is_bound else {str(one.pk) for one in self.owed}
        rows = [(sheet, str(sheet.pk) in chosen) for sheet in self.owed]
        return super().get_context_data(form=form, owed=rows, **kwargs)


def may_replace(user, sheet) -> bool:
    return may_call(user, sheet.application)


class SheetReplace(Arranging, ThingVerbPage):
    """Who could judge instead, best first and why; who cannot stands below with the reason."""

    template_name = "reviews/replace.html"
    model = Sheet
    form_class = ExpertForm
    whose, may = staticmethod(may_replace), staticmethod(lambda user, sheet: is_judged(user, sheet.application))
    nav = "calls"
    title = _("Choose a replacement")
    done = _("The expert is invited and has a letter.")

    def get_queryset(self):
        return (
            super().get_queryset().select_related("application__call__curator", "expert__person", "replacement__expert__person")
        )

    @property
    def call(self):
        return self.thing.application.call

    def get_crumbs(self):
        return [
            (_("Calls"), reverse("calls:desk")),
            (self.call.title, reverse("calls:manage", args=[self.call.slug])),
            (_("Judging"), reverse("reviews:progress", args=[self.call.slug])),
        ]

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.call, self.request.user)

    @cached_property
    def problem(self):
        if self.thing.application_id not in self.facts.applications:
            raise Http404
        return problem(self.facts)

    @cached_property
    def candidates(self) -> list[dict]:
        facts = self.facts
        return [
            {"expert": facts.experts[one.expert], "why": reason_words(one.reason, facts.titles), "load": one.load}
            for one in replacements(self.problem, self.thing.application_id)
        ]

    def others(self) -> list[tuple]:
        """(expert, why) of those who cannot be asked."""
        key, free = self.thing.application_id, {row["expert"].pk for row in self.candidates}
        explained, topics = Explained(self.problem, self.problem.fixed), self.facts.titles
        ties = {e: listed for (a, e), listed in self.facts.ties.items() if a == key}
        words = words_of({(key, e): listed for e, listed in ties.items()})
        rows = []
        for pk, expert in self.facts.experts.items():
            if pk in ties:
                rows.append((expert, "; ".join(words.say(one) for one in ties[pk])))
            elif pk not in free:
                why = explained.why_not((key, pk))
                rows.append((expert, _g("judges it already") if why.code == "on" else reason_words(why, topics)))
        return sorted(rows, key=lambda row: row[0].person.short_name)

    def get_form_kwargs(self):
        free = [(row["expert"].pk, row["expert"].person.short_name) for row in self.candidates]
        initial = {"due_at": due_at_first(self.call, self.request.now), "expert": free[0][0] if free else None}
        return {**super().get_form_kwargs(), "free": free, "initial": initial}

    def act(self, form) -> str:
        expert = self.facts.experts[int(form.cleaned_data["expert"])]
        replace_sheet(
            sheet=self.thing, expert=expert, due_at=form.cleaned_data["due_at"], by=self.request.user, now=self.request.now
        )
        return reverse("reviews:progress", args=[self.call.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            application=self.thing.application,
            free=self.candidates,
            others=self.others(),
            replacement=getattr(self.thing, "replacement", None),
            is_lost=self.thing.is_lost(self.request.now),
            **kwargs,
        )
