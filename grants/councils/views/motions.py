"""Proposals to a meeting without a call: handing one in, reading it with its wordings, rewording, withdrawing, entrusting."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.core.pages import ThingMixin, ThingPage, ThingVerbPage

from ..actions import entrust, hand_in, reword, withdraw_motion
from ..floor import floor_of
from ..forms import EntrustForm, HandInForm, RecordForm, RewordForm
from ..models import Motion
from ..permissions import (
    can_entrust,
    can_hand_in,
    can_reword,
    can_withdraw_motion,
    owns_motion,
    runs_meeting,
    sees_meetings,
    sits_in,
)
from ..workflow import FOLLOW_UP, ITEM, MEETING
from .acts import ActMixin
from .floor import OfFloor
from .meetings import OfMeetingVerb


class HandIn(OfFloor, OfMeetingVerb):
    """A member's own proposal; whoever keeps the minutes writes down anybody's."""

    title = _("Make a proposal")
    label = _("Hand in the proposal")
    whose = staticmethod(lambda user, meeting: runs_meeting(user, meeting) or sits_in(user, meeting))
    may = staticmethod(can_hand_in)
    done = _("The proposal stands on the list.")

    def get_form_class(self):
        return RecordForm if self.runs else HandInForm

    @cached_property
    def seats(self):
        return list(self.thing.members.select_related("account__person"))

    def get_form_kwargs(self):
        more = {"seats": self.seats, "sides": list(self.thing.sides.invited())} if self.runs else {}
        return {**super().get_form_kwargs(), "meeting": self.thing, **more}

    def get_initial(self):
        return {"topic": self.request.GET.get("topic", "")} if self.request.GET.get("topic", "").isdecimal() else {}

    def act(self, form) -> str:
        user, given = self.request.user, form.cleaned_data
        own = {"member": next((seat for seat in self.seats if seat.account_id == user.pk), None)}
        whose = form.whose if self.runs else own
        words = {name: given[name] for name in ("text", "topic", "once")}
        motion = hand_in(meeting=self.thing, by=user, now=self.request.now, **words, **whose)
        return self.back() + f"#item-{motion.item.number}"


class OfMotion(ThingMixin):
    """A page about one proposal."""

    model = Motion
    nav = "councils"

    def get_queryset(self):
        joined = ("item__meeting__chair__person", "item__meeting__secretary__person", "topic", "side", "member__account__person")
        rows = super().get_queryset().select_related(*joined, "follow_up__account__person", "follow_up__side")
        return rows.prefetch_related("wordings__written_by__person", "item__meeting__members")

    def back(self) -> str:
        return self.thing.meeting.get_absolute_url() + f"#item-{self.thing.item.number}"

    def get_crumbs(self):
        first = [(_("Council"), reverse("councils:meetings"))] if sees_meetings(self.request.user) else []
        return [*first, (self.thing.meeting.title, self.back())]

    @cached_property
    def line(self):
        return next(line for line in floor_of(self.thing.meeting).lines if line.motion.pk == self.thing.pk)

    def get_context_data(self, **kwargs):
        given = {"line": self.line, "item": self.thing.item, "meeting": self.thing.meeting, "back": self.back()}
        return super().get_context_data(**given, **kwargs)


class MotionRead(OfMotion, ThingPage):
    """One proposal: its words and how they came about, the vote, who answers for it."""

    template_name = "councils/motion.html"

    def get_title(self):
        return _("Proposal %(n)s") % {"n": self.thing.item.number}

    def get_context_data(self, **kwargs):
        user, motion = self.request.user, self.thing
        may = {
            "reword": can_reword(user, motion),
            "withdraw": can_withdraw_motion(user, motion.item) and motion.item.state in ("waiting", "lost", "postponed"),
            "entrust": can_entrust(user, motion),
        }
        reads_votes = sits_in(user, motion.meeting) or runs_meeting(user, motion.meeting)
        return super().get_context_data(may=may, reads_votes=reads_votes, **kwargs)


class OfMotionVerb(OfMotion, ActMixin, ThingVerbPage):
    """One act on the proposal, and back to the meeting."""

    whose = staticmethod(lambda user, motion: runs_meeting(user, motion.meeting))

    def no_more(self):
        meeting = self.thing.meeting
        return ITEM.no_more(self.thing.item) if meeting.state in ("called", "open") else MEETING.no_more(meeting)


class Reword(OfMotionVerb):
    title = _("Reword the proposal")
    label = _("Save the new wording")
    lead = _("The earlier wording stays beside the new one. What was not carried is voted on anew.")
    form_class = RewordForm
    may = staticmethod(can_reword)
    done = _("The new wording is kept.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.thing.meeting}

    def get_initial(self):
        return {"text": self.thing.text, "topic": self.thing.topic_id, "seen": self.thing.wording.number}

    def act(self, form) -> str:
        reword(motion=self.thing, by=self.request.user, now=self.request.now, **form.cleaned_data)
        return self.back()


class WithdrawMotion(OfMotionVerb):
    title = _("Withdraw the proposal")
    lead = _("It is not voted on; the protocol says that it was withdrawn.")
    kind = "warn"
    whose = staticmethod(lambda user, motion: owns_motion(user, motion.item))
    may = staticmethod(lambda user, motion: can_withdraw_motion(user, motion.item) and ITEM.fits(motion.item, "withdraw_motion"))
    done = _("The proposal is withdrawn.")

    def act(self, form) -> str:
        withdraw_motion(motion=self.thing, by=self.request.user, now=self.request.now)
        return self.back()


class Entrust(OfMotionVerb):
    """Who answers for a carried proposal, and by when."""

    title = _("Who answers for the proposal")
    label = _("Entrust")
    lead = _("They are told at once, and reminded a week and a day before the day it is due.")
    form_class = EntrustForm
    may = staticmethod(can_entrust)
    done = _("The proposal is entrusted.")

    def no_more(self):
        follow_up = getattr(self.thing, "follow_up", None)
        return FOLLOW_UP.no_more(follow_up) if follow_up else ITEM.no_more(self.thing.item)

    @property
    def back_to(self) -> str:
        return reverse("councils:outcome", args=[self.thing.meeting.uid])

    def get_form_kwargs(self):
        meeting = self.thing.meeting
        people = {
            meeting.secretary_id,
            meeting.chair_id,
            meeting.called_by_id,
            *(seat.account_id for seat in meeting.members.all()),
        }
        accounts = (
            Account.objects.filter(pk__in=people, is_active=True).select_related("person").order_by("person__last_name", "pk")
        )
        return {**super().get_form_kwargs(), "accounts": list(accounts), "sides": list(meeting.sides.invited())}

    def get_initial(self):
        follow_up = getattr(self.thing, "follow_up", None)
        if follow_up is None:
            return {}
        chosen = f"side-{follow_up.side_id}" if follow_up.side_id else f"account-{follow_up.account_id}"
        return {"responsible": chosen, "due_on": follow_up.due_on}

    def act(self, form) -> str:
        due_on = form.cleaned_data["due_on"]
        entrust(motion=self.thing, due_on=due_on, by=self.request.user, now=self.request.now, **form.whom)
        return self.back_to
