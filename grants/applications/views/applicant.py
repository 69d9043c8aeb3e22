"""The applicant's pages: my applications, before you start, the task list, sending, the receipt, stepping back."""

from functools import cached_property

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ListPage, ThingMixin, ThingPage, ThingVerbPage, VerbMixin
from fund.people.views.callers import ForCaller
from fund.workflow.pages import MoveMixin
from grants.calls.models import Call
from grants.proposals.eligibility import unmet
from grants.proposals.permissions import has_right

from ..actions import (
    ask_late,
    continue_application,
    replace_application,
    resubmit_application,
    start_application,
    submit_application,
    withdraw_application,
)
from ..completeness import faults_of
from ..contents import contents_of
from ..course import steps_of, told
from ..forms import ContinueForm, LateForm, SendForm, StartForm, WithdrawForm
from ..models import BEFORE_RELEASE, REASONS, Application
from ..overview import overview_of
from ..pages import links_of
from ..permissions import can_check, can_continue, can_edit, can_leave, can_read, can_start
from ..queries import dossiers_of, history, invitations_of, my_applications
from ..reading import draft_of, proposal_of
from ..workflow import WORKFLOW

CRUMB = (_("My applications"), "applications:list")


def is_author(user, application) -> bool:
    return has_right(user, application, "view")


def is_writer(user, application) -> bool:
    return has_right(user, application, "edit")


def is_sender(user, application) -> bool:
    return has_right(user, application, "submit")


def may_withdraw(user, application) -> bool:
    return is_sender(user, application) and application.state in BEFORE_RELEASE


def may_ask_late(user, application) -> bool:
    return is_sender(user, application) and application.state == "missed"


def was_sent(user, application) -> bool:
    return application.receipt_id is not None


def may_print(user, application) -> bool:
    return can_read(user, application) and was_sent(user, application)


def may_see_receipt(user, application) -> bool:
    return is_author(user, application) and was_sent(user, application)


class ApplicationList(ForCaller, ListPage):
    """A1: every application I write or wrote, and invitations that wait for me."""

    template_name = "applications/list.html"
    title, nav = _("My applications"), "applications"

    def get_rows(self):
        return my_applications(self.reader)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        open_calls = Call.objects.visible_to(self.reader).open(self.request.now).count()
        invitations = invitations_of(self.reader, now=self.request.now)
        return {**context, "invitations": invitations, "open_calls": open_calls}


class ApplicationStart(ForCaller, VerbMixin, ThingPage):
    """A2: a few questions first; whoever cannot take part reads why, and what fits instead."""

    model, key = Call, "slug"
    may = staticmethod(can_start)
    template_name = "applications/start.html"
    form_class = StartForm
    title, nav = _("Before you start"), "applications"

    def get_crumbs(self):
        return [(self.thing.title, reverse("calls:read", args=[self.thing.slug]))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "call": self.thing, "person": self.person, "day": self.request.now.date()}

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form.is_valid() and (refusals := unmet(self.thing.regulation.eligibility, form.eligibility())):
            others = Call.objects.visible_to(self.reader).open(request.now).exclude(pk=self.thing.pk)
            context = self.get_context_data(form=form, refusals=refusals, others=others[:5])
            return self.render_to_response(context)
        return super().post(request, *args, **kwargs)

    def act(self, form):
        given = form.cleaned_data
        application = start_application(
            call=self.thing,
            **self.acting,
            eligibility=form.eligibility(),
            applicant_kind=given["applicant_kind"],
            organisation=given.get("organisation"),
            once=given["once"],
        )
        return reverse("applications:read", args=[application.uid])

    def get_context_data(self, **kwargs):
        begun = Application.objects.of_call(self.thing).counted().filter(owner=self.reader.pk)
        return super().get_context_data(begun=begun, is_open=self.thing.is_open_at(self.request.now), **kwargs)


class OfApplication(ForCaller, MoveMixin, ThingMixin):
    """A page about one application, under "my applications"."""

    model, workflow = Application, WORKFLOW
    nav = "applications"
    may = staticmethod(is_author)

    def get_queryset(self):
        joined = ("call__curator__person", "version", "receipt__contents", "owner__person", "organisation", "guardian")
        return super().get_queryset().select_related(*joined)

    def get_crumbs(self):
        crumbs = [(CRUMB[0], reverse(CRUMB[1]))]
        if not isinstance(self, ApplicationRead):
            crumbs.append((self.thing.name, reverse("applications:read", args=[self.thing.uid])))
        return crumbs

    @cached_property
    def contents(self):
        return contents_of(self.thing, day=self.request.now.date())

    @cached_property
    def history(self):
        return history(self.thing)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("steps", steps_of(self.thing, self.history, self.request.now))
        return super().get_context_data(application=self.thing, state=WORKFLOW.states[self.thing.state], **kwargs)


class ApplicationRead(OfApplication, ThingPage):
    """A3 while it can be written, A10 afterwards; who only reads it gets what was sent."""

    may = staticmethod(can_read)

    def get(self, request, *args, **kwargs):
        if not is_author(self.reader, self.thing) and can_check(self.reader, self.thing):
            return HttpResponseRedirect(reverse("applications:check", args=[self.thing.uid]))
        return super().get(request, *args, **kwargs)

    def get_title(self):
        return self.thing.name

    @property
    def is_open(self) -> bool:
        is_taking = self.thing.call.state != "cancelled" and self.request.now <= self.thing.writable_until
        return is_taking and can_edit(self.reader, self.thing)

    def get_template_names(self):
        if not is_author(self.reader, self.thing):
            return ["applications/shown.html"]
        return ["applications/write.html" if self.is_open else "applications/read.html"]

    def get_context_data(self, **kwargs):
        user, application, now = self.reader, self.thing, self.request.now
        context = super().get_context_data(**kwargs)
        if not is_author(user, application):
            return {**context, "proposal": proposal_of(application), "dossiers": dossiers_of(application)}
        if self.is_open:
            context["overview"] = overview_of(self.contents, day=now.date(), may_send=is_sender(user, application))
            context["saved_at"] = application.saved_at
        else:
            context["acts"] = told(self.history, now)
            context |= self.standing()
        return {**context, "may_withdraw": may_withdraw(user, application), "may_leave": can_leave(user, application)}

    def standing(self) -> dict:
        """What became of it, and what its author may still do."""
        user, application, words = self.reader, self.thing, dict(REASONS)
        return {
            "links": links_of(application, user, self.request.now),
            "dossiers": dossiers_of(application),
            "may_ask_late": may_ask_late(user, application),
            "may_continue": can_continue(user, application),
            "reasons": [words[key] for key in application.reasons],
            "late": getattr(application, "late", None),
        }


class ApplicationSubmit(OfApplication, ThingVerbPage):
    """A8: all answers, what is missing, the one button. Opens for everyone who writes; only sending is refused to those who may not."""

    template_name = "applications/submit.html"
    form_class = SendForm
    title = _("Check and send")
    whose, may = staticmethod(is_writer), staticmethod(can_edit)
    verbs = {"draft": submit_application, "submitted": replace_application, "returned": resubmit_application}

    def act(self, form):
        send = self.verbs.get(self.thing.state, submit_application)  # which refuses what cannot be sent any more
        send(application=self.thing, **self.acting, once=form.cleaned_data["once"])
        return reverse("applications:receipt", args=[self.thing.uid])

    def get_context_data(self, **kwargs):
        self.thing.refresh_from_db(fields=["state", "saved_at"])  # a refused sending left its moves in memory
        day = self.request.now.date()
        return super().get_context_data(
            proposal=draft_of(self.thing, day=day),
            faults=faults_of(self.contents, day=day),
            may_submit=has_right(self.reader, self.thing, "submit"),
            consents_missing=self.contents.consents_missing,
            **kwargs,
        )


class ApplicationReceipt(OfApplication, ThingPage):
    """A9: number, time, hash, what happens when."""

    template_name = "applications/receipt.html"
    title = _("Receipt")
    may = staticmethod(may_see_receipt)

    def get_context_data(self, **kwargs):
        kwargs["dossiers"] = dossiers_of(self.thing)
        return super().get_context_data(receipt=self.thing.receipt, may_withdraw=may_withdraw(self.reader, self.thing), **kwargs)


class ApplicationPrint(OfApplication, ThingPage):
    """What was sent, on paper: the same for its authors and for the officers of its call."""

    template_name = "applications/print.html"
    may = staticmethod(may_print)

    def get_title(self):
        return f"{self.thing.number} · {self.thing.name}"

    def get_context_data(self, **kwargs):
        kwargs["dossiers"] = dossiers_of(self.thing)
        return super().get_context_data(proposal=proposal_of(self.thing), receipt=self.thing.receipt, **kwargs)


class ApplicationWithdraw(OfApplication, ThingVerbPage):
    """Stepping back, with a button that says so."""

    template_name = "applications/withdraw.html"
    form_class = WithdrawForm
    title = _("Withdraw the application")
    whose, may = staticmethod(is_sender), staticmethod(may_withdraw)
    done = _("The application is withdrawn")

    def act(self, form):
        withdraw_application(application=self.thing, **self.acting, why=form.cleaned_data["why"])
        return reverse("applications:list")


class ApplicationAskLate(OfApplication, ThingVerbPage):
    """A missed draft asks to be taken late; what it said at the deadline is the proof."""

    template_name = "applications/ask_late.html"
    form_class = LateForm
    title = _("Ask to be taken late")
    whose, may = staticmethod(is_sender), staticmethod(may_ask_late)
    done = _("The request is sent. The curator will answer by letter")

    def act(self, form):
        given = form.cleaned_data
        ask_late(application=self.thing, why=given["why"], **self.acting, once=given["once"])
        return reverse("applications:read", args=[self.thing.uid])

    def get_context_data(self, **kwargs):
        faults = faults_of(self.contents, day=self.request.now.date())
        return super().get_context_data(faults=faults, **kwargs)


class ApplicationContinue(OfApplication, ThingVerbPage):
    """Carrying the text to another open call: its own conditions first."""

    template_name = "applications/continue.html"
    form_class = ContinueForm
    title = _("Continue in another call")
    whose, may = staticmethod(is_sender), staticmethod(can_continue)

    @cached_property
    def calls(self):
        return list(Call.objects.visible_to(self.reader).open(self.request.now).exclude(pk=self.thing.call_id))

    @cached_property
    def call(self):
        wanted = self.request.POST.get("call") or self.request.GET.get("call", "")
        return next((call for call in self.calls if call.slug == wanted), None)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "call": self.call}

    def act(self, form):
        new = continue_application(
            application=self.thing,
            call=self.call,
            eligibility=form.eligibility(),
            **self.acting,
            once=form.cleaned_data["once"],
        )
        return reverse("applications:read", args=[new.uid])

    def get_context_data(self, **kwargs):
        return super().get_context_data(calls=self.calls, call=self.call, **kwargs)
