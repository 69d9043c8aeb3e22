"""The page an invitation leads to: reading it changes nothing, the button answers, a stranger finds nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fund.accounts.models import Account
from fund.core.links import sign
from fund.notices.letters import own_path
from fund.notices.models import Notice
from fund.people.models import Person
from fund.people.queries import missing_consents
from grants.proposals.actions import invite_member, remove_member
from grants.proposals.invitations import token_of
from tests.factories.applications import make_draft
from tests.factories.calls import make_call

NOW = timezone.now()
GIVEN = {"first_name": "Илья", "last_name": "Ветров", "purpose_processing": "on", "accept": ""}


@pytest.fixture
def member(applicant):
    proposal = make_draft(make_call(now=NOW), applicant, now=NOW)
    facts = {"name": "Илья Ветров", "email": "teammate@example.org", "rights": "edit", "part": "звук"}
    return invite_member(of=proposal, by=applicant, now=NOW, **facts)


@pytest.fixture
def address(member):
    return reverse("proposals:invitation", args=[token_of(member)])


def test_reading_the_page_answers_nothing(member, address):
    response = Client().get(address)

    member.refresh_from_db()
    assert (response.status_code, member.accepted_at, member.declined_at) == (200, None, None)
    assert "Анна Мельник" in response.content.decode()


def test_accept_by_the_link(member, address):
    response = Client().post(address, GIVEN, follow=True)

    member.refresh_from_db()
    assert response.status_code == 200
    assert member.consented_at is not None


def test_accept_without_the_consent_keeps_the_page(member, address):
    response = Client().post(address, {**GIVEN, "purpose_processing": ""})

    member.refresh_from_db()
    assert (response.status_code, member.consented_at) == (422, None)
    assert 'href="#id_purpose_processing"' in response.content.decode()


def test_who_joined_by_the_link_finds_the_team_after_registering(member, address):
    Client().post(address, GIVEN)
    consented = Person.objects.get(email=member.email)

    newcomer = register(member.email)

    member.refresh_from_db()
    account = Account.objects.get(email=member.email)
    assert (member.account, member.person, account.person) == (account, consented, consented)
    assert missing_consents(account.person) == []
    assert Person.objects.filter(first_name="").count() == 0
    assert newcomer.get(reverse("applications:read", args=[member.of.uid])).status_code == 200


def test_registering_with_another_address_opens_no_team(member, address):
    Client().post(address, GIVEN)

    other = register("other@example.org")

    member.refresh_from_db()
    assert member.account is None
    assert other.get(reverse("applications:read", args=[member.of.uid])).status_code == 404


def register(email: str) -> Client:
    """As a visitor: the form, the letter, its link, the button."""
    client = Client()
    client.post(reverse("account_signup"), {"email": email})
    letter = Notice.objects.filter(kind="people.address_to_confirm").latest("pk")
    client.post(own_path(letter.link, "ru"))
    return client


def test_decline_by_the_link(member, address):
    response = Client().post(address, {"decline": ""}, follow=True)

    member.refresh_from_db()
    assert response.status_code == 200
    assert member.declined_at is not None


def test_the_link_of_who_was_taken_out_is_not_found(member, address, applicant):
    remove_member(member=member, by=applicant, now=NOW)

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "token",
    ["x", "a:b:c", sign("people.consent", {"member": "x"}), sign("proposals.invitation", {"member": "x"})],
    ids=["word", "three parts", "of another purpose", "of no member"],  # signed at this second: no names two workers agree on
)
def test_a_foreign_or_broken_link_is_not_found(db, token):
    assert Client().get(reverse("proposals:invitation", args=[token])).status_code == 404


def test_answer_is_open_to_the_invited_address_alone(member, teammate, stranger, applicant, signed_in):
    address = reverse("proposals:answer", args=[member.uid])

    assert signed_in(teammate).get(address).status_code == 200
    assert [signed_in(one).get(address).status_code for one in (stranger, applicant)] == [404, 404]


def test_answer_signed_in_joins(member, teammate, signed_in):
    signed_in(teammate).post(reverse("proposals:answer", args=[member.uid]), GIVEN)

    member.refresh_from_db()
    assert member.account == teammate


def test_an_expired_invitation_says_so(member, address):
    type(member).objects.update(invited_at=NOW - timedelta(days=20), expires_at=NOW - timedelta(days=6))

    assert "<form method" not in Client().get(address).content.decode().partition("<main")[2].partition("</main")[0]
    assert Client().post(address, GIVEN).status_code == 422
