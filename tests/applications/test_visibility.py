"""Who sees what: drafts are their authors' alone; experts' reading holds nothing that names the applicant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grants.applications.actions import ask_late, invite_member, lapse_application
from grants.applications.models import Application
from grants.applications.reading import proposal_for_experts, proposal_of
from grants.proposals.actions import accept_invitation
from tests.factories.applications import consent, make_ready, make_submitted
from tests.factories.calls import make_call
from tests.factories.people import give_role

NOW = timezone.now().replace(microsecond=0)
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(now=NOW)


def seen_by(user) -> set[int]:
    user.__dict__.pop("_grants", None)
    return set(Application.objects.visible_to(user).values_list("pk", flat=True))


def test_a_draft_is_its_authors_alone(call, applicant, teammate, officer, director, stranger):
    draft = make_ready(call, applicant, now=NOW)
    member = invite_member(application=draft, name="Илья", email=teammate.email, rights="view", part="", by=applicant, now=NOW)
    before = seen_by(teammate)
    consent(teammate, now=NOW)
    accept_invitation(member=member, first_name="", last_name="", documents=[], by=teammate, now=NOW)

    assert before == set()
    assert (seen_by(applicant), seen_by(teammate)) == ({draft.pk}, {draft.pk})
    assert [seen_by(user) for user in (officer, director, stranger, call.curator)] == [set()] * 4


def test_a_sent_one_is_seen_by_the_calls_officers_and_directors(call, officer, director, expert, stranger, resident):
    sent = make_submitted(call, now=NOW)
    give_role(resident, "officer", thing=make_call(now=NOW))

    assert [seen_by(user) for user in (officer, director, call.curator)] == [{sent.pk}] * 3
    assert [seen_by(user) for user in (expert, stranger, resident)] == [set()] * 3


def test_a_missed_draft_is_seen_once_it_asks(call, officer):
    draft = make_ready(call, now=NOW)
    after = call.closes_at + timedelta(hours=1)
    lapse_application(application=draft, now=after)
    before = seen_by(officer)

    ask_late(application=draft, why="Свет", by=draft.owner, now=after)

    assert (before, seen_by(officer)) == (set(), {draft.pk})


def test_experts_read_no_names_and_no_hidden_answers(call):
    sent = make_submitted(call, now=NOW)

    whole, blind = proposal_of(sent), proposal_for_experts(sent)

    assert sent.owner.person.last_name in str(whole)
    assert "Звоните вечером" in str(whole)
    assert sent.owner.person.last_name not in str(blind)
    assert "Звоните вечером" not in str(blind)
    assert (blind.amount, blind.costs) == (whole.amount, whole.costs)


def test_what_is_read_is_what_was_sent(call):
    from grants.applications.actions import save_section

    sent = make_submitted(call, now=NOW)
    save_section(application=sent, section="plan", values={"months": "11"}, version=1, by=sent.owner, now=NOW)

    months = [answer.value for part in proposal_of(sent).parts for answer in part.answers if answer.question.key == "months"]

    assert months == ["3"]
