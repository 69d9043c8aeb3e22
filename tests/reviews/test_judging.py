"""From the invitation to the handed-in sheet: what opens, what closes, what stays."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Conflict as Stale
from fund.core.errors import Refused
from fund.notices.models import Notice
from fund.questions.models import Answers
from grants.applications.models import Application
from grants.reviews.actions import (
    accept_sheet,
    answer_invitations,
    declare_conflict,
    decline_sheet,
    invite_expert,
    plan_sheets,
    reopen_sheet,
    save_sheet,
    submit_sheet,
)
from grants.reviews.models import Conflict, HandIn, Sheet
from grants.reviews.notices import sheets_due
from grants.reviews.queries import form_values
from tests.factories.calls import make_call
from tests.factories.reviews import draft_of, hand_in, make_admitted, make_expert, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging")


@pytest.fixture
def application(call, now):
    return make_admitted(call, now=now)


@pytest.fixture
def sheet(application, expert, officer, now):
    return make_sheet(application, expert, officer=officer, now=now)


def sees(user, application) -> bool:
    return Application.objects.visible_to(user).filter(pk=application.pk).exists()


def test_invite_tells_the_expert_and_begins_the_review(application, expert, officer, now):
    sheet = invite_expert(application=application, expert=expert, due_at=now + timedelta(days=9), by=officer, now=now)

    application.refresh_from_db()
    assert (sheet.state, application.state) == ("invited", "under_review")
    assert Notice.objects.get(kind="reviews.invited").account == expert


def test_nothing_opens_before_the_expert_answers(application, expert, officer, now):
    sheet = make_sheet(application, expert, officer=officer, now=now, accepted=False)
    assert not sees(expert, application)

    accept_sheet(sheet=sheet, by=expert, now=now)

    assert sees(expert, application)


def test_invite_refuses_a_tie_and_names_it(application, officer, now):
    owner = application.owner.person
    expert = make_expert()
    expert.person.household = owner.household
    expert.person.save()

    with pytest.raises(Refused) as refusal:
        invite_expert(application=application, expert=expert, due_at=now + timedelta(days=9), by=officer, now=now)

    assert refusal.value.code == "conflict"
    assert expert.person.short_name in str(refusal.value)
    assert Sheet.objects.count() == 0


def test_invite_refuses_who_is_no_expert(application, resident, officer, now):
    with pytest.raises(Refused) as refusal:
        invite_expert(application=application, expert=resident, due_at=now + timedelta(days=9), by=officer, now=now)

    assert refusal.value.code == "expert"


def test_invite_refuses_a_date_in_the_past(application, expert, officer, now):
    with pytest.raises(Refused) as refusal:
        invite_expert(application=application, expert=expert, due_at=now, by=officer, now=now)

    assert refusal.value.field == "due_at"


def test_only_an_officer_invites(application, expert, director, now):
    with pytest.raises(Refused):
        invite_expert(application=application, expert=expert, due_at=now + timedelta(days=9), by=director, now=now)


def test_plan_invites_the_new_and_takes_back_the_unwanted(call, application, officer, now):
    first, second = make_expert(), make_expert()
    due = now + timedelta(days=9)
    plan_sheets(call=call, wanted={(application.pk, first.pk)}, due_at=due, by=officer, now=now)

    done = plan_sheets(call=call, wanted={(application.pk, second.pk)}, due_at=due, by=officer, now=now)

    assert done == (1, 1)
    assert dict(Sheet.objects.values_list("expert", "state")) == {first.pk: "revoked", second.pk: "invited"}


def test_plan_is_all_or_nothing(call, application, officer, resident, now):
    expert = make_expert()

    with pytest.raises(Refused):
        plan_sheets(
            call=call,
            wanted={(application.pk, expert.pk), (application.pk, resident.pk)},
            due_at=now + timedelta(days=9),
            by=officer,
            now=now,
        )

    assert Sheet.objects.count() == 0


def test_declare_conflict_closes_at_once_even_an_open_form(sheet, application, expert, now):
    form_opened_before = sheet.version
    declare_conflict(sheet=sheet, kind="friend", by=expert, now=now)

    assert not sees(expert, application)
    assert Conflict.objects.live().get().kind == "friend"
    with pytest.raises(Refused):
        save_sheet(sheet=sheet, draft={}, remark="", version=form_opened_before, by=expert, now=now)


def test_declare_conflict_takes_a_handed_in_score_out(sheet, expert, now):
    hand_in(sheet, now=now, use="4", plan="3")

    declare_conflict(sheet=sheet, kind="money", by=expert, now=now)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.current) == ("conflicted", None)
    assert HandIn.objects.count() == 1


def test_decline_needs_its_reason_and_tells_the_curator(sheet, expert, call, now):
    with pytest.raises(Refused) as refusal:
        decline_sheet(sheet=sheet, why=" ", by=expert, now=now)
    assert refusal.value.field == "why"

    decline_sheet(sheet=sheet, why="Болею", by=expert, now=now)

    assert Notice.objects.get(kind="reviews.declined").account == call.curator


def test_answers_are_given_all_at_once(call, expert, officer, now):
    sheets = [make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now, accepted=False) for _ in range(3)]

    answer_invitations(
        answers={sheets[0].pk: ("accept", ""), sheets[1].pk: ("friend", ""), sheets[2].pk: ("decline", "Нет времени")},
        by=expert,
        now=now,
    )

    assert [Sheet.objects.get(pk=s.pk).state for s in sheets] == ["accepted", "conflicted", "declined"]


def test_nobody_answers_for_another(sheet, now):
    other = make_expert()

    with pytest.raises(Refused):
        answer_invitations(answers={sheet.pk: ("accept", "")}, by=other, now=now)


def test_save_keeps_gaps_and_slips(sheet, expert, now):
    save_sheet(sheet=sheet, draft=draft_of(use="99"), remark="Хорошо", version=0, by=expert, now=now)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.draft["use"]["value"], sheet.version) == ("draft", "99", 1)


def test_save_from_a_stale_tab_overwrites_nothing(sheet, expert, now):
    save_sheet(sheet=sheet, draft=draft_of(use="4"), remark="", version=0, by=expert, now=now)

    with pytest.raises(Stale) as refusal:
        save_sheet(sheet=sheet, draft=draft_of(use="1"), remark="", version=0, by=expert, now=now)

    sheet.refresh_from_db()
    assert sheet.draft["use"]["value"] == "4"
    assert refusal.value.theirs["draft"] == sheet.draft


def test_saving_the_same_text_twice_is_no_quarrel(sheet, expert, now):
    save_sheet(sheet=sheet, draft=draft_of(use="4"), remark="", version=0, by=expert, now=now)

    save_sheet(sheet=sheet, draft=draft_of(use="4"), remark="", version=0, by=expert, now=now)

    sheet.refresh_from_db()
    assert sheet.version == 1


def test_submit_adds_a_hand_in_with_its_total(sheet, expert, now):
    hand_in(sheet, now=now, use="4", plan="3", remark="Сильная идея")

    sheet.refresh_from_db()
    assert (sheet.state, sheet.current.number, sheet.current.total) == ("submitted", 1, 18)
    assert Entry.objects.about(sheet).filter(verb="reviews.submit").count() == 1


def test_submit_refuses_a_gap_and_changes_nothing(sheet, expert, now):
    save_sheet(sheet=sheet, draft=draft_of(use="4"), remark="", version=0, by=expert, now=now)

    with pytest.raises(Refused) as refusal:
        submit_sheet(sheet=sheet, by=expert, now=now)

    sheet.refresh_from_db()
    assert refusal.value.field == "plan"
    assert (sheet.state, HandIn.objects.count()) == ("draft", 0)


def test_a_hand_in_is_never_changed(sheet, now):
    hand_in(sheet, now=now, use="4", plan="3")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HandIn.objects.update(total=25)


def test_reopen_keeps_what_was_handed_in(sheet, expert, officer, now):
    hand_in(sheet, now=now, use="4", plan="3")

    reopen_sheet(sheet=sheet, why="Перепутаны заявки", by=officer, now=now)
    hand_in(sheet, now=now, use="2", plan="2")

    assert list(sheet.hand_ins.order_by("number").values_list("number", "total")) == [(1, 18), (2, 10)]


def test_an_expert_does_not_reopen(sheet, expert, now):
    hand_in(sheet, now=now, use="4", plan="3")

    with pytest.raises(Refused):
        reopen_sheet(sheet=sheet, why="Передумал", by=expert, now=now)


def test_a_sheet_is_its_experts_and_the_officers(sheet, expert, officer, director, applicant, stranger):
    def seen_by(user):
        return list(Sheet.objects.visible_to(user))

    assert seen_by(expert) == seen_by(officer) == seen_by(director) == [sheet]
    assert seen_by(make_expert()) == seen_by(applicant) == seen_by(stranger) == []


def test_experts_are_reminded_of_what_they_still_owe(sheet, call, officer, now):
    done = make_sheet(make_admitted(call, now=now), make_expert(), officer=officer, now=now)
    hand_in(done, now=now, use="4", plan="3")

    due = list(sheets_due(now, now + timedelta(days=30)))

    assert [(one.thing, one.account, one.at) for one in due] == [(sheet, sheet.expert, sheet.due_at)]
    assert list(sheets_due(now, now + timedelta(days=5))) == []


def test_the_ranking_rests_on_what_was_sent_not_on_what_was_typed_after(call, now):
    application = make_admitted(call, now=now)
    contents = application.receipt.contents
    contents.snapshot["answers"]["months"] = "3"
    contents.save()
    Answers.objects.create(**Answers.key(application), values={"months": "9"})
    regulation = SimpleNamespace(needed_values={"months": (1, 12), "amount": (0, 1)})

    found = form_values(regulation, {application.pk: application})

    assert found == {application.pk: {"months": 3, "amount": application.amount}}
