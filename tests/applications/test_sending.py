"""Sending: the number, the receipt, the deadline's edges, what counts when it is sent again, and stepping back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.models import Notice
from fund.people.models import ConsentDocument
from fund.questions.digest import digest
from grants.applications.actions import (
    extend_application,
    invite_member,
    replace_application,
    save_costs,
    save_section,
    submit_application,
    withdraw_application,
)
from grants.proposals.actions import accept_invitation
from tests.applications.test_writing import join
from tests.factories.applications import make_draft, make_ready, make_submitted
from tests.factories.calls import make_call

NOW = timezone.now().replace(microsecond=0)
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(now=NOW, grace=5)


def test_submit_gives_number_receipt_and_letter(call, applicant):
    application = make_ready(call, applicant, now=NOW)

    receipt = submit_application(application=application, by=applicant, now=NOW)

    application.refresh_from_db()
    assert application.state == "submitted"
    assert application.number == f"{call.code}-001" == receipt.number
    assert receipt.digest == digest(receipt.snapshot)
    assert receipt.snapshot["answers"]["months"] == "3"
    assert (application.amount, application.own_amount) == (100000.50, 15000)
    assert Notice.objects.filter(kind="applications.submitted", account=applicant).count() == 1
    assert Entry.objects.about(application).filter(verb="applications.submit", by=applicant).count() == 1


def test_submit_numbers_follow_one_another(call):
    numbers = [make_submitted(call, now=NOW).number for _ in range(3)]

    assert numbers == [f"{call.code}-001", f"{call.code}-002", f"{call.code}-003"]


@pytest.mark.parametrize(("late", "accepted"), [(-SECOND, True), (timedelta(0), True), (SECOND, False)])
def test_submit_at_the_edge_of_deadline_and_grace(call, late, accepted):
    application = make_ready(call, now=NOW)
    moment = call.deadline + timedelta(minutes=5) + late

    if accepted:
        submit_application(application=application, by=application.owner, now=moment)
    else:
        with pytest.raises(Refused) as refusal:
            submit_application(application=application, by=application.owner, now=moment)
        assert refusal.value.code == "late"

    application.refresh_from_db()
    assert application.state == ("submitted" if accepted else "draft")


def test_submit_in_time_though_the_call_was_closed_meanwhile(call):
    application = make_ready(call, now=NOW)
    type(call).objects.filter(pk=call.pk).update(state="closed")

    submit_application(application=application, by=application.owner, now=call.closes_at - SECOND)

    assert application.state == "submitted"


def test_submit_is_refused_while_something_is_missing(call):
    application = make_draft(call, now=NOW)

    with pytest.raises(Refused) as refusal:
        submit_application(application=application, by=application.owner, now=NOW)

    application.refresh_from_db()
    assert (refusal.value.code, application.state, application.number) == ("incomplete", "draft", "")


def test_submit_waits_for_the_consent_of_everyone_named(call):
    application = make_ready(call, now=NOW)
    owner = application.owner
    member = invite_member(
        application=application, name="Олег", email="oleg@example.org", rights="view", part="", by=owner, now=NOW
    )

    with pytest.raises(Refused) as refusal:
        submit_application(application=application, by=owner, now=NOW)
    documents = ConsentDocument.objects.current().filter(is_required=True)
    accept_invitation(member=member, first_name="Олег", last_name="Клёнов", documents=documents, by=None, now=NOW)
    submit_application(application=application, by=owner, now=NOW)

    assert (refusal.value.code, application.state) == ("incomplete", "submitted")


def test_submit_is_refused_to_a_stranger(call, stranger):
    application = make_ready(call, now=NOW)

    with pytest.raises(Refused) as refusal:
        submit_application(application=application, by=stranger, now=NOW)

    assert refusal.value.code == "who"


@pytest.mark.parametrize(("rights", "may"), [("view", False), ("edit", False), ("submit", True)])
def test_submit_by_a_member_asks_for_the_right(call, teammate, rights, may):
    application = make_ready(call, now=NOW)
    join(application, teammate, rights=rights)

    if may:
        assert submit_application(application=application, by=teammate, now=NOW).submitted_by == teammate
    else:
        with pytest.raises(Refused) as refusal:
            submit_application(application=application, by=teammate, now=NOW)
        assert refusal.value.code == "who"


def test_submit_for_a_caller_names_both(call, officer):
    application = make_ready(call, now=NOW)

    submit_application(application=application, by=officer, for_=application.owner.person, now=NOW)

    entry = Entry.objects.about(application).get(verb="applications.submit")
    assert (entry.by, entry.for_id) == (officer, application.owner.person.pk)


def test_submit_by_an_officer_for_nobody_is_refused(call, officer):
    application = make_ready(call, now=NOW)

    with pytest.raises(Refused) as refusal:
        submit_application(application=application, by=officer, now=NOW)

    assert refusal.value.code == "who"


def test_submit_twice_with_one_token_sends_once(call):
    application = make_ready(call, now=NOW)

    first = submit_application(application=application, by=application.owner, now=NOW, once="t" * 20)
    second = submit_application(application=application, by=application.owner, now=NOW, once="t" * 20)

    assert first == second


def test_submit_after_an_extension(call, officer):
    application = make_ready(call, now=NOW)
    later = call.closes_at + timedelta(days=1)
    extend_application(application=application, until=later, why="Болезнь", by=officer, now=NOW)

    submit_application(application=application, by=application.owner, now=later)

    assert application.state == "submitted"


def test_replace_counts_only_when_it_is_sent(call):
    application = make_submitted(call, now=NOW)
    sent = application.receipt.snapshot
    later = NOW + timedelta(hours=1)
    save_section(application=application, section="plan", values={"months": "6"}, version=1, by=application.owner, now=later)
    save_costs(application=application, rows=[], version=1, by=application.owner, now=later)

    application.refresh_from_db()
    assert application.has_unsent_changes
    assert (application.receipt.snapshot, application.amount) == (sent, 100000.50)


def test_replace_sends_the_changes_under_the_same_number(call):
    application = make_submitted(call, now=NOW)
    number, later = application.number, NOW + timedelta(hours=1)
    save_section(application=application, section="plan", values={"months": "6"}, version=1, by=application.owner, now=later)

    receipt = replace_application(application=application, by=application.owner, now=later)

    application.refresh_from_db()
    assert (application.number, receipt.snapshot["answers"]["months"]) == (number, "6")
    assert not application.has_unsent_changes


def test_replace_after_the_deadline_is_refused_and_the_first_counts(call):
    application = make_submitted(call, now=NOW)
    first = application.receipt

    with pytest.raises(Refused):
        replace_application(application=application, by=application.owner, now=call.closes_at + SECOND)

    application.refresh_from_db()
    assert (application.receipt, application.state) == (first, "submitted")


def test_withdraw_tells_the_curator_once_it_was_sent(call):
    draft, sent = make_ready(call, now=NOW), make_submitted(call, now=NOW)

    withdraw_application(application=draft, by=draft.owner, now=NOW)
    withdraw_application(application=sent, by=sent.owner, now=NOW, why="Переезжаем")

    assert (draft.state, sent.state) == ("withdrawn", "withdrawn")
    assert [notice.of_id for notice in Notice.objects.filter(kind="applications.left")] == [sent.pk]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "admitted", "under_review", "late_requested"])
def test_withdraw_from_anywhere_before_the_release(call, state):
    application = make_submitted(call, now=NOW)
    type(application).objects.filter(pk=application.pk).update(state=state, correct_until=NOW if state == "returned" else None)

    withdraw_application(application=application, by=application.owner, now=NOW)

    assert type(application).objects.get().state == "withdrawn"


@pytest.mark.parametrize("state", ["funded", "reserve", "declined"])
def test_withdraw_after_the_release_is_refused(call, state):
    application = make_submitted(call, now=NOW)
    type(application).objects.filter(pk=application.pk).update(state=state)

    with pytest.raises(Refused):
        withdraw_application(application=application, by=application.owner, now=NOW)
