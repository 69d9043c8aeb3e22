"""The whole demo, in the order in which a fund lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import translation

from fund.notices.actions import declare
from fund.notices.models import Delivery, Notice
from grants.applications.tasks import compare

from . import applications, councils, decisions, floor, households, people, reviews
from . import calls as made_calls
from .moments import day

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Made:
    """What was made: the accounts to print, and how much of everything."""

    accounts: list[dict[str, Any]]
    counts: dict[str, int]


@transaction.atomic
def make_fund(now: datetime) -> Made:
    """In one transaction: a demo half made is no demo. Texts that verbs keep are written in Russian."""
    with translation.override("ru"):
        cast = people.make_people(now)
        households.make_households(now, cast)
        workshop = households.make_organisations(now, cast)
        calls = made_calls.make_calls(now, cast)
        made_calls.ask_questions(now, calls, cast)
        written = applications.write_all(now, calls, cast)
        applications.apply_as(written["media-lab"][1], workshop, now)
        check(calls["youth-start"], written["youth-start"], cast, now)
        judging(calls["green-town"], written["green-town"], cast, now)
        pending(calls["stage-season"], written["stage-season"], cast, now)
        sitting(calls["warm-evenings"], written["warm-evenings"], cast, now)
        released(calls["living-yard-spring"], written["living-yard-spring"], cast, now - timedelta(hours=2))
        decisions.clear_most(calls["living-yard-spring"], cast["officer"], now - timedelta(hours=1))
        released(calls["town-reads"], written["town-reads"], cast, day(now, -350, 12))
        made_calls.archive(calls["town-reads"], day(now, -200, 12), cast)
        floor.hold_floor(cast, now)
        floor.call_floor(cast, now)
        compare()
        settle_letters(now)
        declare(now=now)
    counts = {"calls": len(calls), "applications": sum(map(len, written.values())), "people": len(cast)}
    return Made(people.facts_of(cast), counts)


def check(call, written, cast, now: datetime) -> None:
    """Closed two days ago; the formal check is under way."""
    made_calls.close(call, now)
    applications.lapse_drafts(call)
    applications.check_some(call, written, cast["officer"], now)


def to_experts(call, written, cast, now: datetime) -> list:
    """Closed, checked, judging begun, experts invited."""
    made_calls.close(call, now)
    applications.lapse_drafts(call)
    applications.admit_all(call, written, cast["officer"])
    at = made_calls.judge(call, cast)
    return reviews.assign(call, experts_of(cast), cast["officer"], at + timedelta(hours=1))


def experts_of(cast) -> list:
    return [cast[key] for key in ("expert", "expert-2", "expert-en", "expert-4", "expert-5", "expert-6")]


def judging(call, written, cast, now: datetime) -> None:
    sheets = to_experts(call, written, cast, now)
    reviews.judge_half(sheets, call.regulation.timeline.checked_by + timedelta(hours=1), now)
    reviews.discuss(sheets, cast["officer"], now - timedelta(hours=5))
    reviews.plan_again(call, experts_of(cast), cast["officer"], now - timedelta(minutes=20))


def pending(call, written, cast, now: datetime) -> None:
    sheets = to_experts(call, written, cast, now)
    reviews.judge_all(sheets, call.regulation.timeline.checked_by + timedelta(hours=1))
    reviews.count_firmness(call, cast["director"], day(now, -1, 12))
    councils.hold(call, cast, day(now, -1, 16))


def sitting(call, written, cast, now: datetime) -> None:
    sheets = to_experts(call, written, cast, now)
    reviews.judge_all(sheets, call.regulation.timeline.checked_by + timedelta(hours=1))
    councils.sit(call, cast, now - timedelta(minutes=50))


def released(call, written, cast, at: datetime) -> None:
    sheets = to_experts(call, written, cast, at)
    reviews.judge_all(sheets, call.regulation.timeline.checked_by + timedelta(hours=1))
    decisions.decide_and_release(call, cast["director"], decided_at=at - timedelta(days=2), released_at=at)


def settle_letters(now: datetime) -> None:
    """Letters of hours gone by arrived when they were written: only what is due now still waits to be sent."""
    Notice.objects.filter(instant__lt=now).update(created_at=F("instant"))
    old = Delivery.objects.filter(state="pending", channel="email", notice__instant__lt=now - HOUR)
    written = Notice.objects.filter(pk=OuterRef("notice")).values("created_at")
    old.update(state="sent", sent_at=Subquery(written))
