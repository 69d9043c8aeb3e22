"""Parting equals: the lot of a call step by step, and the chair's vote."""

from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Confirm
from fund.core.pages import ThingPage, ThingVerbPage
from fund.lots.models import Draw
from grants.applications.models import Application
from grants.reviews.actions import commit_lot, draw_lot, reveal_lot, vote_tie
from grants.reviews.models import Vote
from grants.reviews.permissions import can_part
from grants.reviews.queries import Equals, draws_of, equals_among, ranking_of, waiting_for_lot

from ..forms import LotCommitForm, LotDrawForm, TieVoteForm
from ..permissions import can_decide, can_rank
from .of_call import CallMixin


class LotMixin(CallMixin):
    """A page about the lots of a call."""

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Decisions"), reverse("councils:list", args=[self.thing.slug]))]

    def here(self) -> str:
        return reverse("councils:lot", args=[self.thing.slug])


class LotRead(LotMixin, ThingPage):
    """Who waits for a lot, and how far each draw has come."""

    template_name = "councils/lot.html"
    title = _("Lots")
    may = staticmethod(can_rank)

    def get_context_data(self, **kwargs):
        rows = ranking_of(self.thing, now=self.request.now)
        by_number = {row.number: row for row in rows}
        draws = [(draw, [by_number.get(one.code) for one in draw.order()]) for draw in draws_of(self.thing)]
        may = can_part(self.request.user, self.thing) and self.thing.state == "judging"
        return super().get_context_data(waiting=waiting_for_lot(self.thing, rows), draws=draws, may_part=may, **kwargs)


class LotStep(LotMixin, ThingVerbPage):
    """One step of one draw of the call."""

    template_name = "councils/lot_step.html"
    may = staticmethod(can_part)
    label = lead = ""

    @cached_property
    def draw(self) -> Draw:
        found = Draw.objects.about(self.thing).filter(uid=self.kwargs["uid"]).first()
        if found is None:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        if "uid" in kwargs:
            _draw = self.draw
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Lots"), self.here())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(label=self.label, lead=self.lead, back=self.here(), **kwargs)


class LotCommit(LotStep):
    """Closes the list and publishes the hashes."""

    title = _("Commit the seed")
    label = _("Close the list and commit the seed")
    lead = _("The list of equals is closed, a seed is made, and both hashes are published at once. None of it can be undone.")
    form_class = LotCommitForm
    done = _("The seed is committed, its hash is public.")

    def act(self, form) -> str:
        commit_lot(call=self.thing, by=self.request.user, now=self.request.now, once=form.cleaned_data["once"])
        return self.here()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            waiting=waiting_for_lot(self.thing, ranking_of(self.thing, now=self.request.now)), **kwargs
        )


class LotDraw(LotStep):
    """Fixes the words said aloud, and with them the order."""

    title = _("Draw")
    label = _("Draw")
    lead = _("Let somebody who cannot know the seed say a few words aloud. With them the order is fixed; it opens with the seed.")
    form_class = LotDrawForm
    done = _("Drawn. Reveal the seed to open the order.")

    def act(self, form) -> str:
        words = form.cleaned_data["words"]
        draw_lot(call=self.thing, draw=self.draw, words=words, by=self.request.user, now=self.request.now)
        return self.here()


class LotReveal(LotStep):
    """Opens the seed; the ranking uses the lot from now on."""

    title = _("Reveal the seed")
    label = _("Reveal the seed")
    lead = _("The seed becomes public, and the ranking puts the equals into the order of their lots.")
    form_class = Confirm
    done = _("The seed is revealed, the ranking uses the lot.")

    def act(self, form) -> str:
        reveal_lot(call=self.thing, draw=self.draw, by=self.request.user, now=self.request.now)
        return self.here()


class TieVote(ThingVerbPage):
    """The chair's vote: a place for each of the equals, and why."""

    template_name = "councils/vote_tie.html"
    model = Application
    title = _("The chair's vote")
    form_class = TieVoteForm
    may = staticmethod(can_decide)
    nav = "calls"
    done = _("The vote is recorded, the ranking uses it.")

    def get_queryset(self):
        return super().get_queryset().select_related("call")

    def get_crumbs(self):
        call = self.thing.call
        return [
            (call.title, reverse("calls:manage", args=[call.slug])),
            (_("Decisions"), reverse("councils:list", args=[call.slug])),
        ]

    @cached_property
    def equals(self) -> Equals:
        """The group this application is in: one that waits, or one that a vote has parted."""
        rows = ranking_of(self.thing.call, now=self.request.now)
        for one in equals_among(rows):
            if one.pending == "vote" and self.thing.number in one.numbers:
                return one
        for vote in self.votes:
            if self.thing.number in vote.order:
                return Equals("vote", tuple(row for row in rows if row.number in vote.order))
        raise Http404

    @cached_property
    def votes(self) -> list[Vote]:
        return list(Vote.objects.filter(call=self.thing.call).select_related("voted_by__person").order_by("-number"))

    def get_form_kwargs(self):
        first = min(row.place or 1 for row in self.equals.rows)
        return {**super().get_form_kwargs(), "rows": self.equals.rows, "first": first}

    def act(self, form) -> str:
        vote_tie(
            call=self.thing.call,
            order=form.order,
            why=form.cleaned_data["why"],
            by=self.request.user,
            now=self.request.now,
        )
        return reverse("councils:list", args=[self.thing.call.slug]) + f"#{self.thing.uid}"

    def get_context_data(self, **kwargs):
        earlier = [vote for vote in self.votes if self.thing.number in vote.order]
        back = reverse("councils:list", args=[self.thing.call.slug])
        return super().get_context_data(equals=self.equals, earlier=earlier, back=back, **kwargs)
