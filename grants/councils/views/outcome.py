"""What came of a meeting without a call: its outcome document, what became of each proposal, for its people and for everyone."""

from datetime import datetime

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Confirm, Reason
from fund.core.pages import ListPage, ThingMixin, ThingPage, ThingVerbPage
from fund.documents.models import Paper
from fund.workflow.pages import MoveMixin

from ..actions import (
    conceal_outcome,
    issue_outcome,
    publish_outcome,
    reissue_outcome,
    reopen_follow_up,
    report,
)
from ..floor import motions_of, progress_of
from ..forms import ReopenForm, ReportForm
from ..models import FollowUp, Resolution, Wording
from ..papers import answers_for
from ..permissions import (
    can_entrust,
    can_issue_outcome,
    can_publish,
    can_reissue_outcome,
    can_reopen_follow_up,
    can_report,
    sees_meetings,
)
from ..workflow import FOLLOW_UP
from .acts import ActMixin
from .floor import OfFloor
from .meetings import OfMeetingVerb


class OutcomeRead(OfFloor, ThingPage):
    """G8, outcome: the papers, who answers for each proposal and by when, what became of it, the picture of it all."""

    template_name = "councils/outcome.html"
    title = _("Outcome and follow-up")

    def get_queryset(self):
        return super().get_queryset().filter(state="closed")

    @cached_property
    def resolution(self) -> Resolution | None:
        return getattr(self.thing, "resolution", None)

    def get_context_data(self, **kwargs):
        motions = [motion for motion in motions_of(self.thing) if motion.item.state == "carried"]
        return super().get_context_data(
            rows=[self.row(motion) for motion in motions],
            progress=progress_of(motions, now=self.request.now),
            resolution=self.resolution,
            papers=list(Paper.objects.about(self.resolution).told()) if self.resolution else [],
            may=self.may_do(),
            all_entrusted=all(hasattr(motion, "follow_up") for motion in motions),
            **kwargs,
        )

    def may_do(self) -> dict[str, bool]:
        user, made = self.request.user, self.resolution
        return {
            "issue": can_issue_outcome(user, self.thing),
            "reissue": made is not None and can_reissue_outcome(user, made),
            "publish": made is not None and made.published_at is None and can_publish(user, made),
            "conceal": made is not None and made.published_at is not None and can_publish(user, made),
        }

    def row(self, motion) -> dict:
        user, follow_up = self.request.user, getattr(motion, "follow_up", None)
        may_report = follow_up is not None and follow_up.state == "open" and can_report(user, follow_up)
        may_reopen = follow_up is not None and follow_up.state != "open" and can_reopen_follow_up(user, follow_up)
        may = {"entrust": can_entrust(user, motion), "report": may_report, "reopen": may_reopen}
        return {"motion": motion, "follow_up": follow_up, "pill": pill_of(follow_up, self.request.now), "may": may}


def pill_of(follow_up: FollowUp | None, now: datetime) -> tuple:
    """The word and the colour of how it stands."""
    if follow_up is None:
        return _("Nobody yet"), "amber"
    if follow_up.is_overdue(now):
        return _("Overdue"), "danger"
    state = FOLLOW_UP.states[follow_up.state]
    return state.label, state.tone


class IssueOutcome(OfFloor, OfMeetingVerb):
    title = _("Issue the outcome document")
    lead = _(
        "The carried proposals get their numbers; members and sides are told. The paper names the sides, the fund and the chair."
    )
    form_class = Confirm
    may = staticmethod(can_issue_outcome)
    done = _("The outcome document is issued.")

    def no_more(self):
        return self.done if hasattr(self.thing, "resolution") else super().no_more()

    def act(self, form) -> str:
        issue_outcome(meeting=self.thing, by=self.request.user, now=self.request.now)
        return reverse("councils:outcome", args=[self.thing.uid])


class OfResolution(ActMixin, ThingMixin):
    """An act on an outcome document."""

    model = Resolution
    nav = "councils"
    verb = None

    def back(self) -> str:
        return reverse("councils:outcome", args=[self.thing.meeting.uid])

    def get_crumbs(self):
        meeting = self.thing.meeting
        return [(meeting.title, meeting.get_absolute_url()), (OutcomeRead.title, self.back())]

    def act(self, form) -> str:
        type(self).verb(resolution=self.thing, by=self.request.user, now=self.request.now, **form.cleaned_data)
        return self.back()


class ReissueOutcome(OfResolution, ThingVerbPage):
    title = _("Issue the outcome document anew")
    lead = _("The document becomes void with your reason; another one says who answers and by when as it stands now.")
    form_class = Reason
    kind = "warn"
    may = staticmethod(can_reissue_outcome)
    verb = staticmethod(reissue_outcome)
    done = _("Another outcome document is issued.")


class PublishOutcome(OfResolution, ThingVerbPage):
    title = _("Publish the outcome document")
    lead = _(
        "Everyone can read the proposals, which side answers for each, and what becomes of it. Of persons the chair alone is named."
    )
    may = staticmethod(can_publish)
    verb = staticmethod(publish_outcome)
    done = _("The outcome document is public.")


class ConcealOutcome(OfResolution, ThingVerbPage):
    title = _("Take the public page back")
    lead = _("Only the people of the meeting read it then.")
    kind = "warn"
    may = staticmethod(can_publish)
    verb = staticmethod(conceal_outcome)
    done = _("The public page is taken back.")


class FollowUpList(ListPage):
    """What every meeting left to be done: all of it, or what is open, overdue, done."""

    template_name = "councils/follow_ups.html"
    title, nav = _("Follow-up"), "councils"
    shown = {"overdue": _("Overdue"), **{name: state.label for name, state in FOLLOW_UP.states.items()}}

    def dispatch(self, request, *args, **kwargs):
        if not sees_meetings(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self):
        return [(_("Council"), reverse("councils:meetings"))]

    @property
    def today(self):
        return timezone.localdate(self.request.now)

    def get_rows(self):
        joined = ("motion__item__meeting", "account__person", "side")
        rows = FollowUp.objects.visible_to(self.request.user).select_related(*joined).prefetch_related("motion__wordings")
        state = self.request.GET.get("state", "")
        if state == "overdue":
            return rows.overdue(self.today)
        return rows.filter(state=state) if state in self.shown else rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(chosen=self.request.GET.get("state", ""), shown=self.shown.items(), **kwargs)
        context["follow_ups"] = [(row, pill_of(row, self.request.now)) for row in context["rows"]]
        return context


class OfFollowUp(ActMixin, MoveMixin, ThingMixin):
    """A page about what follows from one proposal."""

    model, workflow = FollowUp, FOLLOW_UP
    nav = "councils"

    def get_queryset(self):
        rows = super().get_queryset().select_related("motion__item__meeting", "account__person", "side")
        return rows.prefetch_related("motion__wordings")

    def back(self) -> str:
        return reverse("councils:outcome", args=[self.thing.motion.meeting.uid])

    def get_crumbs(self):
        meeting = self.thing.motion.meeting
        return [(meeting.title, meeting.get_absolute_url()), (OutcomeRead.title, self.back())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.thing.motion.text, **kwargs)


class Report(OfFollowUp, ThingVerbPage):
    """Whoever answers for a proposal says what became of it."""

    title, moves = _("What became of the proposal"), ("report_done", "report_not_done")
    label = _("Save")
    form_class = ReportForm
    may = staticmethod(can_report)
    done = _("Thank you, it is written down.")

    def act(self, form) -> str:
        given = form.cleaned_data
        facts = {"is_done": given["outcome"] == "done", "word": given["word"]}
        report(follow_up=self.thing, by=self.request.user, now=self.request.now, **facts)
        return self.back()


class ReopenFollowUp(OfFollowUp, ThingVerbPage):
    title, moves = _("Take the proposal up again"), ("reopen_follow_up",)
    label = _("Take it up again")
    form_class = ReopenForm
    may = staticmethod(can_reopen_follow_up)
    done = _("The proposal is in progress again.")

    def act(self, form) -> str:
        reopen_follow_up(follow_up=self.thing, by=self.request.user, now=self.request.now, **form.cleaned_data)
        return self.back()


class ResolutionList(ListPage):
    """The outcome documents that are public."""

    template_name = "councils/resolutions.html"
    title = _("Outcome documents")

    def get_rows(self):
        return Resolution.objects.published().select_related("meeting").order_by("-meeting__starts_at")


class ResolutionRead(ThingPage):
    """One public outcome document: its numbered proposals and what becomes of them; of persons nobody is named."""

    model = Resolution
    template_name = "councils/resolution.html"

    def get_queryset(self):
        return Resolution.objects.published().select_related("meeting")

    def get_title(self):
        return self.thing.meeting.title

    def get_crumbs(self):
        return [(_("Outcome documents"), reverse("councils:resolutions"))]

    def get_context_data(self, **kwargs):
        meeting, now = self.thing.meeting, self.request.now
        wordings = Prefetch("motion__wordings", Wording.objects.order_by("number"))
        rows = FollowUp.objects.filter(motion__item__meeting=meeting, motion__clause__isnull=False).select_related(
            "motion", "side"
        )
        found = list(rows.prefetch_related(wordings).order_by("motion__clause"))
        return super().get_context_data(
            rows=[(row, answers_for(row), pill_of(row, now)) for row in found],
            done_count=sum(row.state == "done" for row in found),
            sides=[side for side in meeting.sides.invited() if side.attended],
            topics=meeting.topics.all(),
            papers=list(Paper.objects.about(self.thing).standing().told()),
            **kwargs,
        )
