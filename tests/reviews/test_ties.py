"""Ties of a call read from the tables: households, mandates that stand, departments, earlier teams, mailboxes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from fund.people.actions import person_of
from fund.people.models import Mandate
from grants.proposals.models import TeamMember
from grants.reviews.conflicts import Tie
from grants.reviews.models import Sheet
from grants.reviews.queries import ties_of_call, ties_of_sheet, words_of
from tests.factories.calls import make_call
from tests.factories.people import make_account, make_organisation
from tests.factories.reviews import make_admitted, make_expert

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


def speak(account, organisation, **facts) -> Mandate:
    return Mandate.objects.create(person=account.person, organisation=organisation, claimed_at=timezone.now(), **facts)


def join(application, account=None, *, email: str = "", now, joined: bool = True) -> TeamMember:
    return TeamMember.objects.create(
        **TeamMember.key(application),
        account=account if joined else None,
        person=person_of(account) if account and joined else None,
        name="Участник",
        email=email or account.email,
        invited_by=application.owner,
        invited_at=now - timedelta(days=3),
        expires_at=now + timedelta(days=9),
        accepted_at=now if joined else None,
        consented_at=now if joined else None,
    )


def tie_of(call, application, expert) -> list[Tie]:
    return ties_of_call(call, experts=[expert.pk]).get((application.pk, expert.pk), [])


def test_ties_are_read_with_mandates_that_stand(call, application, now):
    free, tied, former = make_expert(), make_expert(), make_expert()
    organisations = [make_organisation(application.owner, name) for name in ("Мастерская", "Клуб")]
    for organisation in organisations:
        speak(tied, organisation)
        speak(former, organisation, ended_at=now)

    ties = ties_of_call(call, experts=[free.pk, tied.pk, former.pk])

    shared = tuple(one.pk for one in organisations)
    assert ties == {(application.pk, tied.pk): [Tie("organisation", (application.owner.person.pk,), shared)]}
    with override("ru"):
        assert words_of(ties).say(ties[application.pk, tied.pk][0]) == "та же организация: Мастерская, Клуб"


def test_departments_tie_whatever_their_letters(call, application):
    expert = make_expert()
    for person, department in ((expert.person, " Сборка"), (application.owner.person, "сборка ")):
        person.department = department
        person.save()

    assert [tie.kind for tie in tie_of(call, application, expert)] == ["department"]


@pytest.mark.parametrize("above", ["expert", "author"])
def test_who_leads_the_other_is_tied(call, application, above):
    expert = make_expert()
    pair = [expert.person, application.owner.person]
    leads, led = pair if above == "expert" else reversed(pair)
    led.manager = leads
    led.save()

    assert tie_of(call, application, expert) == [Tie("manager", (application.owner.person.pk,))]


def test_the_organisation_that_applies_ties_those_who_speak_for_it(call, application):
    expert, organisation = make_expert(), make_organisation(make_account(), "Музыкальная школа")
    application.organisation = organisation
    application.save()
    speak(expert, organisation)

    assert tie_of(call, application, expert) == [Tie("organisation", (), (organisation.pk,))]


def test_an_earlier_application_together_ties(call, application, officer, now):
    expert, stranger = make_expert(), make_expert()
    earlier = make_admitted(make_call(officer, now=now, state="judging"), now=now, owner=application.owner)
    join(earlier, expert, now=now)

    ties = ties_of_call(call, experts=[expert.pk, stranger.pk])

    assert ties == {(application.pk, expert.pk): [Tie("project", (application.owner.person.pk,), (earlier.pk,))]}


def test_a_mailbox_at_the_same_organisation_ties_and_a_public_one_does_not(call, now):
    expert, neighbour = make_expert(), make_account("Анна", "Соседка", email="anna@works.example")
    expert.email = "expert@works.example"
    expert.save()
    private, public = make_admitted(call, now=now, owner=neighbour), make_admitted(call, now=now)

    ties = ties_of_call(call, experts=[expert.pk])

    assert ties == {(private.pk, expert.pk): [Tie("domain", (neighbour.person.pk,), ("works.example",))]}
    assert public.owner.email.endswith("@example.org")


def test_who_is_invited_by_address_and_has_not_answered_is_behind_it_already(call, application, now):
    expert = make_expert()
    join(application, email=expert.email.upper(), now=now, joined=False)
    expert.email = expert.email.lower()
    expert.save()

    assert [tie.kind for tie in tie_of(call, application, expert)] == ["person", "household"]


def test_a_sheet_is_asked_by_the_same_rules(call, application, officer, now):
    expert = make_expert()
    sheet = Sheet.objects.create(application=application, expert=expert, invited_at=now, invited_by=officer, due_at=now)
    assert ties_of_sheet(sheet) == []

    rival = make_admitted(call, now=now)
    join(rival, expert, now=now)

    assert ties_of_sheet(sheet) == [Tie("rival", (), (rival.pk,))] == tie_of(call, application, expert)
    assert words_of({(0, 0): ties_of_sheet(sheet)}).say(ties_of_sheet(sheet)[0]).endswith(f"{rival.title} ({rival.number})")
