"""Meetings of a council: the list, calling one, its page (G8), and what is done with the meeting as a whole."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Confirm, Reason
from fund.core.pages import ListPage, ThingMixin, ThingPage, ThingVerbPage
from fund.documents.models import Paper
from fund.documents.visibility import may_read
from fund.people.roles import holders
from fund.workflow.pages import MoveMixin
from grants.calls.permissions import can_read_desk

from ..actions import (
    call_meeting,
    cancel_meeting,
    close_meeting,
    mark_attendance,
    open_meeting,
    reissue_protocol,
    reschedule_meeting,
    sign_protocol,
)
from ..forms import AttendanceForm, MeetingForm, RescheduleForm, SignForm
from ..models import Meeting
from ..papers import standing_protocol
from ..permissions import (
    can_attend,
    can_call_meeting,
    can_cancel_meeting,
    can_close_meeting,
    can_convene,
    can_open_meeting,
    can_rank,
    can_read_protocol,
    can_reissue_protocol,
    can_release,
    can_reschedule_meeting,
    can_sign_protocol,
    runs_meeting,
    sees_meetings,
)
from ..sitting import sitting_of
from ..workflow import MEETING
from .acts import ActMixin
from .of_call import CallMixin


class MeetingList(ListPage):
    """All meetings this user is invited to or runs, the newest first."""

    template_name = "councils/meetings.html"
    title, nav = _("Council"), "councils"

    def dispatch(self, request, *args, **kwargs):
        if not sees_meetings(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_rows(self):
        return Meeting.objects.visible_to(self.request.user).select_related("call", "chair__person")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(may_convene=can_convene(self.request.user), **kwargs)
        return {**context, "meetings": [(one, MEETING.states[one.state]) for one in context["rows"]]}


class MeetingsOfCall(CallMixin, ThingPage):
    """The meetings of one call."""

    template_name = "councils/meetings.html"
    title = _("Council meetings")
    may = staticmethod(can_rank)

    def get_context_data(self, **kwargs):
        rows = Meeting.objects.visible_to(self.request.user).of_call(self.thing).select_related("call", "chair__person")
        may_call = can_call_meeting(self.request.user, self.thing) and not any(one.state in ("called", "open") for one in rows)
        return super().get_context_data(meetings=[(one, MEETING.states[one.state]) for one in rows], may_call=may_call, **kwargs)


def who_sits(call=None) -> dict:
    """Whom the form proposes: the council, and a director in the chair, who sits and votes with it."""
    members = list(holders("council_member", call).values_list("pk", flat=True))
    chair = holders("director", call).values_list("pk", flat=True).first()
    return {"members": members if chair is None else [chair, *members], "chair": chair}


class CallMeeting(CallMixin, ThingVerbPage):
    """Calls a meeting; the agenda is made from the ranking."""

    template_name = "councils/call_meeting.html"
    title = _("Call a council meeting")
    form_class = MeetingForm
    whose, may = staticmethod(can_rank), staticmethod(can_call_meeting)
    done = _("The meeting is called, everyone is invited.")

    def no_more(self):
        return _("A council is called while the call is being judged.")

    def get_form_kwargs(self):
        call = self.thing
        members = holders("council_member", call) | holders("director", call)
        secretaries = holders("officer", call) | members
        chosen = {
            "members": members.distinct().select_related("person"),
            "secretaries": secretaries.distinct().select_related("person"),
        }
        return {**super().get_form_kwargs(), **chosen}

    def get_initial(self):
        decided_by = self.thing.regulation.timeline.decided_by
        starts_at = decided_by if decided_by and decided_by > self.request.now else None
        return {**who_sits(self.thing), "secretary": self.request.user.pk, "starts_at": starts_at}

    def act(self, form) -> str:
        given = form.cleaned_data
        wanted = ("starts_at", "place", "members", "chair", "secretary", "ballot", "singly", "once")
        meeting = call_meeting(
            call=self.thing, by=self.request.user, now=self.request.now, **{name: given[name] for name in wanted}
        )
        return meeting.get_absolute_url()


class OfMeeting(ThingMixin):
    """A page about one meeting."""

    model = Meeting
    nav = "councils"
    is_top = False  # the meeting's own page, to which the others lead back

    def get_queryset(self):
        joined = ("call__curator", "chair__person", "secretary__person")
        return super().get_queryset().select_related(*joined)

    @cached_property
    def runs(self) -> bool:
        return runs_meeting(self.request.user, self.thing)

    @cached_property
    def papers(self) -> list[Paper]:
        """The protocols this reader may read."""
        if self.thing.state != "closed" or not can_read_protocol(self.request.user, self.thing):
            return []
        return [paper for paper in Paper.objects.about(self.thing).told() if may_read(paper, self.request.user)]

    def back(self) -> str:
        return self.thing.get_absolute_url()

    def get_crumbs(self):
        call = self.thing.call
        first = [(_("Council"), reverse("councils:meetings"))] if sees_meetings(self.request.user) else []
        if call is not None and self.runs and can_read_desk(self.request.user, call):
            first = [
                (call.title, reverse("calls:manage", args=[call.slug])),
                (_("Council meetings"), reverse("councils:meetings_of_call", args=[call.slug])),
            ]
        return first if self.is_top else [*first, (self.thing.title or _("Council meeting"), self.back())]


class MeetingRead(OfMeeting, ThingPage):
    """G8: quorum, the envelope, the agenda with its votes, what is being voted on now."""

    template_name = "councils/meeting.html"
    title = _("Council meeting")
    is_top = True

    def get_queryset(self):
        return super().get_queryset().exclude(call=None)

    @cached_property
    def sitting(self):
        return sitting_of(self.thing, now=self.request.now, reader=self.request.user)

    def get_context_data(self, **kwargs):
        user, meeting, sitting, runs = self.request.user, self.thing, self.sitting, self.runs
        for line in sitting.lines:
            line.allow(user, runs=runs)
        seat = next((seat for seat in sitting.members if seat.account_id == user.pk), None)
        return super().get_context_data(
            sitting=sitting,
            state=MEETING.states[meeting.state],
            runs=runs,
            seat=seat,
            papers=self.papers,
            may_sign=can_sign_protocol(user, meeting),
            may_reissue=can_reissue_protocol(user, meeting),
            may_close=runs and meeting.state == "open",
            may_release=can_release(user, meeting.call),
            **kwargs,
        )


class OfMeetingVerb(OfMeeting, ActMixin, MoveMixin, ThingVerbPage):
    """One act on the meeting, and back to it."""

    workflow = MEETING
    whose = staticmethod(runs_meeting)


class RescheduleMeeting(OfMeetingVerb):
    title = _("Move the meeting")
    lead = _("Everyone invited is told the old time and the new one.")
    form_class = RescheduleForm
    may = staticmethod(can_reschedule_meeting)
    done = _("The meeting is moved, everyone is told.")

    def get_initial(self):
        return {"starts_at": self.thing.starts_at, "place": self.thing.place}

    def act(self, form) -> str:
        reschedule_meeting(meeting=self.thing, by=self.request.user, now=self.request.now, **form.cleaned_data)
        return self.back()


class MarkAttendance(OfMeetingVerb):
    title = _("Who came")
    label = _("Write down")
    form_class = AttendanceForm
    may = staticmethod(can_attend)
    done = _("It is written down who came.")

    @cached_property
    def seats(self):
        return list(self.thing.members.select_related("account__person"))

    @cached_property
    def sides(self):
        return list(self.thing.sides.invited())

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "seats": self.seats, "sides": self.sides}

    def get_initial(self):
        """Members are expected, sides if they said that they come."""
        coming = [side for side in self.sides if (side.answer in ("comes", "sends") if side.attended is None else side.attended)]
        present = [str(seat.pk) for seat in self.seats if seat.attended is not False]
        return {"present": present, "sides": [str(side.pk) for side in coming]}

    def act(self, form) -> str:
        present, sides = ([int(pk) for pk in form.cleaned_data.get(name, [])] for name in ("present", "sides"))
        mark_attendance(meeting=self.thing, present=present, sides=sides, by=self.request.user, now=self.request.now)
        return self.back()


class OpenMeeting(OfMeetingVerb):
    title, moves = _("Open the meeting"), ("open_meeting",)
    lead = _("From now on items are put to the vote one by one.")
    form_class = Confirm
    may = staticmethod(can_open_meeting)
    done = _("The meeting is open.")

    def act(self, form) -> str:
        open_meeting(meeting=self.thing, by=self.request.user, now=self.request.now)
        return self.back()


class CloseMeeting(OfMeetingVerb):
    title, moves = _("Close the meeting"), ("close_meeting",)
    lead = _("The protocol is issued with a number; the chair and the secretary are asked to sign it.")
    form_class = Confirm
    may = staticmethod(can_close_meeting)
    done = _("The meeting is closed, its protocol is issued.")

    def act(self, form) -> str:
        close_meeting(meeting=self.thing, by=self.request.user, now=self.request.now)
        return self.back()


class CancelMeeting(OfMeetingVerb):
    title, moves = _("Cancel the meeting"), ("cancel_meeting",)
    lead = _("Everyone invited is told why.")
    form_class = Reason
    kind = "warn"
    may = staticmethod(can_cancel_meeting)
    done = _("The meeting is cancelled, everyone is told.")

    def act(self, form) -> str:
        cancel_meeting(meeting=self.thing, why=form.cleaned_data["why"], by=self.request.user, now=self.request.now)
        return self.back()


class SignProtocol(OfMeetingVerb):
    title = _("Sign the protocol")
    lead = _("Your signature is kept with its moment and the fingerprint of what you sign.")
    form_class = SignForm
    template_name = "councils/sign_protocol.html"
    whose = staticmethod(lambda user, meeting: user.pk in (meeting.chair_id, meeting.secretary_id))
    may = staticmethod(can_sign_protocol)
    done = _("You signed the protocol.")

    def no_more(self):
        return self.done if self.thing.state == "closed" else super().no_more()

    def get_initial(self):
        return {"seen": standing_protocol(self.thing).number} if self.thing.state == "closed" else {}

    def get_context_data(self, **kwargs):
        standing = [paper for paper in self.papers if not paper.is_void]
        return super().get_context_data(papers=standing, **kwargs)

    def act(self, form) -> str:
        sign_protocol(meeting=self.thing, by=self.request.user, now=self.request.now, seen=form.cleaned_data["seen"])
        return self.back()


class ReissueProtocol(OfMeetingVerb):
    title = _("Issue the protocol anew")
    lead = _("The protocol becomes void with your reason, another one is issued, both signatures are asked again.")
    form_class = Reason
    kind = "warn"
    may = staticmethod(can_reissue_protocol)
    done = _("Another protocol is issued.")

    def no_more(self):
        is_over = self.thing.state == "closed"
        return _("The judging of the call is over: its protocol stays as it is.") if is_over else super().no_more()

    def act(self, form) -> str:
        reissue_protocol(meeting=self.thing, why=form.cleaned_data["why"], by=self.request.user, now=self.request.now)
        return self.back()
