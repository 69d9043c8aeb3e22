"""Organisations, mandates and bank details: who writes them, who sees them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fund.core.errors import Refused
from fund.people.actions import claim_mandate, confirm_mandate, end_mandate, register_organisation, set_bank_details
from fund.people.models import BankDetails, Mandate, Organisation
from fund.people.numbers import is_account
from tests.factories.people import make_organisation

NOW = timezone.now()
COMPANY = {"kind": "company", "name": "Светлый цех", "inn": "7707083893", "ogrn": "1027700132195"}
BANK = {"bank": "Сбербанк", "bik": "044525225", "correspondent_account": "30101810400000000225"}


def account_number() -> str:
    return next(n for n in (f"40702810{key}38050019670" for key in range(10)) if is_account(n, BANK["bik"]))


def confirmed(representative, officer) -> Organisation:
    """An organisation whose representative's paper an officer has seen."""
    organisation = register_organisation(by=representative, now=NOW, **COMPANY)
    confirm_mandate(Mandate.objects.get(organisation=organisation), by=officer, now=NOW)
    return organisation


def test_register_organisation_gives_a_claimed_mandate(resident):
    organisation = register_organisation(by=resident, now=NOW, position="директор", **COMPANY)

    mandate = Mandate.objects.get(organisation=organisation)
    assert (mandate.person, mandate.confirmed_at) == (resident.person, None)


def test_register_organisation_twice_with_one_token_is_one(resident):
    facts = {"kind": "informal", "name": "Двор", "once": "c" * 24}

    first = register_organisation(by=resident, now=NOW, **facts)

    assert register_organisation(by=resident, now=NOW, **facts) == first


def test_register_organisation_with_a_known_inn_rewrites_nothing(resident, stranger):
    first = register_organisation(by=resident, now=NOW, **COMPANY)

    second = register_organisation(by=stranger, now=NOW, **{**COMPANY, "name": "Чужое имя"})

    assert second == first
    assert Organisation.objects.get().name == "Светлый цех"
    assert Mandate.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"inn": "7707083894"}, "inn"),
        ({"inn": ""}, "inn"),
        ({"ogrn": "1027700132196"}, "ogrn"),
        ({"kind": "sole_trader"}, "inn"),
    ],
)
def test_register_organisation_refuses_wrong_numbers(resident, facts, field):
    with pytest.raises(Refused) as refusal:
        register_organisation(by=resident, now=NOW, **{**COMPANY, **facts})

    assert refusal.value.field == field
    assert not Organisation.objects.exists()


def test_one_organisation_per_inn_is_held_by_the_database(resident):
    register_organisation(by=resident, now=NOW, **COMPANY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(**COMPANY)


def test_organisation_visible_to_its_people_and_staff(resident, stranger, officer, accountant, director):
    organisation = make_organisation(resident)

    seen = {a.email: list(Organisation.objects.visible_to(a)) for a in (resident, stranger, officer, accountant, director)}

    assert seen.pop("stranger@example.org") == []
    assert set(map(tuple, seen.values())) == {(organisation,)}


def test_bank_details_visible_to_officer_and_accountant_only(resident, stranger, officer, accountant, director):
    organisation = confirmed(resident, officer)
    details = set_bank_details(organisation, by=resident, now=NOW, account_number=account_number(), **BANK)

    assert [list(BankDetails.objects.visible_to(a)) for a in (officer, accountant)] == [[details], [details]]
    assert [list(BankDetails.objects.visible_to(a)) for a in (resident, stranger, director)] == [[], [], []]


def test_set_bank_details_by_a_stranger_is_refused(resident, stranger):
    organisation = register_organisation(by=resident, now=NOW, **COMPANY)

    with pytest.raises(Refused):
        set_bank_details(organisation, by=stranger, now=NOW, account_number=account_number(), **BANK)


def test_set_bank_details_by_who_only_claims_to_speak_for_it_is_refused(resident, stranger, officer):
    organisation = confirmed(resident, officer)
    details = set_bank_details(organisation, by=resident, now=NOW, account_number=account_number(), **BANK)
    register_organisation(by=stranger, now=NOW, **COMPANY)

    with pytest.raises(Refused) as refusal:
        set_bank_details(organisation, by=stranger, now=NOW, account_number=account_number(), **{**BANK, "bank": "Чужой"})

    assert refusal.value.code == "who"
    details.refresh_from_db()
    assert details.bank == BANK["bank"]


def test_set_bank_details_names_the_wrong_field(resident, officer):
    organisation = confirmed(resident, officer)
    wrong = {**BANK, "account_number": "40702810000000000000"}

    with pytest.raises(Refused) as refusal:
        set_bank_details(organisation, by=resident, now=NOW, **wrong)

    assert refusal.value.field == "account_number"


def test_mandate_confirmed_by_an_officer_and_ended(resident, officer):
    mandate = Mandate.objects.get(organisation=make_organisation(resident))
    with pytest.raises(Refused):
        confirm_mandate(mandate, by=resident, now=NOW)

    confirm_mandate(mandate, by=officer, now=NOW)
    end_mandate(mandate, by=resident, now=NOW)

    assert not Mandate.objects.live(NOW.date()).exists()


def test_claim_mandate_within_its_term(resident, stranger):
    organisation = make_organisation(resident)

    claim_mandate(organisation, by=stranger, now=NOW, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))

    live = Mandate.objects.filter(person=stranger.person)
    assert live.live(date(2026, 6, 30)).exists()
    assert not live.live(date(2026, 7, 1)).exists()
