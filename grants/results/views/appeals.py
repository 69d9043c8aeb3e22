"""G9: filing an appeal, reading it, and the fund's answer by somebody who took no part."""

from django.db.models import Count
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.core.pages import ListPage, ThingMixin, ThingPage, ThingVerbPage
from fund.documents.models import Document
from fund.people.views.callers import ForCaller, ForCallerOrSelf
from fund.workflow.pages import MoveMixin
from grants.applications.models import REASONS, Application
from grants.applications.permissions import acts
from grants.councils.models import Outcome
from grants.councils.permissions import can_decide as can_decide_on
from grants.proposals.permissions import right_of

from ..actions import consider_appeal, file_appeal, reject_appeal, revise_on_appeal, uphold_appeal, withdraw_appeal
from ..forms import AnswerForm, AppealForm, ReviseForm
from ..impartiality import parts_in
from ..models import GROUNDS, Appeal
from ..permissions import against, answers_appeals, can_answer, can_consider, can_file, can_revise, owns, term_of
from ..workflow import WORKFLOW

PARTS = {
    "judged": _("You judged this application, so somebody else answers."),
    "decided": _("You decided on this application, so somebody else answers."),
    "checked": _("You checked this application, so somebody else answers."),
    "tied": _("You are tied to the applicants, so somebody else answers."),
}
CHIPS = (
    ("open", pgettext_lazy("appeals", "To answer"), ("filed", "in_consideration")),
    ("answered", pgettext_lazy("appeals", "Answered"), ("upheld", "rejected")),
    ("withdrawn", pgettext_lazy("appeals", "Withdrawn"), ("withdrawn",)),
)


def may_ever_appeal(user, application) -> bool:
    return acts(user, application, "submit")


def may_appeal(user, application) -> bool:
    """The page opens to whoever may appeal while there is a result; past the term it says so."""
    return may_ever_appeal(user, application) and bool(against(application))


class AppealFile(ForCaller, ThingVerbPage):
    """Ground, what happened, files; the term is compared again when it is sent."""

    model = Application
    template_name = "results/file.html"
    form_class = AppealForm
    title, nav = _("Appeal"), "applications"
    whose, may = staticmethod(may_ever_appeal), staticmethod(may_appeal)
    done = _("The appeal is filed. The answer comes by letter.")

    def no_more(self):
        return _("There is no result here to appeal against.")

    def get_queryset(self):
        return super().get_queryset().select_related("call__curator__person", "version")

    def get_crumbs(self):
        return [
            (_("My applications"), reverse("applications:list")),
            (self.thing.name, reverse("applications:read", args=[self.thing.uid])),
        ]

    def act(self, form) -> str:
        given = form.cleaned_data
        appeal = file_appeal(
            application=self.thing,
            grounds=given["grounds"],
            text=given["text"],
            files=given["files"],
            once=given["once"],
            **self.acting,
        )
        return reverse("results:read", args=[appeal.uid])

    def get_context_data(self, **kwargs):
        application, now = self.thing, self.request.now
        standing = application.appeals.filter(against=against(application)).exclude(state="withdrawn").first()
        return super().get_context_data(
            application=application,
            is_refusal=against(application) == "refusal",
            until=term_of(application),
            may_file=can_file(self.reader, application, now),
            standing=standing,
            **kwargs,
        )


class AppealList(ListPage):
    """The fund's appeals, the nearest answer first."""

    template_name = "results/list.html"
    title, nav = _("Appeals"), "appeals"

    def dispatch(self, request, *args, **kwargs):
        if not answers_appeals(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_rows(self):
        self.chip = self.request.GET.get("show", "open")
        states = {key: states for key, _word, states in CHIPS}
        if self.chip not in states:
            raise Http404
        mine = Application.objects.written_by(self.request.user)
        self.all_rows = Appeal.objects.visible_to(self.request.user).exclude(application__in=mine.values("pk"))
        rows = self.all_rows.filter(state__in=states[self.chip])
        return rows.select_related("application__call", "considered_by__person").order_by("answer_by", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        parts = parts_in(self.request.user, [row.application for row in context["rows"]])
        counts = dict(self.all_rows.order_by().values_list("state").annotate(n=Count("pk")))
        chips = [(key, word, sum(counts.get(state, 0) for state in of)) for key, word, of in CHIPS]
        rows = [(row, WORKFLOW.states[row.state], parts.get(row.application_id)) for row in context["rows"]]
        return {**context, "queue": rows, "chips": chips, "chip": self.chip}


class OfAppeal(ThingMixin):
    """A page about one appeal, from the applicant's side or from the fund's."""

    model = Appeal

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("application__call", "application__version", "considered_by__person", "revision")
        )

    @cached_property
    def is_author(self) -> bool:
        return bool(right_of(self.reader, self.thing.application))

    @property
    def nav(self):
        return "applications" if self.is_author else "appeals"

    def get_crumbs(self):
        application = self.thing.application
        if self.is_author:
            first = [
                (_("My applications"), reverse("applications:list")),
                (application.name, reverse("applications:read", args=[application.uid])),
            ]
        else:
            first = [(_("Appeals"), reverse("results:list"))]
        own = [] if isinstance(self, AppealRead) else [(application.number, reverse("results:read", args=[self.thing.uid]))]
        return [*first, *own]

    def get_context_data(self, **kwargs):
        appeal, words = self.thing, dict(GROUNDS)
        return super().get_context_data(
            appeal=appeal,
            application=appeal.application,
            state=WORKFLOW.states[appeal.state],
            grounds=[words[key] for key in appeal.grounds],
            files=Document.objects.about(appeal).live(),
            is_author=self.is_author,
            **kwargs,
        )

    def back(self) -> str:
        return reverse("results:read", args=[self.thing.uid])


class AppealRead(ForCallerOrSelf, OfAppeal, ThingPage):
    """What was filed, where it stands, the answer; for the fund also what it is about and who may answer."""

    template_name = "results/read.html"
    title = _("Appeal")

    def get_context_data(self, **kwargs):
        user, appeal = self.reader, self.thing
        context = super().get_context_data(**kwargs)
        if self.is_author:
            return {**context, "may_withdraw": appeal.is_open and owns(user, appeal)}
        part, reasons = parts_in(user, [appeal.application]).get(appeal.application_id), dict(REASONS)
        return {
            **context,
            "outcome": Outcome.objects.released().filter(application=appeal.application).select_related("decision").first(),
            "reasons": [reasons[key] for key in appeal.application.reasons],
            "may_read_application": Application.objects.visible_to(user).filter(pk=appeal.application_id).exists(),
            "may_consider": appeal.is_open and appeal.considered_by_id != user.pk and can_consider(user, appeal),
            "may_answer": appeal.state == "in_consideration" and can_answer(user, appeal),
            "may_revise": can_revise(user, appeal),
            "kept_out": PARTS[part] if part and appeal.is_open else "",
        }


class OnAppeal(OfAppeal, MoveMixin, ThingVerbPage):
    """A page whose button makes one of `moves` of an appeal."""

    workflow = WORKFLOW


class AppealConsider(OnAppeal):
    template_name = "results/consider.html"
    title, moves = _("Take the appeal up"), ("consider",)
    may = staticmethod(can_consider)
    done = _("The answer is yours now.")

    def act(self, form) -> str:
        consider_appeal(appeal=self.thing, by=self.request.user, now=self.request.now)
        return self.back()


class AppealAnswer(OnAppeal):
    template_name = "results/answer.html"
    form_class = AnswerForm
    title = _("Answer the appeal")
    moves = ("uphold", "reject")
    may = staticmethod(can_answer)
    done = _("The applicant is written to.")
    verbs = {"uphold": uphold_appeal, "reject": reject_appeal}

    def act(self, form) -> str:
        answer = self.verbs[form.cleaned_data["verdict"]]
        answer(appeal=self.thing, answer=form.cleaned_data["answer"], by=self.request.user, now=self.request.now)
        return self.back()


class AppealWithdraw(ForCaller, OnAppeal):
    template_name = "results/withdraw.html"
    title, moves = _("Withdraw the appeal"), ("withdraw",)
    may = staticmethod(owns)
    done = _("The appeal is withdrawn.")

    def act(self, form) -> str:
        withdraw_appeal(appeal=self.thing, **self.acting)
        return self.back()


def may_ever_revise(user, appeal) -> bool:
    return appeal.against == "decision" and can_decide_on(user, appeal.application)


class AppealRevise(OnAppeal):
    """The council's decision, taken anew after its appeal was upheld."""

    template_name = "results/revise.html"
    form_class = ReviseForm
    title = _("Decide anew")
    whose, may = staticmethod(may_ever_revise), staticmethod(can_revise)
    done = _("The decision is in force, the applicant is written to.")

    def no_more(self):
        return self.done if self.thing.revision_id else super().no_more()

    def act(self, form) -> str:
        given = form.cleaned_data
        revise_on_appeal(
            appeal=self.thing,
            outcome=given["outcome"],
            amount=given["amount"],
            why=given["why"],
            by=self.request.user,
            now=self.request.now,
        )
        return self.back()

    def get_context_data(self, **kwargs):
        standing = Outcome.objects.released().select_related("decision").get(application=self.thing.application)
        return super().get_context_data(standing=standing, left=self.thing.application.call.left, **kwargs)
