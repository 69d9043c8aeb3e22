"""A meeting without a call: convening it, its page, its agenda, its invited sides."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Confirm
from fund.core.pages import ThingMixin, ThingPage, ThingVerbPage, VerbPage
from fund.people.roles import holders

from ..actions import convene, invite_side, remove_topic, set_topic, withdraw_side
from ..floor import floor_of, progress_of
from ..forms import AddTopicForm, ConveneForm, InviteForm, TopicForm
from ..links import token_of
from ..models import Side, Topic
from ..permissions import (
    can_convene,
    can_hand_in,
    can_invite,
    can_issue_outcome,
    can_reissue_protocol,
    can_set_topics,
    can_sign_protocol,
    runs_meeting,
)
from ..visibility import sides_of
from ..workflow import MEETING
from .acts import ActMixin
from .meetings import OfMeeting, OfMeetingVerb, who_sits


class Convene(VerbPage):
    """Convenes a meeting that decides no call."""

    template_name = "councils/convene.html"
    title = _("Convene a meeting without a call")
    nav = "councils"
    form_class = ConveneForm
    done = _("The meeting is convened, its members are invited. Now invite the sides.")

    def dispatch(self, request, *args, **kwargs):
        if not can_convene(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self):
        return [(_("Council"), reverse("councils:meetings"))]

    def get_form_kwargs(self):
        members = (holders("council_member") | holders("director")).distinct().select_related("person")
        secretaries = (holders("officer") | holders("council_member") | holders("director")).distinct().select_related("person")
        return {**super().get_form_kwargs(), "members": members, "secretaries": secretaries}

    def get_initial(self):
        return {**who_sits(), "secretary": self.request.user.pk}

    def act(self, form) -> str:
        return convene(by=self.request.user, now=self.request.now, **form.cleaned_data).get_absolute_url()


class OfFloor(OfMeeting):
    """A page about a meeting without a call."""

    def get_queryset(self):
        return super().get_queryset().floor().prefetch_related("members").select_related("resolution")


class FloorRead(OfFloor, ThingPage):
    """G8 without a call: who comes, the agenda, proposals and the votes on them."""

    template_name = "councils/floor.html"
    is_top = True

    def get_title(self):
        return self.thing.title

    def get_context_data(self, **kwargs):
        user, meeting, runs = self.request.user, self.thing, self.runs
        floor = floor_of(meeting)
        for line in floor.lines:
            line.allow(user, runs=runs)
        seat = next((seat for seat in floor.members if seat.account_id == user.pk), None)
        return super().get_context_data(
            sitting=floor,
            agenda=[(topic, floor.under(topic)) for topic in floor.topics],
            loose=floor.under(None),
            state=MEETING.states[meeting.state],
            runs=runs,
            seat=seat,
            papers=self.papers,
            progress=progress_of([line.motion for line in floor.lines], now=self.request.now),
            my_link=None if runs or seat else self.my_link,
            may=self.may_do(),
            **kwargs,
        )

    def may_do(self) -> dict[str, bool]:
        user, meeting = self.request.user, self.thing
        return {
            "invite": can_invite(user, meeting),
            "topics": can_set_topics(user, meeting),
            "hand_in": can_hand_in(user, meeting),
            "sign": can_sign_protocol(user, meeting),
            "reissue": can_reissue_protocol(user, meeting),
            "close": self.runs and meeting.state == "open",
            "issue": can_issue_outcome(user, meeting),
        }

    @property
    def my_link(self) -> str | None:
        """A side that has signed in goes to its own page from here."""
        side = sides_of(self.request.user).filter(meeting=self.thing).first()
        return reverse("councils:side", args=[token_of(side)]) if side else None


class TopicAdd(OfFloor, OfMeetingVerb):
    title = _("Add a topic")
    form_class = AddTopicForm
    may = staticmethod(can_set_topics)

    def act(self, form) -> str:
        set_topic(meeting=self.thing, by=self.request.user, now=self.request.now, **form.cleaned_data)
        return self.back()


class OfPart(ActMixin, ThingMixin):
    """A page about a topic or a side: a part of a meeting, for whoever keeps its minutes."""

    nav = "councils"
    whose = staticmethod(lambda user, part: runs_meeting(user, part.meeting))

    def get_queryset(self):
        return super().get_queryset().select_related("meeting")

    def back(self) -> str:
        return self.thing.meeting.get_absolute_url()

    def get_crumbs(self):
        return [(_("Council"), reverse("councils:meetings")), (self.thing.meeting.title, self.back())]

    def no_more(self):
        return MEETING.no_more(self.thing.meeting)

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=str(self.thing), **kwargs)


class TopicChange(OfPart, ThingVerbPage):
    model = Topic
    title = _("Topic of the agenda")
    label = _("Save")
    form_class = TopicForm
    may = staticmethod(lambda user, topic: can_set_topics(user, topic.meeting))

    def get_initial(self):
        return {name: getattr(self.thing, name) for name in ("title", "speaker", "minutes")}

    def act(self, form) -> str:
        topic, now = self.thing, self.request.now
        set_topic(meeting=topic.meeting, topic=topic, by=self.request.user, now=now, **form.cleaned_data)
        return self.back()


class TopicRemove(OfPart, ThingVerbPage):
    model = Topic
    title = _("Take the topic off the agenda")
    lead = _("Proposals made under it stay, under no topic.")
    kind = "warn"
    form_class = Confirm
    may = staticmethod(lambda user, topic: can_set_topics(user, topic.meeting))

    def act(self, form) -> str:
        back = self.back()
        remove_topic(topic=self.thing, by=self.request.user, now=self.request.now)
        return back


class SideInvite(OfFloor, OfMeetingVerb):
    title = _("Invite a side")
    label = _("Send the invitation")
    lead = _("The letter brings the agenda, a calendar file and one link to answer by; no account is needed.")
    form_class = InviteForm
    may = staticmethod(can_invite)
    done = _("The invitation is sent.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "reader": self.request.user}

    def act(self, form) -> str:
        invite_side(meeting=self.thing, by=self.request.user, now=self.request.now, **form.cleaned_data)
        return self.back() + "#sides"


class SideWithdraw(OfPart, ThingVerbPage):
    model = Side
    title = _("Withdraw the invitation")
    lead = _("The link of its letter opens nothing any more; the side is told.")
    kind = "warn"
    form_class = Confirm
    may = staticmethod(lambda user, side: can_invite(user, side.meeting) and side.withdrawn_at is None)
    done = _("The invitation is taken back.")

    def no_more(self):
        return super().no_more() if self.thing.withdrawn_at is None else self.done

    def act(self, form) -> str:
        withdraw_side(side=self.thing, by=self.request.user, now=self.request.now)
        return self.back() + "#sides"
