"""A plan of assignment: asked for, counted by a job, changed by hand, accepted or dropped. Nobody is told before it is accepted."""

from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.core.ringing import ring
from fund.people.roles import holders
from fund.workflow.engine import lock, perform
from grants.applications.models import Application
from grants.calls.models import Call

from ..assignment import Pair, as_data, assign, digest
from ..assignment_reasons import Change, Explained, Reason, changes
from ..models import TO_JUDGE, Allotment, Plan, Sheet
from ..permissions import can_assign
from ..queries.plan_words import open_to, said_changes
from ..queries.problem import problem_of
from ..workflow import PLAN
from .assigning import plan_sheets

SILENT = timedelta(minutes=2)  # after which a job is taken for dead
TRIES = 3  # jobs that may die on one plan
STEPS = 4  # facts gathered, pairs found, reasons given, written
MOST_SAID = 3  # changes named in one refusal


@transaction.atomic
def ask_plan(*, call: Call, seed: str, by: Any, now: datetime, moves_invited: bool = False, once: str | None = None) -> Plan:
    """Asks for a plan; an open one before it is dropped, what was pinned by hand in it is carried over.

    In order: lock the call; refuse who may not, and where nobody or nothing is there to be assigned; drop, create, record;
    ring the job after the commit.
    """
    lock(call)
    slot = claim(once, by=by, verb="reviews.ask_plan", body={"call": call.pk, "seed": seed, "moves_invited": moves_invited})
    if slot.made:
        return slot.thing(Plan)
    _refuse_unfit(call, by)
    if not Application.objects.visible_to(by).filter(call=call, state__in=TO_JUDGE).exists():
        raise Refused(_("No application is admitted yet: there is nothing to plan."), code="empty")
    if not holders("expert", call).exists():
        raise Refused(_("This call has no experts yet."), code="experts")
    before = Plan.objects.open().filter(call=call).first()
    if before is not None:
        drop_plan(plan=before, by=by, now=now)
    wishes = {"pinned": before.pinned, "barred": before.barred} if before and before.asked_by == by else {}
    plan = Plan.objects.create(
        call=call,
        seed=seed.strip() or next_seed(plans_of(call), now),
        moves_invited=moves_invited,
        asked_at=now,
        asked_by=by,
        **wishes,
    )
    record("reviews.ask_plan", plan, by=by, now=now, to="asked", facts={"seed": plan.seed})
    ring("grants.reviews.tasks.count_plan", plan.pk)
    slot.keep(plan)
    return plan


def plans_of(call: Call) -> int:
    """How many were asked for so far."""
    return Plan.objects.filter(call=call).count()


def next_seed(plans: int, now: datetime) -> str:
    """The day and the number of the plan after so many: 20261021-3."""
    return f"{timezone.localtime(now):%Y%m%d}-{plans + 1}"


def waiting_plans(now: datetime) -> list[int]:
    """Plans nobody counts: their ring was lost, or the job died on the way."""
    silent = Q(seen_at=None, asked_at__lt=now - timedelta(seconds=30)) | Q(seen_at__lt=now - SILENT)
    return list(Plan.objects.filter(silent, state="asked").order_by("pk").values_list("pk", flat=True))


def count_plan(*, plan: int, now: datetime) -> bool:
    """Counts one plan unless another job does; says whether it did. What fails three times is said to have failed.

    The claim and each word of progress are committed by themselves, so that the page sees them; the counting holds no lock.
    """
    free = Q(seen_at=None) | Q(seen_at__lt=now - SILENT)
    own = Plan.objects.filter(pk=plan, state="asked")
    if not own.filter(free).update(seen_at=now, tries=F("tries") + 1, step=0):
        return False
    found = Plan.objects.select_related("call", "asked_by").get(pk=plan)
    if found.tries > TRIES or not can_assign(found.asked_by, found.call):
        with transaction.atomic():
            perform(PLAN, "fail_plan", found, by=None, now=now)
        return False
    began = monotonic()

    def says(step: int) -> None:
        own.update(step=step, seen_at=timezone.now())

    problem = problem_of(found)
    says(1)
    pairs = assign(problem, seed=found.seed) | problem.fixed
    says(2)
    rows = _allotments(found, Explained(problem, pairs))
    says(3)
    with transaction.atomic():
        lock(found.call)
        if not own.exists():  # dropped meanwhile
            return False
        Allotment.objects.bulk_create(rows, batch_size=1000)
        written: dict[str, Any] = {"inputs": as_data(problem), "digest": digest(problem), "counted_at": now, "step": STEPS}
        perform(PLAN, "count_plan", found, by=None, now=now, seconds=round(monotonic() - began, 2), **written)
    return True


def _allotments(plan: Plan, explained: Explained) -> list[Allotment]:
    news = explained.news()
    experts = explained.experts
    return [
        _allotment(plan, pair, explained.why(pair) if pair[1] in experts else Reason("kept"), is_new=pair in news)
        for pair in sorted(explained.pairs)
    ]


def _allotment(plan: Plan, pair: Pair, reason: Reason, *, is_new: bool) -> Allotment:
    return Allotment(
        plan=plan, application_id=pair[0], expert_id=pair[1], code=reason.code, reason=reason.as_data(), is_new=is_new
    )


@transaction.atomic
def change_plan(*, plan: Plan, application: Application, experts: set[int], by: Any, now: datetime) -> None:
    """Gives one application of a plan exactly these experts, by hand; a recount keeps the wish.

    In order: lock the call and the plan; refuse what is not ready, a kept sheet left out, a tie, an expert who is full; replace
    the pairs, keep what was wanted and what was not, record.
    """
    _lock_ready(plan, by)
    problem = problem_of(plan)
    before = {pair[1] for pair in plan_pairs(plan) if pair[0] == application.pk}
    added, removed = experts - before, before - experts
    explained = Explained(problem, plan_pairs(plan))
    _refuse_hand(explained, application, added, removed)
    plan.allotments.filter(application=application, expert__in=removed).delete()
    news = Explained(problem, {(application.pk, expert) for expert in added}).news()
    Allotment.objects.bulk_create(
        _allotment(plan, (application.pk, one), Reason("pinned"), is_new=(application.pk, one) in news) for one in sorted(added)
    )
    pinned, barred = set(map(tuple, plan.pinned)), set(map(tuple, plan.barred))
    add, remove = {(application.pk, one) for one in added}, {(application.pk, one) for one in removed}
    plan.pinned, plan.barred = sorted((pinned - remove) | add), sorted((barred - add) | remove)
    plan.save(update_fields=["pinned", "barred"])
    facts = {"application": application.pk, "added": sorted(added), "removed": sorted(removed)}
    record("reviews.change_plan", plan, by=by, now=now, facts=facts)


def _refuse_hand(explained: Explained, application: Application, added: set[int], removed: set[int]) -> None:
    if application.pk not in explained.tasks:
        raise Refused(_("The application is not in the plan: count it again."), code="gone")
    if any((application.pk, one) in explained.problem.kept for one in removed):
        raise Refused(_("A sheet that the expert already has stays. It is taken back by hand, on its own page."), code="kept")
    for one in sorted(added):
        if one not in explained.experts:
            raise Refused(_("One of the chosen people is not an expert of this call."), code="expert")
        if (why := explained.why_not((application.pk, one)).code) in ("spare", "short", "barred"):
            continue
        change = Change(why if why in ("full", "declined") else "tie", application.pk, one)
        raise Refused(said_changes([change])[0], field="experts", code=change.code)


@transaction.atomic
def accept_plan(*, plan: Plan, due_at: datetime, by: Any, now: datetime) -> int:
    """Makes the plan true: everyone in it is invited, once, with one letter each; says how many sheets are new.

    In order: lock the call and the plan; refuse one that is not ready, one that holds what is closed to `by`, one that does not
    hold any more, by name; invite, and take back the invitations that move, by the verb of assignment; end the plan.
    """
    _lock_ready(plan, by)
    if plan.allotments.exclude(pk__in=Allotment.objects.visible_to(by).values("pk")).exists():
        raise Refused(
            _("The plan holds what is not open to you: another officer accepts it, or count one of your own."), code="closed"
        )
    refuse_stale(plan, by)
    pairs = plan_pairs(plan)
    moved = {pair for pair in plan.problem.invited if pair not in pairs}
    live = set(Sheet.objects.of_call(plan.call).live().values_list("application", "expert"))
    new, _back = plan_sheets(call=plan.call, wanted=(live - moved) | pairs, due_at=due_at, by=by, now=now)
    facts = {"seed": plan.seed, "digest": plan.digest, "new": new, "moved": len(moved)}
    perform(PLAN, "accept_plan", plan, by=by, now=now, facts=facts, ended_at=now, ended_by=by)
    return new


def refuse_stale(plan: Plan, by: Any) -> None:
    """Refuses a plan that does not hold any more, with what changed in words; what is closed to `by` is not named."""
    broken = [one for one in stale_of(plan) if one.breaks]
    if not broken:
        return
    found = open_to(by, broken)
    said = " ".join(said_changes(found[:MOST_SAID]))
    more = len(found) - MOST_SAID
    if more > 0:
        said += " " + _("And %(n)s more.") % {"n": more}
    raise Refused(_("The plan does not hold any more. %(said)s Count it again.") % {"said": said}, code="stale")


def stale_of(plan: Plan) -> list[Change]:
    """What changed since a plan was counted that matters to it, what breaks it first."""
    return changes(plan.problem, problem_of(plan), plan_pairs(plan))


def plan_pairs(plan: Plan) -> set[Pair]:
    return set(plan.allotments.values_list("application", "expert"))


@transaction.atomic
def drop_plan(*, plan: Plan, by: Any, now: datetime) -> None:
    """The plan is of no use; nobody was told of it, so nobody is told now."""
    perform(PLAN, "drop_plan", plan, by=by, now=now, ended_at=now, ended_by=by)


def _lock_ready(plan: Plan, by: Any) -> None:
    lock(plan.call)
    lock(plan)
    _refuse_unfit(plan.call, by)
    if plan.state != "ready":
        raise Refused(PLAN.no_more(plan), code="state")


def _refuse_unfit(call: Call, by: Any) -> None:
    if not can_assign(by, call):
        raise Refused(_("Experts can be assigned once the call is closed and until it is decided."), code="who")
