"""The officers' pages: all calls, one call with its moves, its dates, amendments, versions."""

from django.db.models import Count, Q
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ListPage, ThingPage, ThingVerbPage
from fund.workflow.pages import MoveMixin
from grants.scoring.proof import run_examples

from ..actions import (
    amend_regulation,
    announce_call,
    archive_call,
    cancel_call,
    open_call,
    reschedule_call,
    start_judging,
)
from ..forms import DATES, LATER, AmendForm, CancelForm, RescheduleForm
from ..models import Call, Sketch
from ..pages import links_of
from ..permissions import (
    can_amend,
    can_announce,
    can_answer,
    can_archive,
    can_begin,
    can_cancel,
    can_edit,
    can_open,
    can_read_desk,
    can_reopen,
    can_reschedule,
    can_see_desk,
    can_start_judging,
    runs,
)
from ..queries import differs, obstacles_of
from ..wording import said_changes
from ..workflow import WORKFLOW

DESK = "calls:desk"
MOST_SKETCHES = 20  # shown above the calls: the newest


class CallDesk(ListPage):
    """Every call with its state, its envelope, its waiting questions; narrowed by state."""

    template_name = "calls/desk.html"
    title, nav = _("Calls"), "calls"

    def dispatch(self, request, *args, **kwargs):
        if not can_see_desk(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_rows(self):
        calls = Call.objects.visible_to(self.request.user)
        state = self.request.GET.get("state", "")
        if state and state not in WORKFLOW.states:
            raise Http404
        calls = calls.filter(state=state) if state else calls
        waiting = Count("questions", filter=Q(questions__answered_at=None))
        return calls.annotate(waiting=waiting).select_related("curator__person").order_by("-deadline", "pk")

    def get_context_data(self, **kwargs):
        states = Call.objects.visible_to(self.request.user).order_by().values_list("state").annotate(n=Count("pk"))
        counts = dict(states)
        chips = [(key, state.label, counts[key]) for key, state in WORKFLOW.states.items() if key in counts]
        extra = {"chips": chips, "state": self.request.GET.get("state", ""), "all": sum(counts.values())}
        extra["sketches"] = Sketch.objects.visible_to(self.request.user).order_by("-created_at", "pk")[:MOST_SKETCHES]
        return super().get_context_data(**extra, may_begin=can_begin(self.request.user), **kwargs)


class OfCall(MoveMixin):
    """A desk page about one call, found by its key."""

    model, key, nav, workflow = Call, "slug", "calls", WORKFLOW
    may = staticmethod(can_read_desk)

    def get_queryset(self):
        return super().get_queryset().select_related("curator__person")

    def get_crumbs(self):
        crumbs = [(_("Calls"), reverse(DESK))]
        if not isinstance(self, CallManage):
            crumbs.append((self.thing.title, reverse("calls:manage", args=[self.thing.slug])))
        return crumbs


class CallManage(OfCall, ThingPage):
    """One call: what state it is in, what stands in its way, what can be done now."""

    template_name = "calls/manage.html"

    def get_title(self):
        return self.thing.title

    def get_context_data(self, **kwargs):
        call, user, now = self.thing, self.request.user, self.request.now
        is_before = call.state in ("draft", "announced")
        regulation = call.regulation
        context = {
            "regulation": regulation,
            "moves": moves_of(call, user),
            "obstacles": obstacles_of(call, now) if is_before else [],
            "examples": run_examples(regulation.rules, regulation.envelope) if is_before else [],
            "is_before": is_before,
            "questions": [(one, can_answer(user, one)) for one in call.questions.select_related("asked_by__person", "call")],
            "versions": call.versions.order_by("-number").select_related("made_by__person"),
            "links": links_of(call, user),
            "may_reschedule": can_reschedule(user, call) and not (call.state == "announced" and call.opens_at <= now),
            "may_edit": can_edit(user, call) and not (call.state == "announced" and call.opens_at <= now),
            "sketch": written_on(call, user) if is_before else None,
            "may_begin": can_begin(user),
            "may_reopen": can_reopen(user, call),
            "reopening": Sketch.objects.visible_to(user).filter(reopens=call).first() if call.state == "cancelled" else None,
            "may_amend": can_amend(user, call) and call.opens_at <= now,
            "dates": [(label, getattr(regulation.timeline, name)) for name, label in DATES.items()],
        }
        return super().get_context_data(**context, **kwargs)


def written_on(call: Call, user) -> Sketch | None:
    """The sketch of the call, if it says anything else than the regulation in force."""
    sketch = Sketch.objects.visible_to(user).filter(call=call).select_related("call").first()
    return sketch if sketch and differs(sketch) else None


def moves_of(call: Call, user) -> list[tuple]:
    """(move, address) of the moves that have a page in this room; rooms above bring pages for the others."""
    found = []
    for move in WORKFLOW.open_to(user, call):
        try:
            found.append((move, reverse(f"calls:{move.name}", args=[call.slug])))
        except NoReverseMatch:
            continue
    return found


class CallMove(OfCall, ThingVerbPage):
    """A page with one button for one move: what it will do, and the obstacles if there are any."""

    template_name = "calls/move.html"
    words, verb = "", None

    def get_title(self):
        return WORKFLOW.by_name[self.moves[0]].label

    def act(self, form):
        type(self).verb(self.thing, by=self.request.user, now=self.request.now)
        return reverse("calls:manage", args=[self.thing.slug])

    def get_context_data(self, **kwargs):
        obstacles = obstacles_of(self.thing, self.request.now) if self.moves[0] in ("announce", "open") else []
        return super().get_context_data(words=self.words, label=self.get_title(), obstacles=obstacles, **kwargs)


class CallAnnounce(CallMove):
    moves, verb, may = ("announce",), staticmethod(announce_call), staticmethod(can_announce)
    words = _("The call appears on the site. It opens by itself at its hour; until then its regulation can still be changed.")
    done = _("The call is announced")


class CallOpen(CallMove):
    moves, verb, may = ("open",), staticmethod(open_call), staticmethod(can_open)
    words = _(
        "Applications are taken from now on. Questions, criteria, thresholds and the rule of selection can never be changed again."
    )
    done = _("The call is open")


class CallStartJudging(CallMove):
    moves, verb, may = ("start_judging",), staticmethod(start_judging), staticmethod(can_start_judging)
    words = _("The formal check is over. Experts judge what was admitted.")
    done = _("The judging has begun")


class CallArchive(CallMove):
    moves, verb, may = ("archive",), staticmethod(archive_call), staticmethod(can_archive)
    words = _("The call stays readable among the closed ones.")
    done = _("The call is in the archive")


class CallCancel(OfCall, ThingVerbPage):
    """Cancelling asks for a reason and says whom it will be told to."""

    template_name = "calls/cancel.html"
    title, form_class = _("Cancel the call"), CancelForm
    moves, may = ("cancel",), staticmethod(can_cancel)
    done = _("The call is cancelled, and the letters are on their way")

    def act(self, form):
        cancel_call(self.thing, why=form.cleaned_data["why"], by=self.request.user, now=self.request.now)
        return reverse("calls:manage", args=[self.thing.slug])


class CallReschedule(OfCall, ThingVerbPage):
    """The dates of a call that has not opened."""

    template_name = "calls/reschedule.html"
    title, form_class = _("Dates of the call"), RescheduleForm
    whose, may = staticmethod(runs), staticmethod(can_reschedule)
    done = _("The dates are saved")

    def get_initial(self):
        return {name: getattr(self.thing.regulation.timeline, name) for name in DATES}

    def act(self, form):
        reschedule_call(self.thing, dates=dict(form.cleaned_data), by=self.request.user, now=self.request.now)
        return reverse("calls:manage", args=[self.thing.slug])


class CallAmend(OfCall, ThingVerbPage):
    """The three changes an open call permits."""

    template_name = "calls/amend.html"
    title, form_class = _("Change an open call"), AmendForm
    whose, may = staticmethod(runs), staticmethod(can_amend)
    done = _("The new version is in force; everyone who has begun an application gets a letter")

    def get_initial(self):
        dates = {name: getattr(self.thing.regulation.timeline, name) for name in LATER}
        return {**dates, "envelope": self.thing.envelope}

    def act(self, form):
        changes = form.changes
        before = self.thing.regulation.timeline
        # The form speaks in minutes: a date it did not change must not become an earlier one by its seconds.
        changes["dates"] = {k: at for k, at in changes["dates"].items() if not same_minute(at, getattr(before, k))}
        if changes["envelope"] == self.thing.envelope:
            changes["envelope"] = None
        amend_regulation(self.thing, by=self.request.user, now=self.request.now, **changes)
        return reverse("calls:manage", args=[self.thing.slug])


def same_minute(one, other) -> bool:
    return other is not None and one.timestamp() // 60 == other.timestamp() // 60


class CallCompare(OfCall, ThingPage):
    """What a version changed, place by place."""

    template_name = "calls/compare.html"
    title = _("What a version changed")

    def get_context_data(self, **kwargs):
        number = self.kwargs["number"]
        if not 2 <= number <= self.thing.version.number:
            raise Http404
        pair = list(self.thing.versions.filter(number__in=(number - 1, number)))
        changes = said_changes(pair[0].regulation, pair[1].regulation)
        return super().get_context_data(version=pair[1], changes=changes, **kwargs)
