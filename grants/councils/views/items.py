"""One item of an agenda: what is proposed and why, the vote on it, its end; and a member's own page of votes."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.forms import Confirm
from fund.core.pages import ThingMixin, ThingPage, ThingVerbPage
from fund.workflow.pages import MoveMixin
from grants.applications.reading import proposal_of
from grants.reviews.models import Sheet
from grants.reviews.templatetags.sheets import mark_of

from ..actions import (
    break_tie,
    cast_vote,
    close_item,
    postpone_item,
    propose,
    put_to_vote,
    recuse_member,
    resume_item,
    separate,
)
from ..floor import floor_of
from ..forms import CloseItemForm, ProposeForm, RecuseForm, SeparateForm, VoteForm
from ..gathering import Gathering
from ..models import Item, Meeting
from ..permissions import can_propose, can_recuse, can_run_item, runs_item, sits_in
from ..sitting import sitting_of
from ..workflow import ITEM, MEETING
from .acts import ActMixin
from .meetings import OfMeeting


def gathering_of(meeting: Meeting, request) -> Gathering:
    """The meeting as this reader may see it, of a call or without one."""
    return floor_of(meeting) if meeting.is_floor else sitting_of(meeting, now=request.now, reader=request.user)


class OfItem(ThingMixin):
    """A page about one item; nobody tied to it sees it."""

    model = Item
    nav = "councils"

    def get_queryset(self):
        joined = ("meeting__call__curator", "meeting__chair__person", "meeting__secretary__person")
        return super().get_queryset().select_related(*joined).prefetch_related("meeting__members")

    @cached_property
    def line(self):
        lines = gathering_of(self.thing.meeting, self.request).lines
        return next(line for line in lines if line.item.pk == self.thing.pk)

    def back(self) -> str:
        return self.thing.meeting.get_absolute_url() + f"#item-{self.thing.number}"

    def get_crumbs(self):
        return [(_("Council"), reverse("councils:meetings")), (_("Council meeting"), self.back())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(line=self.line, item=self.thing, meeting=self.thing.meeting, back=self.back(), **kwargs)


class ItemRead(OfItem, ThingPage):
    """What is decided: the application as it was sent, the sheets, what is proposed; or the list that one vote decides."""

    template_name = "councils/item.html"

    def get_queryset(self):
        return super().get_queryset().exclude(meeting__call=None)

    def get_title(self):
        return self.line.application.name if not self.line.is_list else _("Applications by one vote")

    def get_context_data(self, **kwargs):
        user, item = self.request.user, self.thing
        more = {} if self.line.is_list else self.about(self.line.application)
        may = {"propose": can_propose(user, item), "recuse": can_recuse(user, item)}
        return super().get_context_data(may=may, **more, **kwargs)

    def about(self, application) -> dict:
        sheets = list(
            Sheet.objects.filter(application=application).submitted().select_related("current").order_by("current__total", "pk")
        )
        criteria = application.regulation.rules.scored
        return {
            "proposal": proposal_of(application, reader=self.request.user),
            "sheets": sheets,
            "criteria": [(one, [mark_of(sheet.current, one) for sheet in sheets]) for one in criteria],
        }


class OfItemVerb(OfItem, ActMixin, MoveMixin, ThingVerbPage):
    """One act on the item, and back to the meeting."""

    workflow = ITEM
    whose = staticmethod(runs_item)

    def no_more(self):
        """What keeps it from being done: the meeting, or the item itself."""
        meeting = self.thing.meeting
        return super().no_more() if meeting.state == "open" else MEETING.no_more(meeting)


def prepares(user, item) -> bool:
    return not item.meeting.is_floor and runs_item(user, item)


class ProposeItem(OfItemVerb):
    title = _("What is proposed")
    label = _("Keep the proposal")
    form_class = ProposeForm
    whose, may = staticmethod(prepares), staticmethod(can_propose)
    done = _("The council will vote on this proposal.")

    def get_initial(self):
        return {"outcome": self.thing.outcome, "amount": self.thing.amount, "why": self.thing.why}

    def act(self, form) -> str:
        propose(item=self.thing, by=self.request.user, now=self.request.now, **form.cleaned_data)
        return self.back()


class SeparateItem(OfItemVerb):
    title = _("Take out of the list")
    form_class = SeparateForm
    whose, may = staticmethod(prepares), staticmethod(can_propose)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "applications": self.line.applications}

    def act(self, form) -> str:
        chosen = next(one for one in self.line.applications if one.uid == form.cleaned_data["application"])
        own = separate(item=self.thing, application=chosen, by=self.request.user, now=self.request.now)
        return self.thing.meeting.get_absolute_url() + f"#item-{own.number}"


class RecuseMember(OfItemVerb):
    """A member says what ties them; from then on the item does not exist for them."""

    title = _("Step aside from this item")
    lead = _("The application closes to you at once, here and everywhere; your vote on it does not count.")
    kind = "warn"
    form_class = RecuseForm
    whose = staticmethod(lambda user, item: not item.meeting.is_floor and sits_in(user, item.meeting))
    may = staticmethod(can_recuse)
    done = _("You are recused from this item.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "applications": self.line.applications}

    def act(self, form) -> str:
        given = form.cleaned_data
        chosen = next(one for one in self.line.applications if one.uid == given["application"])
        recuse_member(
            item=self.thing, application=chosen, kind=given["kind"], why=given["why"], by=self.request.user, now=self.request.now
        )
        return self.thing.meeting.get_absolute_url()


class PutToVote(OfItemVerb):
    title, moves = _("Put to the vote"), ("put_to_vote",)
    may = staticmethod(can_run_item)

    def act(self, form) -> str:
        put_to_vote(item=self.thing, by=self.request.user, now=self.request.now)
        return self.back()


class PostponeItem(OfItemVerb):
    title, moves = _("Postpone the item"), ("postpone",)
    may = staticmethod(can_run_item)

    def act(self, form) -> str:
        postpone_item(item=self.thing, by=self.request.user, now=self.request.now)
        return self.back()


class ResumeItem(OfItemVerb):
    title, moves = _("Take the item up again"), ("resume",)
    may = staticmethod(can_run_item)

    def act(self, form) -> str:
        resume_item(item=self.thing, by=self.request.user, now=self.request.now)
        return self.back()


class CloseItem(OfItemVerb):
    title, moves = _("Close the item"), ("carry", "lose")
    may = staticmethod(can_run_item)

    def get_form_class(self):
        """Nothing departs from a ranking where there is none."""
        return Confirm if self.thing.meeting.is_floor else CloseItemForm

    def get_initial(self):
        return {"why": self.thing.why}

    def act(self, form) -> str:
        close_item(item=self.thing, why=form.cleaned_data.get("why", ""), by=self.request.user, now=self.request.now)
        return self.back()


class CastVote(OfItemVerb):
    """One press of a member, or of who writes down the hands that are raised."""

    title, moves = _("Vote"), ("carry", "lose")  # as long as the votes are not counted
    form_class = VoteForm
    template_name = "councils/vote.html"
    whose = may = staticmethod(lambda user, item: sits_in(user, item.meeting) or runs_item(user, item))

    def act(self, form) -> str:
        given, user = form.cleaned_data, self.request.user
        seats = self.thing.meeting.members
        seat = seats.filter(pk=given["member"]).first() if given["member"] else seats.filter(account=user).first()
        if seat is None:
            raise Refused(_("This member did not come or is recused from this item."), code="member")
        cast_vote(item=self.thing, member=seat, choice=given["choice"], by=user, now=self.request.now)
        return reverse("councils:ballot", args=[self.thing.meeting.uid]) if given["back"] == "ballot" else self.back()


class BreakTie(OfItemVerb):
    """The chair's casting vote."""

    title, moves = _("The chair's casting vote"), ("carry", "lose")
    form_class = VoteForm
    template_name = "councils/break_tie.html"
    whose = may = staticmethod(lambda user, item: user.pk == item.meeting.chair_id)

    def act(self, form) -> str:
        break_tie(item=self.thing, choice=form.cleaned_data["choice"], by=self.request.user, now=self.request.now)
        return self.back()


class MyBallot(OfMeeting, ThingPage):
    """A member's own page, made for a phone: what is being voted on now, and what they voted before."""

    template_name = "councils/ballot.html"
    title = _("My votes")

    def get(self, request, *args, **kwargs):
        if self.seat is None:
            raise Http404
        if self.thing.state == "cancelled":
            return HttpResponseRedirect(self.back())
        return super().get(request, *args, **kwargs)

    @cached_property
    def seat(self):
        return next((seat for seat in self.thing.members.all() if seat.account_id == self.request.user.pk), None)

    def get_context_data(self, **kwargs):
        sitting = gathering_of(self.thing, self.request)
        for line in sitting.lines:
            line.allow(self.request.user, runs=False)
        lines = [(line, line.count.chosen.get(self.seat.pk), self.seat.pk in line.count.chosen) for line in sitting.lines]
        now = [row for row in lines if row[0].item.state == "voting"]
        rest = [row for row in lines if row[0].item.state != "voting"]
        return super().get_context_data(sitting=sitting, seat=self.seat, voting=now, rest=rest, **kwargs)
