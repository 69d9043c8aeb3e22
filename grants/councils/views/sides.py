"""The pages of an invited side, opened by the link of its letters, no account: answer, propose, report. Reading changes nothing."""

from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import Page, VerbMixin

from ..actions import answer_invitation, hand_in, report
from ..floor import STATES, motions_of
from ..forms import AnswerForm, HandInForm, ReportForm
from ..links import side_of
from ..models import FollowUp, Side
from ..workflow import MEETING
from .outcome import pill_of


class OfSide(VerbMixin, Page):
    """A page that the link of a letter opens."""

    template_name = "councils/side_act.html"
    label = ""

    @cached_property
    def side(self) -> Side:
        side = side_of(self.kwargs["token"])
        if side is None:
            raise Http404
        return side

    def dispatch(self, request, *args, **kwargs):
        _side = self.side
        return super().dispatch(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("councils:side", args=[self.kwargs["token"]])

    def get_crumbs(self):
        return [(self.side.meeting.title, self.back())]

    def get_context_data(self, **kwargs):
        given = {"side": self.side, "meeting": self.side.meeting, "back": self.back(), "label": self.label or self.title}
        return super().get_context_data(**given, **kwargs)


class SidePage(OfSide):
    """The invitation with its agenda, the answer, proposals, and what was entrusted to the side."""

    template_name = "councils/side.html"
    form_class = AnswerForm
    done = _("Thank you, the secretary has your answer.")

    def get_title(self):
        return self.side.meeting.title

    def get_crumbs(self):
        return ()

    def get_initial(self):
        return {name: getattr(self.side, name) for name in ("answer", "delegate", "word")}

    def act(self, form) -> str:
        answer_invitation(side=self.side, now=self.request.now, **form.cleaned_data)
        return self.back()

    def get_context_data(self, **kwargs):
        meeting, now = self.side.meeting, self.request.now
        motions = motions_of(meeting)
        mine = [
            motion.follow_up for motion in motions if hasattr(motion, "follow_up") and motion.follow_up.side_id == self.side.pk
        ]
        return super().get_context_data(
            state=MEETING.states[meeting.state],
            topics=meeting.topics.all(),
            motions=[(motion, STATES[motion.item.state]) for motion in motions],
            mine=[(row, pill_of(row, now)) for row in mine],
            may_answer=meeting.state == "called",
            may_hand_in=meeting.state in ("called", "open"),
            **kwargs,
        )


class SideHandIn(OfSide):
    """A side's proposal, before the meeting or while it lasts."""

    title = _("Make a proposal")
    label = _("Hand in the proposal")
    form_class = HandInForm
    done = _("The proposal stands on the list of the meeting.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.side.meeting}

    def act(self, form) -> str:
        hand_in(meeting=self.side.meeting, side=self.side, by=None, now=self.request.now, **form.cleaned_data)
        return self.back()


class SideReport(OfSide):
    """A side says what became of a proposal entrusted to it."""

    title = _("What became of the proposal")
    label = _("Save")
    form_class = ReportForm
    done = _("Thank you, it is written down.")

    @cached_property
    def follow_up(self) -> FollowUp:
        rows = FollowUp.objects.filter(side=self.side).select_related("motion__item__meeting", "side")
        found = rows.prefetch_related("motion__wordings").filter(uid=self.kwargs["uid"]).first()
        if found is None:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        _found = self.follow_up
        return super().dispatch(request, *args, **kwargs)

    def act(self, form) -> str:
        given = form.cleaned_data
        facts = {"is_done": given["outcome"] == "done", "word": given["word"]}
        report(follow_up=self.follow_up, by=None, now=self.request.now, **facts)
        return self.back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.follow_up.motion.text, **kwargs)
