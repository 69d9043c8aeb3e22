"""A tie that shows late closes the application to its expert at once and everywhere, even a form already open."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.notices.models import Notice
from fund.people.actions import set_employment
from grants.applications.models import Application
from grants.proposals.actions import accept_invitation
from grants.proposals.models import TeamMember
from grants.reviews.actions import find_conflicts
from grants.reviews.models import Conflict, HandIn, Sheet
from grants.reviews.tasks import look_for_ties
from tests.factories.applications import consent
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet

from .test_pages import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging")


@pytest.fixture
def sheet(call, expert, officer, now):
    return make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now)


def marry(sheet: Sheet) -> None:
    person = sheet.expert.person
    person.household = sheet.application.owner.person.household
    person.save()


def rung_by(callbacks) -> list[list[str]]:
    """The names of the tasks that these callbacks would ring."""
    cells = [call.__closure__ and [cell.cell_contents for cell in call.__closure__] for call in callbacks]
    return [[value for value in one if isinstance(value, str)] for one in cells]


def test_find_conflicts_closes_tells_and_keeps_the_facts(sheet, call, expert, now):
    marry(sheet)

    assert find_conflicts(call=call, now=now) == 1

    sheet.refresh_from_db()
    owner = sheet.application.owner.person
    found = Conflict.objects.get()
    assert sheet.state == "conflicted"
    assert (found.kind, found.declared_by, found.facts) == ("household", None, {"who": [owner.pk], "keys": [owner.household_id]})
    assert not Application.objects.visible_to(expert).exists()
    told = set(Notice.objects.filter(kind__in=("reviews.tied", "reviews.closed")).values_list("kind", "account"))
    assert told == {("reviews.tied", call.curator_id), ("reviews.closed", expert.pk)}


def test_the_expert_is_not_told_whose_tie_it_is(sheet, call, now):
    marry(sheet)

    find_conflicts(call=call, now=now)

    facts = Notice.objects.get(kind="reviews.closed").facts
    assert set(facts) == {"number", "call"}


def test_find_conflicts_takes_a_handed_in_score_out(sheet, call, now):
    hand_in(sheet, now=now, use="4", plan="3")
    marry(sheet)

    find_conflicts(call=call, now=now)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.current, HandIn.objects.count()) == ("conflicted", None, 1)


def test_find_conflicts_leaves_strangers_and_runs_twice_alike(sheet, call, officer, now):
    other = make_sheet(make_admitted(call, now=now), make_expert(), officer=officer, now=now)
    marry(sheet)

    assert [find_conflicts(call=call, now=now), find_conflicts(call=call, now=now)] == [1, 0]

    other.refresh_from_db()
    assert (other.state, Conflict.objects.count()) == ("accepted", 1)


def test_a_tie_that_went_away_keeps_the_application_closed(sheet, call, officer, expert, now):
    household = expert.person.household
    marry(sheet)
    find_conflicts(call=call, now=now)
    expert.person.household = household
    expert.person.save()

    assert not Application.objects.visible_to(expert).exists()


def test_a_team_member_keeps_what_is_their_own(call, expert, officer, now):
    own = make_admitted(call, now=now, owner=expert)
    Conflict.objects.create(application=own, expert=expert, kind="person", declared_at=now)

    assert list(Application.objects.visible_to(expert)) == [own]


def test_the_clock_looks_in_every_call_being_judged(sheet, now):
    marry(sheet)

    assert look_for_ties() == 1


def test_whoever_joins_a_team_is_looked_at(call, expert, officer, now, django_capture_on_commit_callbacks):
    """A judge who is taken into a rival's team: joining rings, and the rules close what the judge had."""
    sheet, rival = (make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now), make_admitted(call, now=now))
    key = TeamMember.key(rival)
    facts = {"name": "Елена", "email": expert.email, "rights": "view", "invited_by": rival.owner, "invited_at": now}
    member = TeamMember.objects.create(**key, **facts, expires_at=now + timedelta(days=9))
    consent(expert, now=now)

    with django_capture_on_commit_callbacks() as rung:
        accept_invitation(member=member, first_name="Елена", last_name="Каштанова", documents=[], by=expert, now=now)
    look_for_ties()

    sheet.refresh_from_db()
    assert ["grants.reviews.tasks.look_for_ties"] in rung_by(rung)
    assert (sheet.state, Conflict.objects.get(application=sheet.application).kind) == ("conflicted", "rival")


def test_a_changed_affiliation_rings(sheet, officer, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rung:
        set_employment(sheet.expert.person, by=officer, now=now, department="Сборка")

    assert ["grants.reviews.tasks.look_for_ties"] in rung_by(rung)


def test_a_form_already_open_is_refused_and_says_nothing_of_the_application(sheet, expert, signed_in):
    client, address = signed_in(expert), reverse("reviews:score", args=[sheet.uid])
    assert client.get(address).status_code == 200
    marry(sheet)

    answer = client.post(address, typed())

    sheet.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, sheet.state, sheet.draft) == (410, "conflicted", {})
    assert sheet.application.title not in page
    assert "Двор станет общим." not in page
    assert "закрыта" in page


@pytest.mark.parametrize("name", ["score", "submit", "conflict", "decline"])
def test_every_page_of_the_sheet_closes(sheet, expert, signed_in, name):
    client = signed_in(expert)
    marry(sheet)

    answers = [
        client.post(reverse(f"reviews:{name}", args=[sheet.uid]), typed()),
        client.get(reverse(f"reviews:{name}", args=[sheet.uid])),
    ]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert Sheet.objects.get().state == "conflicted"


def test_reading_finds_the_tie_and_changes_nothing(sheet, expert, signed_in):
    marry(sheet)

    answer = signed_in(expert).get(reverse("reviews:score", args=[sheet.uid]))

    assert answer.status_code == 410
    assert Sheet.objects.get().state == "accepted"


def test_autosave_is_led_to_the_page_that_says_so(sheet, expert, signed_in):
    marry(sheet)

    answer = signed_in(expert).post(reverse("reviews:score", args=[sheet.uid]), typed(), headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Refresh"]) == (410, "true")


def test_an_invitation_tied_meanwhile_is_closed_before_the_answers_are_taken(call, expert, officer, now, signed_in):
    tied, free = (make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now, accepted=False) for _ in range(2))
    marry(tied)

    answers = {tied.uid: "accept", f"{tied.uid}_why": "", free.uid: "accept", f"{free.uid}_why": ""}
    signed_in(expert).post(reverse("reviews:declare", args=[call.slug]), answers)

    assert dict(Sheet.objects.values_list("pk", "state")) == {tied.pk: "conflicted", free.pk: "accepted"}


def test_the_officer_reads_rule_and_facts(sheet, call, officer, now, signed_in):
    marry(sheet)
    find_conflicts(call=call, now=now + timedelta(minutes=1))

    page = signed_in(officer).get(reverse("reviews:assign", args=[call.slug])).content.decode()

    assert f"одно домохозяйство: {sheet.application.owner.person.short_name}" in page
