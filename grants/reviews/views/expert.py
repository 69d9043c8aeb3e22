"""The expert's pages: what to judge, the answers about conflicts, the score sheet."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.pages import Page, ThingVerbPage, VerbPage
from fund.core.ringing import ring
from fund.workflow.pages import MoveMixin
from grants.applications.queries import dossiers_of
from grants.applications.reading import proposal_for_experts
from grants.calls.models import Call

from ..actions import answer_invitations, declare_conflict, decline_sheet, find_conflicts, save_sheet, submit_sheet
from ..forms import ConflictForm, DeclarationForm, DeclineForm, SheetForm
from ..marks import running
from ..models import JUDGING, LIVE, Discussion, Sheet
from ..permissions import can_declare_conflict, can_decline, can_discuss, can_read, judges
from ..queries import others_of, ties_of_sheet
from ..queries.order import in_own_order
from ..workflow import WORKFLOW

CRUMB = (_("My reviews"), "reviews:list")
# What is still to do stands first.
FIRST = ("invited", "draft", "accepted", "submitted", "declined", "conflicted")


def own_sheets(user):
    """The user's sheets with what every list of them shows."""
    return Sheet.objects.visible_to(user).filter(expert=user).select_related("application__call", "current")


class ReviewList(Page):
    """R1: the calls with what is still owed, nearest first."""

    template_name = "reviews/list.html"
    title = _("My reviews")
    nav = "reviews"

    def get_context_data(self, **kwargs):
        if not judges(self.request.user):
            raise Http404
        sheets = (
            own_sheets(self.request.user).exclude(state="revoked").order_by("application__call__deadline", "application__call")
        )
        calls = [(call, in_own_order(list(of_call))) for call, of_call in groupby(sheets, lambda s: s.application.call)]
        discussed = set(Discussion.objects.visible_to(self.request.user).open().values_list("application", flat=True))
        return super().get_context_data(calls=[self.of_call(call, of_call, discussed) for call, of_call in calls], **kwargs)

    @staticmethod
    def of_call(call, sheets, discussed) -> dict:
        live = [sheet for sheet in sheets if sheet.state not in ("declined", "conflicted")]
        owed = [sheet for sheet in live if not sheet.is_submitted]
        return {
            "call": call,
            "discussed": discussed,
            "sheets": sorted(sheets, key=lambda sheet: FIRST.index(sheet.state)),
            "all": len(live),
            "done": len(live) - len(owed),
            "invited": [sheet for sheet in live if sheet.state == "invited"],
            "due": min((sheet.due_at for sheet in owed), default=None),
            "calibrated": call.is_released and len(live) > len(owed),
            "spreadsheet": call.state in JUDGING and any(sheet.is_reading for sheet in owed),
        }


class Declare(VerbPage):
    """R2: the answer about conflicts for every invitation of a call, before anything opens."""

    template_name = "reviews/declare.html"
    form_class = DeclarationForm
    title = _("Are you tied to any of the applicants?")
    nav = "reviews"
    done = _("Your answers are kept. The applications you accepted are open now.")

    @cached_property
    def call(self) -> Call:
        invited = own_sheets(self.request.user).filter(application__call__slug=self.kwargs["slug"])
        sheet = invited.first()
        if sheet is None:
            raise Http404
        return sheet.application.call

    def get_crumbs(self):
        return [(CRUMB[0], reverse(CRUMB[1]))]

    def get_form_kwargs(self):
        invited = own_sheets(self.request.user).filter(application__call=self.call, state="invited")
        invited = invited.select_related("application__owner__person", "application__organisation")
        return {**super().get_form_kwargs(), "sheets": in_own_order(list(invited))}

    def get_context_data(self, **kwargs):
        return super().get_context_data(call=self.call, is_blind=self.call.regulation.review.blind, **kwargs)

    def act(self, form) -> str:
        answer_invitations(answers=form.answers(), by=self.request.user, now=self.request.now)
        return reverse("reviews:list")

    def post(self, request, *args, **kwargs):
        find_conflicts(call=self.call, now=request.now)  # what closed meanwhile is answered already
        return super().post(request, *args, **kwargs)


def is_own(user, sheet) -> bool:
    return sheet.expert_id == user.pk


def is_gone(user, sheet) -> bool:
    """Given back by its expert, or taken back: nothing of the application is shown any more."""
    return sheet.state in ("declined", "revoked")


class SheetPage(MoveMixin, ThingVerbPage):
    """The base of the pages of one sheet: only its own expert's, and closed at once when a tie is found."""

    model, workflow = Sheet, WORKFLOW
    nav = "reviews"

    def get_queryset(self):
        return own_sheets(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        sheet = own_sheets(request.user).filter(uid=kwargs["uid"]).first()
        if sheet and self.is_closed(sheet):
            return self.closed(sheet)
        if sheet and is_gone(request.user, sheet):
            return self.told(WORKFLOW.no_more(sheet))  # a form too: it could not be drawn without the application
        return super().dispatch(request, *args, **kwargs)

    def no_more(self):
        is_judged = self.thing.application.call.state in JUDGING
        return super().no_more() if is_judged else _("This sheet cannot be changed any more.")

    def is_closed(self, sheet: Sheet) -> bool:
        """Asked of the facts as they are now, so that not even a form already open gets in before the clock has looked."""
        if sheet.state not in LIVE or not ties_of_sheet(sheet):
            return sheet.state == "conflicted"
        if self.request.method == "POST":
            find_conflicts(call=sheet.application.call, now=self.request.now)
        else:
            ring("grants.reviews.tasks.look_for_ties")  # reading a page changes nothing
        return True

    def closed(self, sheet: Sheet) -> HttpResponse:
        """Says so and nothing else of the application; a form that saves by itself is led to the same page."""
        crumbs = [(CRUMB[0], reverse(CRUMB[1]))]
        context = {"title": _("This application is closed to you"), "crumbs": crumbs, "nav": self.nav, "sheet": sheet}
        answer = render(self.request, "reviews/closed.html", context, status=410)
        if self.request.htmx:
            answer["HX-Refresh"] = "true"
        return answer

    def get_crumbs(self):
        return [(CRUMB[0], reverse(CRUMB[1])), (self.thing.application.call.title, reverse("reviews:list"))]

    def get_title(self):
        return self.thing.application.name


class SheetScore(SheetPage):
    """R3: the proposal, and beside it the sheet; saved while one writes, handed in by its own button."""

    template_name = "reviews/score.html"
    form_class = SheetForm
    whose, may = staticmethod(lambda user, sheet: can_read(user, sheet) or is_gone(user, sheet)), staticmethod(can_read)

    def get_form_kwargs(self):
        sheet = self.thing
        kwargs = {**super().get_form_kwargs(), "rules": sheet.application.regulation.rules, "draft": sheet.draft}
        return {**kwargs, "initial": {"version": sheet.version, "remark": sheet.remark}}

    def get_context_data(self, **kwargs):
        sheet, rules = self.thing, self.thing.application.regulation.rules
        form = kwargs.setdefault("form", self.get_form())
        typed = form.draft() if form.theirs else sheet.draft
        total, scored = running(rules, typed, amount=sheet.application.amount)
        rail = (
            own_sheets(self.request.user)
            .filter(application__call=sheet.application.call)
            .exclude(state__in=("revoked", "invited"))
        )
        queue = in_own_order(list(rail))
        readable = [one for one in queue if one.is_reading]
        place = readable.index(sheet)
        return super().get_context_data(
            sheet=sheet,
            application=sheet.application,
            proposal=proposal_for_experts(sheet.application, reader=self.request.user),
            dossiers=dossiers_of(sheet.application, for_experts=True),
            queue=queue,
            readable=len(readable),
            place=place + 1,
            before=readable[place - 1] if place else None,
            after=readable[place + 1] if place + 1 < len(readable) else None,
            done=sum(s.is_submitted for s in queue),
            rules=rules,
            review=sheet.application.regulation.review,
            total=total,
            scored=scored,
            others=others_of(sheet),
            discussed=can_discuss(self.request.user, sheet),
            may_step_aside=can_declare_conflict(self.request.user, sheet),
            **kwargs,
        )

    def save(self, form) -> None:
        data = form.cleaned_data
        save_sheet(
            sheet=self.thing,
            draft=form.draft(),
            remark=data["remark"],
            version=data["version"],
            by=self.request.user,
            now=self.request.now,
        )
        # Kept, even if handing in is refused next: the page must not quarrel with itself.
        form.know(self.thing.version)

    def act(self, form) -> str:
        self.save(form)
        return reverse("reviews:score", args=[self.thing.uid])

    def post(self, request, *args, **kwargs):
        if not request.htmx:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        try:
            if form.is_valid():
                self.save(form)
        except Refused as refusal:
            return HttpResponse(str(refusal), status=refusal.status)
        total, scored = running(form.rules, self.thing.draft, amount=self.thing.application.amount)
        context = {"sheet": self.thing, "total": total, "scored": scored, "rules": form.rules, "form": form}
        return render(request, "reviews/saved.html", context, status=200 if form.is_valid() else 422)


class SheetSubmit(SheetScore):
    """Keeps what stands in the form and hands the sheet in; a fault stands at its criterion."""

    done = _("The sheet is handed in.")

    def post(self, request, *args, **kwargs):
        return super(SheetScore, self).post(request, *args, **kwargs)

    def act(self, form) -> str:
        self.save(form)
        submit_sheet(sheet=self.thing, by=self.request.user, now=self.request.now)
        return reverse("reviews:score", args=[self.thing.uid])


class SheetConflict(SheetPage):
    """Stepping aside when a tie shows later: the application closes at once."""

    template_name = "reviews/conflict.html"
    form_class = ConflictForm
    whose, may = staticmethod(is_own), staticmethod(can_declare_conflict)
    done = _("Thank you. The application is closed to you, another expert will take it.")

    def act(self, form) -> str:
        declare_conflict(sheet=self.thing, **form.cleaned_data, by=self.request.user, now=self.request.now)
        return reverse("reviews:list")


class SheetDecline(SheetPage):
    """Giving one application back, with a reason."""

    template_name = "reviews/decline.html"
    form_class = DeclineForm
    whose, may = staticmethod(is_own), staticmethod(can_decline)
    done = _("The curator will ask somebody else.")

    def act(self, form) -> str:
        decline_sheet(sheet=self.thing, why=form.cleaned_data["why"], by=self.request.user, now=self.request.now)
        return reverse("reviews:list")
