"""The release: what will be told, what was checked, the code typed, one button."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.moments import day, moment
from fund.core.money import money
from fund.core.pages import ListPage, ThingMixin, ThingVerbPage
from fund.documents.models import Paper
from grants.reviews.models import Conflict

from ..actions import obstacles, release, standing_meetings
from ..forms import ReleaseForm
from ..models import Meeting
from ..permissions import can_read_protocol, can_release
from ..preview import pending_in_order, preview_of
from ..queries import board_of
from ..queries.votes import counts_of
from .of_call import CallMixin


def checked(board, meetings) -> list[tuple]:
    """What was looked at before the release, as steps of a timeline: five where a council met, three where it did not."""
    departing = [line.row.title for line in board.lines if line.departs]
    held = _("%(given)s of %(envelope)s, the money is held") % {"given": money(board.given), "envelope": money(board.envelope)}
    days = ", ".join(day(one.opened_at) for one in meetings if one.opened_at)
    alone = sum(1 for line in board.lines if line.decided and line.outcome.decision.item_id is None)
    decided = _("Council of %(days)s") % {"days": days} if days else ""
    if days and alone:
        decided += "; " + _("decided by a director alone: %(count)s") % {"count": alone}
    steps = [(_("Every application under review has a decision"), decided, "done")]
    if days:
        steps.append((_("There was a quorum on every item"), _("No item was closed with fewer votes than it needs"), "done"))
    steps += [
        (_("The sum is within the envelope"), held, "done"),
        (_("Every departure from the ranking has its reason"), ", ".join(departing) or _("There is none"), "done"),
    ]
    signed = [one.signed_at for one in meetings if one.signed_at]
    if days and signed:
        steps.append((_("The protocol is signed"), _("Chair and secretary, %(at)s") % {"at": moment(max(signed))}, "done"))
    return steps


def votes_of(meetings) -> dict[int, str]:
    """Item → for : against : abstained."""
    tallies = {pk: count.tally for meeting in meetings for pk, count in counts_of(meeting, list(meeting.items.all())).items()}
    return {pk: f"{one.yes} : {one.no} : {one.abstained}" for pk, one in tallies.items()}


def papers_of(meeting, user) -> list[Paper]:
    return list(Paper.objects.about(meeting).standing().told()) if can_read_protocol(user, meeting) else []


class Release(CallMixin, ThingVerbPage):
    """D3: what will be released, what was checked, the code typed, one button."""

    template_name = "councils/release.html"
    title = _("Releasing the decisions")
    form_class = ReleaseForm
    may = staticmethod(can_release)
    done = _("The decisions are released, the letters are on their way.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "code": self.thing.code}

    def get_queryset(self):
        return super().get_queryset().annotate(has_met=Exists(Meeting.objects.standing().filter(call=OuterRef("pk"))))

    def act(self, form) -> str:
        release(call=self.thing, by=self.request.user, now=self.request.now)
        return reverse("councils:list", args=[self.thing.slug])

    def get_context_data(self, **kwargs):
        board = board_of(self.thing, now=self.request.now, reader=self.request.user)
        funded = [line for line in board.lines if line.decided == "fund"]
        standing = standing_meetings(self.thing) if self.thing.has_met else []
        meetings = [one for one in standing if one.state == "closed"]
        votes = votes_of(meetings)
        for line in funded:
            line.votes = votes.get(line.outcome.decision.item_id, "")
        return super().get_context_data(
            board=board,
            is_released=self.thing.state in ("released", "archived"),
            funded=funded,
            others=[line for line in board.lines if line.decided in ("reserve", "decline")],
            obstacles=obstacles(self.thing, standing),
            checked=checked(board, meetings),
            votes=votes,
            papers=[one for meeting in meetings for one in papers_of(meeting, self.request.user)],
            letters=sum(board.decided.values()),
            asked=sum((line.row.asked for line in funded), 0),
            appeals_end=self.thing.regulation.timeline.appeals_end(self.request.now, settings.PROFILE.appeal_days),
            **kwargs,
        )


class ReleaseLetters(CallMixin, ThingMixin, ListPage):
    """The letters of the release as they would be written now, in the order of the ranking."""

    template_name = "councils/release_letters.html"
    title = _("Letters of the release")
    may = staticmethod(can_release)
    paginate_by = 20

    def get_crumbs(self):
        call = self.thing
        return [*super().get_crumbs(), (_("Releasing the decisions"), reverse("councils:release", args=[call.slug]))]

    def get_rows(self):
        closed = (
            Conflict.objects.live()
            .filter(application__call=self.thing, expert=self.request.user)
            .values_list("application", flat=True)
        )
        tied = set(closed)
        outcomes, self.places = pending_in_order(self.thing, now=self.request.now)
        reserved = [one.application_id for one in outcomes if one.decision.outcome == "reserve"]
        self.reserve = {pk: place for place, pk in enumerate(reserved, 1)}
        return [one for one in outcomes if one.application_id not in tied]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        told = {"call": self.thing, "places": self.places, "now": self.request.now}
        context["letters"] = [
            preview_of(outcome=one, reserve_place=self.reserve.get(one.application_id), **told) for one in context["rows"]
        ]
        return context
