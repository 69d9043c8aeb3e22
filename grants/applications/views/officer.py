"""The officer's pages: the intake queue, the formal check, its decisions, extra time, late requests."""

from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.core.errors import Refused
from fund.core.pages import ListPage, ThingMixin, ThingVerbPage
from fund.workflow.pages import MoveMixin
from grants.calls.models import Call

from ..actions import (
    accept_late,
    admit_application,
    decide_likeness,
    extend_application,
    refuse_application,
    refuse_late,
    return_application,
    tick_checks,
)
from ..contents import contents_of
from ..course import told
from ..formal import checklist, points_of, ticks_of
from ..forms import AdmitForm, ChecksForm, ExtendDraftForm, ExtendForm, LateAnswerForm, LikenessForm, RefuseForm, ReturnForm
from ..models import REASONS, Application
from ..permissions import can_check, can_decide_likeness, can_extend_drafts, can_intake
from ..queries import counts_by_state, dossiers_of, history, intake, likenesses_of, texts_of, unsent_of
from ..reading import conditions_of, proposal_from, proposal_of
from ..similarity import marked, shingles
from ..workflow import WORKFLOW

QUEUE = (_("Intake"), "applications:intake")
# Chips of the queue: key, word, states.
CHIPS = (
    ("waiting", _("To check"), ("submitted",)),
    ("returned", _("With the applicant"), ("returned",)),
    ("late", _("Late requests"), ("late_requested",)),
    ("admitted", pgettext_lazy("many", "Admitted"), ("admitted", "under_review", "funded", "reserve", "declined", "lapsed")),
    ("refused", pgettext_lazy("many", "Not admitted"), ("not_admitted", "refused")),
    ("withdrawn", pgettext_lazy("many", "Withdrawn"), ("withdrawn",)),
)


class ApplicationIntake(ListPage):
    """M2: what waits for the formal check, oldest first; one call or all that this officer runs."""

    template_name = "applications/intake.html"
    title, nav = _("Intake"), "intake"

    def dispatch(self, request, *args, **kwargs):
        if not can_intake(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_call(self):
        if "slug" not in self.kwargs:
            return None
        call = Call.objects.visible_to(self.request.user).filter(slug=self.kwargs["slug"]).first()
        if call is None:
            raise Http404
        return call

    def get_rows(self):
        self.call = self.get_call()
        rows = intake(self.request.user)
        self.all_rows = rows.filter(call=self.call) if self.call else rows
        self.chip = self.request.GET.get("show", "waiting")
        states = {key: states for key, _word, states in CHIPS}
        if self.chip not in states:
            raise Http404
        return self.all_rows.filter(state__in=states[self.chip])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counts = counts_by_state(self.all_rows)
        chips = [(key, word, sum(counts.get(state, 0) for state in states)) for key, word, states in CHIPS]
        rows = [(row, WORKFLOW.states[row.state], row.checked, len(points_of(row))) for row in context["rows"]]
        may_extend = self.call is not None and can_extend_drafts(self.request.user, self.call)
        context |= {"call": self.call, "queue": rows, "may_extend": may_extend}
        return {**context, "chips": chips, "chip": self.chip}


class Checking(MoveMixin, ThingMixin):
    """A page of the formal check of one application."""

    model, workflow = Application, WORKFLOW
    nav = "intake"
    may = staticmethod(can_check)

    def get_queryset(self):
        joined = ("call__curator__person", "version", "receipt__contents", "owner__person", "organisation", "guardian")
        return super().get_queryset().select_related(*joined)

    def get_crumbs(self):
        crumbs = [(QUEUE[0], reverse(QUEUE[1]))]
        if not isinstance(self, ApplicationCheck):
            crumbs.append((self.thing.number or self.thing.name, reverse("applications:check", args=[self.thing.uid])))
        return crumbs

    def back(self) -> str:
        return reverse("applications:check", args=[self.thing.uid])

    def get_context_data(self, **kwargs):
        return super().get_context_data(application=self.thing, state=WORKFLOW.states[self.thing.state], **kwargs)


class ApplicationCheck(Checking, ThingVerbPage):
    """One application before the officer: what was sent, the checklist, what can be done with it."""

    template_name = "applications/check.html"
    form_class = ChecksForm

    def get_title(self):
        return " · ".join(filter(None, (self.thing.number, self.thing.name)))

    def act(self, form):
        given = form.cleaned_data
        tick_checks(application=self.thing, **given, by=self.request.user, now=self.request.now)
        return self.back()

    def get_context_data(self, **kwargs):
        application, now = self.thing, self.request.now
        words, day = dict(REASONS), now.date()
        alike = likenesses_of(application)
        points = checklist(application, contents_of(application, day=day), alike, day=day) if application.receipt_id else []
        waits = application.state == "returned" and now <= application.correct_until
        return super().get_context_data(
            proposal=proposal_of(application) if application.receipt_id else None,
            acts=told(history(application), now),
            alike=[(one, one.other_than(application)) for one in alike],
            points=points,
            ticked=sum(point.tick is not None for point in points),
            dossiers=dossiers_of(application),
            conditions=conditions_of(application.regulation, application.eligibility),
            may_decide=application.state == "submitted" or (application.state == "returned" and not waits),
            may_return=application.state == "submitted",
            may_extend=application.state in ("draft", "submitted") and now <= application.call.closes_at,
            waits=waits,
            late=getattr(application, "late", None),
            reasons=[words[key] for key in application.reasons],
            **kwargs,
        )


class Deciding(Checking, ThingVerbPage):
    """A page whose button makes one of `moves` and goes back to the queue."""

    def get_success(self) -> str:
        return reverse("applications:intake")


class ApplicationReturn(Deciding):
    """Marks beside the places of the form, and a deadline of their own."""

    template_name = "applications/return.html"
    form_class = ReturnForm
    title = _("Return for correction")
    moves = ("return",)
    done = _("The applicant is asked for corrections")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.thing, "now": self.request.now}

    def act(self, form):
        given = form.cleaned_data
        return_application(
            application=self.thing,
            marks=form.marks(),
            until=given["until"],
            why=given["why"],
            by=self.request.user,
            now=self.request.now,
        )
        return self.get_success()


class ApplicationAdmit(Deciding):
    """On to the experts."""

    template_name = "applications/admit.html"
    form_class = AdmitForm
    title = _("Admit to scoring")
    moves = ("admit",)
    done = _("The application is admitted, the applicant is written to")

    def act(self, form):
        admit_application(application=self.thing, by=self.request.user, now=self.request.now)
        return self.get_success()

    def get_context_data(self, **kwargs):
        ticked, _before = ticks_of(self.thing)
        open_checks = [label for key, label in points_of(self.thing) if key not in ticked]
        return super().get_context_data(open_checks=open_checks, **kwargs)


class ApplicationRefuse(Deciding):
    """Not admitted, with reasons from the list."""

    template_name = "applications/refuse.html"
    form_class = RefuseForm
    title = _("Do not admit")
    moves = ("refuse",)
    done = _("The application is not admitted, the applicant is written to")

    def act(self, form):
        given = form.cleaned_data
        refuse_application(
            application=self.thing, reasons=given["reasons"], remark=given["remark"], by=self.request.user, now=self.request.now
        )
        return self.get_success()


class ApplicationExtend(Deciding):
    """More time for one applicant, with its reason in the record."""

    template_name = "applications/extend.html"
    form_class = ExtendForm
    title = _("Give more time")
    moves = ("submit", "replace")  # what more time is for
    done = _("The applicant has more time and is written to")

    def act(self, form):
        given = form.cleaned_data
        extend_application(
            application=self.thing, until=given["until"], why=given["why"], by=self.request.user, now=self.request.now
        )
        return self.back()


class ApplicationExtendDraft(ThingVerbPage):
    """More time for a draft that the officer does not see: its owner is named by address."""

    model, key = Call, "slug"
    template_name = "applications/extend_draft.html"
    form_class = ExtendDraftForm
    title, nav = _("Give more time"), "intake"
    may = staticmethod(can_extend_drafts)
    done = _("The applicant has more time and is written to")

    def get_crumbs(self):
        return [(QUEUE[0], reverse(QUEUE[1])), (self.thing.title, reverse("applications:intake_call", args=[self.thing.slug]))]

    def act(self, form):
        given = form.cleaned_data
        draft = unsent_of(self.thing, given["email"])
        if draft is None:
            raise Refused(_("Nobody with this address has a draft in this call"), field="email", code="none")
        extend_application(application=draft, until=given["until"], why=given["why"], by=self.request.user, now=self.request.now)
        return reverse("applications:intake_call", args=[self.thing.slug])


class ApplicationDecideLikeness(Checking, ThingVerbPage):
    """Two applications that are alike, side by side, what both say marked; the flag is kept or dismissed."""

    template_name = "applications/decide_likeness.html"
    form_class = LikenessForm
    title = _("Alike")
    done = _("The decision about the likeness is kept")

    @cached_property
    def likeness(self):
        found = next((one for one in likenesses_of(self.thing) if one.other_than(self.thing).uid == self.kwargs["other"]), None)
        if found is None or not can_decide_likeness(self.request.user, found):
            raise Http404
        return found

    @cached_property
    def other(self):
        return self.get_queryset().get(pk=self.likeness.other_than(self.thing).pk)

    def dispatch(self, request, *args, **kwargs):
        _likeness = self.likeness
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        if self.likeness.is_kept is None:
            return {}
        return {"decision": "keep" if self.likeness.is_kept else "dismiss", "why": self.likeness.why}

    def act(self, form):
        given = form.cleaned_data
        is_kept = given["decision"] == "keep"
        decide_likeness(self.likeness, is_kept=is_kept, why=given["why"], by=self.request.user, now=self.request.now)
        return self.back()

    def get_context_data(self, **kwargs):
        mine, theirs = texts_of(self.thing), texts_of(self.other)
        in_mine, in_theirs = shingles(mine.values()), shingles(theirs.values())
        rows = [
            (question.label, marked(mine.get(question.key, ""), in_theirs), marked(theirs.get(question.key, ""), in_mine))
            for question in self.thing.regulation.questions.questions()
            if mine.get(question.key) or theirs.get(question.key)
        ]
        return super().get_context_data(likeness=self.likeness, twin=self.other, rows=rows, **kwargs)


class ApplicationDecideLate(Deciding):
    """A late request: why, what stood in the draft at the deadline, yes or no."""

    template_name = "applications/decide_late.html"
    form_class = LateAnswerForm
    title = _("Late request")
    moves = ("accept_late", "refuse_late")
    done = _("The applicant is written to")
    verbs = {"accept": accept_late, "refuse": refuse_late}

    def act(self, form):
        given = form.cleaned_data
        decide = self.verbs[given["decision"]]
        decide(application=self.thing, answer=given["answer"], by=self.request.user, now=self.request.now)
        return self.get_success()

    def get_context_data(self, **kwargs):
        late = getattr(self.thing, "late", None)  # asked for by hand where there never was a request
        proposal = proposal_from(late.proof, self.thing.regulation) if late else None
        return super().get_context_data(late=late, proposal=proposal, **kwargs)
