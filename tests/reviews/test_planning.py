"""A plan of assignment: counted once, told to nobody, changed by hand, accepted once, refused when it does not hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.reviews.actions import (
    accept_plan,
    accept_sheet,
    ask_plan,
    change_plan,
    count_plan,
    decline_sheet,
    drop_plan,
    set_limits,
    waiting_plans,
)
from grants.reviews.models import Allotment, Conflict, Expertise, Plan, Sheet
from grants.reviews.queries.facts import Facts
from grants.reviews.queries.problem import problem
from tests.factories.calls import THEME, make_call
from tests.factories.people import make_account
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_plan, make_sheet

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DUE = NOW + timedelta(days=9)


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW, state="judging", theme=THEME)


@pytest.fixture
def experts(db):
    return [make_expert() for _ in range(4)]


@pytest.fixture
def applications(call):
    return [make_admitted(call, now=NOW, theme=theme) for theme in ("media", "media", "eco", "eco")]


@pytest.fixture
def plan(call, experts, applications, officer):
    return make_plan(call, officer=officer, now=NOW)


def pairs_of(plan) -> set:
    return set(plan.allotments.values_list("application", "expert"))


def refused(verb, **given) -> Refused:
    with pytest.raises(Refused) as caught:
        verb(**given)
    return caught.value


def accept(plan, officer, **given) -> int:
    return accept_plan(**{"plan": plan, "due_at": DUE, "by": officer, "now": NOW, **given})


def household_of(expert, application) -> None:
    expert.person.household = application.owner.person.household
    expert.person.save()


def test_a_counted_plan_gives_each_application_its_experts_evenly_and_tells_nobody(plan, applications, experts):
    pairs = pairs_of(plan)

    assert plan.state == "ready"
    assert sorted(application for application, _expert in pairs) == sorted([one.pk for one in applications] * 2)
    assert sorted(expert for _application, expert in pairs) == sorted([one.pk for one in experts] * 2)
    assert (Sheet.objects.count(), Notice.objects.filter(kind="reviews.invited").count()) == (0, 0)


def test_the_same_seed_counts_the_same_plan(plan, call, officer):
    again = make_plan(call, officer=officer, now=NOW)

    plan.refresh_from_db()
    assert (plan.state, again.digest) == ("dropped", plan.digest)
    assert pairs_of(again) == pairs_of(plan)


def test_topics_and_limits_are_gone_by(call, experts, applications, officer):
    media, eco, idle, any_topic = experts
    limits = {media.pk: (["media"], 2), eco.pk: (["eco"], None), idle.pk: ([], 0), any_topic.pk: ([], None)}
    set_limits(call=call, limits=limits, by=officer, now=NOW)

    plan = make_plan(call, officer=officer, now=NOW)

    assert pairs_of(plan) == {(one.pk, media.pk) for one in applications[:2]} | {(one.pk, eco.pk) for one in applications[2:]} | {
        (one.pk, any_topic.pk) for one in applications
    }
    assert {one.code for one in plan.allotments.filter(expert=media)} == {"topic"}


def test_limits_are_refused_with_the_reason(call, experts, officer, resident):
    key = experts[0].pk

    codes = [
        refused(set_limits, call=call, limits=limits, by=officer, now=NOW).code
        for limits in ({key: ([], 11)}, {key: (["stage"], 1)}, {resident.pk: ([], 1)})
    ]

    assert codes == ["most", "topic", "expert"]
    assert refused(set_limits, call=call, limits={key: ([], 1)}, by=experts[0], now=NOW).code == "who"
    assert Expertise.objects.count() == 0


def test_limits_kept_twice_are_recorded_once(call, experts, officer):
    limits = {experts[0].pk: (["eco"], 3)}

    assert [set_limits(call=call, limits=limits, by=officer, now=NOW) for _ in range(2)] == [1, 0]
    assert Entry.objects.filter(verb="reviews.set_limits").count() == 1


def test_a_tie_is_passed_by_and_a_gap_is_kept(call, applications, officer):
    tied, free = make_expert(), make_expert()
    household_of(tied, applications[0])

    plan = make_plan(call, officer=officer, now=NOW)

    assert pairs_of(plan) == {(one.pk, free.pk) for one in applications} | {(one.pk, tied.pk) for one in applications[1:]}


def test_sheets_that_are_there_stay_and_what_was_declined_is_not_given_again(call, experts, applications, officer):
    handed, accepted, declined = (make_sheet(applications[0], one, officer=officer, now=NOW) for one in experts[:3])
    hand_in(handed, now=NOW, use="4", plan="3")
    decline_sheet(sheet=declined, why="Отпуск", by=declined.expert, now=NOW)

    plan = make_plan(call, officer=officer, now=NOW)

    kept = {(one.application_id, one.expert_id) for one in (handed, accepted)}
    assert {one.pair for one in plan.allotments.filter(code="kept")} == kept
    assert {expert for application, expert in pairs_of(plan) if application == applications[0].pk} == {one for _a, one in kept}


def test_an_invitation_without_an_answer_may_move(call, experts, applications, officer):
    limits = {one.pk: ([], 0) for one in experts[:1]}
    invited = make_sheet(applications[0], experts[0], officer=officer, now=NOW, accepted=False)
    set_limits(call=call, limits=limits, by=officer, now=NOW)

    stays = make_plan(call, officer=officer, now=NOW)
    moves = make_plan(call, officer=officer, now=NOW, moves_invited=True)

    pair = (invited.application_id, invited.expert_id)
    assert (pair in pairs_of(stays), pair in pairs_of(moves)) == (True, False)
    assert accept(moves, officer) == 8
    invited.refresh_from_db()
    assert invited.state == "revoked"


def test_work_in_other_calls_is_counted_in(call, experts, officer):
    busy, *others = experts
    other = make_call(officer, now=NOW, state="judging")
    for _ in range(4):
        make_sheet(make_admitted(other, now=NOW), busy, officer=officer, now=NOW)
    for _ in range(3):
        make_admitted(call, now=NOW)

    plan = make_plan(call, officer=officer, now=NOW)

    assert {expert for _application, expert in pairs_of(plan)} == {one.pk for one in others}


def test_accept_invites_everyone_once(plan, experts, officer):
    new = accept(plan, officer)

    plan.refresh_from_db()
    assert (new, plan.state, plan.ended_by) == (8, "accepted", officer)
    assert set(Sheet.objects.values_list("application", "expert")) == pairs_of(plan)
    assert sorted(Notice.objects.filter(kind="reviews.invited").values_list("account", flat=True)) == [one.pk for one in experts]
    assert Entry.objects.filter(verb="reviews.invite").count() == 8
    assert refused(accept, plan=plan, officer=officer).code == "state"


def test_accept_refuses_a_day_that_is_over(plan, officer):
    refusal = refused(accept, plan=plan, officer=officer, due_at=NOW)

    assert (refusal.field, Sheet.objects.count(), Plan.objects.get().state) == ("due_at", 0, "ready")


def test_accept_refuses_a_plan_with_a_tie_found_since(plan, applications, experts, officer):
    application, expert = applications[0], next(one for one in experts if (applications[0].pk, one.pk) in pairs_of(plan))
    household_of(expert, application)

    refusal = refused(accept, plan=plan, officer=officer)

    assert refusal.code == "stale"
    assert expert.person.short_name in str(refusal)
    assert application.title in str(refusal)
    assert Sheet.objects.count() == 0


def test_accept_refuses_a_plan_with_a_sheet_that_came_since(plan, applications, experts, officer):
    other = next(one for one in experts if (applications[0].pk, one.pk) not in pairs_of(plan))
    make_sheet(applications[0], other, officer=officer, now=NOW)

    assert refused(accept, plan=plan, officer=officer).code == "stale"


def test_accept_refuses_a_plan_whose_expert_declined_since(call, experts, applications, officer):
    sheet = make_sheet(applications[0], experts[0], officer=officer, now=NOW)
    plan = make_plan(call, officer=officer, now=NOW)
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)

    assert refused(accept, plan=plan, officer=officer).code == "stale"


def test_accept_refuses_a_plan_of_an_application_that_left(plan, applications, officer):
    type(applications[0]).objects.filter(pk=applications[0].pk).update(state="withdrawn")

    assert refused(accept, plan=plan, officer=officer).code == "stale"


def test_accept_goes_on_where_what_changed_breaks_nothing(call, experts, applications, officer):
    sheet = make_sheet(applications[0], experts[0], officer=officer, now=NOW, accepted=False)
    plan = make_plan(call, officer=officer, now=NOW)
    accept_sheet(sheet=sheet, by=sheet.expert, now=NOW)
    hand_in(sheet, now=NOW, use="4", plan="3")
    make_admitted(call, now=NOW)

    assert accept(plan, officer) == 7


def test_change_by_hand_is_kept_by_a_recount(plan, call, applications, experts, officer):
    first = applications[0]
    before = {expert for application, expert in pairs_of(plan) if application == first.pk}
    others = {one.pk for one in experts} - before

    change_plan(plan=plan, application=first, experts=others, by=officer, now=NOW)
    again = make_plan(call, officer=officer, now=NOW, seed="2")

    assert {one.expert_id for one in again.allotments.filter(application=first, code="pinned")} == others
    assert {expert for application, expert in pairs_of(again) if application == first.pk} == others
    assert accept(again, officer) == 8


def test_change_refuses_a_tie_and_a_full_expert(plan, call, applications, experts, officer):
    first = applications[0]
    chosen = {expert for application, expert in pairs_of(plan) if application == first.pk}
    tied = next(one for one in experts if one.pk not in chosen)
    household_of(tied, first)
    set_limits(call=call, limits={one.pk: ([], 1) for one in experts if one != tied}, by=officer, now=NOW)
    second = next(one for one in experts if one != tied and one.pk not in chosen)

    given = {"plan": plan, "application": first, "by": officer, "now": NOW}

    assert refused(change_plan, experts=chosen | {tied.pk}, **given).code == "tie"
    assert refused(change_plan, experts=chosen | {second.pk}, **given).code == "full"


def test_change_leaves_a_sheet_that_is_there(call, experts, applications, officer):
    sheet = make_sheet(applications[0], experts[0], officer=officer, now=NOW)
    plan = make_plan(call, officer=officer, now=NOW)

    assert refused(change_plan, plan=plan, application=applications[0], experts=set(), by=officer, now=NOW).code == "kept"
    assert sheet.expert_id in {expert for _application, expert in pairs_of(plan)}


def test_drop_leaves_nothing_behind(plan, officer):
    drop_plan(plan=plan, by=officer, now=NOW)

    assert (plan.state, Sheet.objects.count(), Notice.objects.filter(kind="reviews.invited").count()) == ("dropped", 0, 0)
    assert refused(accept, plan=plan, officer=officer).code == "state"


def test_asking_twice_with_one_token_asks_once(call, experts, applications, officer):
    token = "t" * 24
    first, second = (ask_plan(call=call, seed="1", by=officer, now=NOW, once=token) for _ in range(2))

    assert first == second
    assert Plan.objects.count() == 1


def test_asking_is_refused_where_there_is_nothing_to_plan(call, officer, expert):
    assert refused(ask_plan, call=call, seed="1", by=officer, now=NOW).code == "empty"
    assert refused(ask_plan, call=call, seed="1", by=expert, now=NOW).code == "who"


def test_a_job_counts_once_and_a_dead_one_is_taken_up(call, experts, applications, officer):
    plan = ask_plan(call=call, seed="1", by=officer, now=NOW)
    Plan.objects.update(seen_at=NOW, tries=1)
    later = NOW + timedelta(minutes=3)

    assert not count_plan(plan=plan.pk, now=NOW + timedelta(seconds=90))
    assert [waiting_plans(moment) for moment in (NOW, later)] == [[], [plan.pk]]
    assert [count_plan(plan=plan.pk, now=later) for _ in range(2)] == [True, False]


def test_what_fails_three_times_is_said_to_have_failed(call, experts, applications, officer):
    plan = ask_plan(call=call, seed="1", by=officer, now=NOW)
    Plan.objects.update(tries=3)

    assert not count_plan(plan=plan.pk, now=NOW)

    plan.refresh_from_db()
    assert (plan.state, waiting_plans(NOW + timedelta(days=1))) == ("failed", [])


def test_an_officer_plans_what_is_open_to_them(call, experts, applications, officer):
    closed = applications[0]
    Conflict.objects.create(application=closed, expert=officer, kind="friend", declared_by=officer, declared_at=NOW)
    sheet = make_sheet_by_hand(closed, experts[0])

    found = problem(Facts(call, officer))

    assert {task.key for task in found.tasks} == {one.pk for one in applications[1:]}
    assert found.outside == {sheet.expert_id: 1}


def make_sheet_by_hand(application, expert) -> Sheet:
    return Sheet.objects.create(
        application=application, expert=expert, invited_at=NOW, invited_by=expert, due_at=DUE, state="accepted"
    )


def test_a_plan_that_holds_what_is_closed_is_not_accepted(plan, applications, officer):
    Conflict.objects.create(application=applications[0], expert=officer, kind="friend", declared_by=officer, declared_at=NOW)

    assert refused(accept, plan=plan, officer=officer).code == "closed"
    assert applications[0].pk not in Allotment.objects.visible_to(officer).values_list("application", flat=True)


def test_nobody_else_sees_a_plan(plan, officer, director, expert, applicant, stranger, admin):
    seen = [Plan.objects.visible_to(one).count() for one in (officer, director, expert, applicant, stranger, admin)]
    pairs = [Allotment.objects.visible_to(one).count() for one in (officer, director, expert, applicant, stranger, admin)]

    assert seen == [1, 0, 0, 0, 0, 0]
    assert pairs == [8, 0, 0, 0, 0, 0]


def test_a_sheet_handed_in_by_who_is_no_expert_any_more_still_counts(call, experts, applications, officer):
    sheet = make_sheet(applications[0], experts[0], officer=officer, now=NOW)
    hand_in(sheet, now=NOW, use="4", plan="3")
    experts[0].role_grants.update(revoked_at=NOW)

    plan = make_plan(call, officer=officer, now=NOW)

    assert (sheet.application_id, sheet.expert_id) in pairs_of(plan)
    assert sum(application == applications[0].pk for application, _expert in pairs_of(plan)) == 2
    assert accept(plan, officer) == 7


def test_a_refusal_names_nothing_that_a_conflict_closes_to_who_accepts(plan, applications, experts, officer):
    """The plan leaves an application without experts; a sheet that came on it since is said to those who may see it alone."""
    second = make_account("Второй", "Куратор", roles=["officer"], email="second.officer@example.org")
    plan.allotments.filter(application=applications[0]).delete()
    make_sheet(applications[0], experts[0], officer=officer, now=NOW)
    Conflict.objects.create(application=applications[0], expert=second, kind="friend", declared_by=second, declared_at=NOW)

    told, hidden = refused(accept, plan=plan, officer=officer), refused(accept, plan=plan, officer=second)

    assert (told.code, hidden.code) == ("stale", "stale")
    assert applications[0].title in str(told)
    assert applications[0].title not in str(hidden)
    assert experts[0].person.short_name not in str(hidden)
