"""The pages of organisations: adding one, who speaks for it, confirming by the paper, where it is paid."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from fund.audit.models import Entry, Personal
from fund.core.errors import Refused
from fund.notices.models import Notice
from fund.people.actions import (
    accept_representation,
    claim_mandate,
    confirm_mandate,
    end_mandate,
    invite_representative,
    register_organisation,
)
from fund.people.links import Representation, representation_of
from fund.people.models import BankDetails, Mandate, Organisation

from .test_organisations import BANK, COMPANY, account_number

NOW = timezone.now()


@pytest.fixture
def company(resident, officer):
    """The resident speaks for it, with a paper that an officer has seen."""
    organisation = register_organisation(by=resident, now=NOW, **COMPANY)
    confirm_mandate(Mandate.objects.get(organisation=organisation), by=officer, now=NOW, paper="Приказ № 1")
    return organisation


def page(organisation, rest=""):
    return f"/ru/desk/organisations/{organisation.uid}/{rest}"


def test_add_an_organisation_with_spaces_in_its_numbers(resident, signed_in):
    form = {**COMPANY, "inn": "7707 083 893", "ogrn": "1 02 77 00 132195", "once": "o" * 24}

    response = signed_in(resident).post("/ru/desk/organisations/register/", form)

    assert response.status_code == 302
    assert Organisation.objects.get().inn == COMPANY["inn"]


@pytest.mark.parametrize(("field", "value"), [("inn", "7707083894"), ("ogrn", "1027700132196"), ("inn", ""), ("kind", "bank")])
def test_a_wrong_number_stands_at_its_field(resident, signed_in, field, value):
    form = {**COMPANY, field: value, "once": "o" * 24}

    response = signed_in(resident).post("/ru/desk/organisations/register/", form)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Светлый цех" in response.content.decode()


def test_who_only_claims_sees_neither_the_others_nor_the_buttons(company, stranger, signed_in):
    claim_mandate(company, by=stranger, now=NOW)

    shown = signed_in(stranger).get(page(company))

    assert [one.person for one in shown.context["mandates"]] == [stranger.person]
    assert [shown.context["may_invite"], shown.context["may_set_bank"]] == [False, False]
    assert [signed_in(stranger).get(page(company, rest)).status_code for rest in ("invite/", "bank/", "update/")] == [404] * 3


def test_bank_details_are_written_by_the_representative_and_seen_by_the_fund_alone(company, resident, accountant, signed_in):
    number = account_number()

    written = signed_in(resident).post(page(company, "bank/"), {**BANK, "account_number": number})

    assert written.status_code == 302
    assert BankDetails.objects.get().account_number == number
    assert number not in signed_in(resident).get(page(company)).content.decode()
    assert number in signed_in(accountant).get(page(company)).content.decode()


def test_an_officer_confirms_and_says_by_which_paper(resident, officer, signed_in):
    organisation = register_organisation(by=resident, now=NOW, **COMPANY)
    address = page(organisation, f"confirm/{resident.person.uid}/")

    waiting = signed_in(officer).get("/ru/desk/people/organisations/?show=waiting").context["rows"]
    own = signed_in(resident).get(address)
    response = signed_in(officer).post(address, {"paper": "Доверенность № 4"})

    assert list(waiting) == [organisation]
    assert (own.status_code, response.status_code) == (404, 302)
    assert Mandate.objects.get().confirmed_at is not None
    entry = Entry.objects.get(verb="people.confirm_mandate")
    assert Personal.objects.get(entry=entry).why == "Доверенность № 4"
    assert Notice.objects.get(kind="people.mandate_confirmed").account == resident


def asked_of(company, resident, email, *, now=NOW, **terms) -> Representation:
    invite_representative(company, email=email, by=resident, now=now, **terms)
    return Representation(company.uid, email, terms.get("position", ""), None, terms.get("ends_on"), now)


def test_a_representative_is_invited_by_letter_and_accepts_signed_in(company, resident, teammate, stranger, signed_in):
    ends = NOW.date() + timedelta(days=90)
    asked = asked_of(company, resident, teammate.email, position="бухгалтер", ends_on=ends)
    assert representation_of(asked.token) == (asked, company)
    address = f"/ru/desk/organisations/accept/{asked.token}/"

    foreign = signed_in(stranger).get(address)
    shown = signed_in(teammate).get(address)
    signed_in(teammate).post(address)

    assert (foreign.status_code, shown.status_code) == (404, 200)
    mandate = Mandate.objects.get(person=teammate.person)
    assert (mandate.position, mandate.ends_on, mandate.confirmed_at) == ("бухгалтер", ends, None)


def test_an_invitation_is_spent_once_the_mandate_it_gave_was_ended(company, resident, teammate):
    asked = asked_of(company, resident, teammate.email)
    mandate = accept_representation(asked, company, by=teammate, now=NOW + timedelta(minutes=1))
    end_mandate(mandate, by=resident, now=NOW + timedelta(minutes=2))

    with pytest.raises(Refused) as refusal:
        accept_representation(asked, company, by=teammate, now=NOW + timedelta(minutes=3))

    assert refusal.value.code == "spent"
    assert not Mandate.objects.filter(person=teammate.person, ended_at=None).exists()


def test_invite_representative_is_no_way_to_heap_letters(company, resident):
    asked_of(company, resident, "new@example.org")

    with pytest.raises(Refused) as refusal:
        invite_representative(company, email="NEW@example.org", by=resident, now=NOW + timedelta(hours=1))

    assert (refusal.value.code, refusal.value.field) == ("often", "email")


def test_only_who_is_confirmed_invites_and_removes(company, resident, stranger, teammate):
    mine = claim_mandate(company, by=stranger, now=NOW)
    theirs = Mandate.objects.get(person=resident.person)

    with pytest.raises(Refused):
        invite_representative(company, email="x@example.org", by=stranger, now=NOW)
    with pytest.raises(Refused):
        end_mandate(theirs, by=stranger, now=NOW)
    end_mandate(mine, by=resident, now=NOW)

    mine.refresh_from_db()
    assert mine.ended_at == NOW


def test_the_list_of_all_is_for_officers_and_accountants(company, officer, accountant, director, resident, signed_in):
    address = "/ru/desk/people/organisations/"

    assert [signed_in(one).get(address).status_code for one in (officer, accountant, director, resident)] == [200, 200, 404, 404]
    assert list(signed_in(officer).get(address + "?q=СВЕТЛЫЙ").context["rows"]) == [company]
    assert list(signed_in(officer).get(address + "?q=нет").context["rows"]) == []


def test_the_bar_leads_the_accountant_to_organisations_and_no_further(accountant, officer, signed_in):
    bars = [
        set(re.findall(r"href=\"(/ru/desk/people/[^\"]*)", signed_in(one).get("/ru/desk/").text)) for one in (accountant, officer)
    ]
    listed = signed_in(accountant).get("/ru/desk/people/organisations/").text

    assert bars == [{"/ru/desk/people/organisations/"}, {"/ru/desk/people/"}]
    assert 'href="/ru/desk/people/"' not in listed
