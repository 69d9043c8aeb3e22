"""Persons: with an account or without, their children, guardians, and what stands in the journal."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.people.actions import (
    confirm_guardianship,
    create_person,
    name_guardian,
    person_of,
    register_child,
    set_employment,
    update_profile,
)
from fund.people.models import Household, Person
from tests.factories.people import make_person

NOW = timezone.now()
YEAR = NOW.year


def test_person_of_is_one_per_account(resident):
    assert person_of(resident) == person_of(resident)
    assert Person.objects.filter(account=resident).count() == 1


def test_create_person_twice_with_one_token_is_one_person(resident):
    facts = {"first_name": "Вера", "last_name": "Озерова", "once": "a" * 24}

    first = create_person(by=resident, now=NOW, **facts)

    assert create_person(by=resident, now=NOW, **facts) == first
    with pytest.raises(Refused):
        create_person(by=resident, now=NOW, **{**facts, "first_name": "Майя"})


def test_update_profile_records_fields_not_contents(resident):
    update_profile(resident.person, by=resident, now=NOW, first_name="Рома", language="en")

    entry = Entry.objects.about(resident.person).latest("pk")
    resident.refresh_from_db()
    assert entry.facts == {"fields": ["first_name", "language"]}
    assert resident.language == "en"


def test_update_profile_by_an_officer_for_a_caller_names_both(officer):
    caller = make_person()

    update_profile(caller, by=officer, for_=caller, now=NOW, phone="+74012345678")

    entry = Entry.objects.about(caller).latest("pk")
    assert (entry.by, entry.for_id) == (officer, caller.pk)


def test_update_profile_by_a_stranger_is_refused(resident, stranger):
    with pytest.raises(Refused):
        update_profile(resident.person, by=stranger, now=NOW, first_name="Чужой")


def test_register_child_joins_the_household_and_is_guarded(parent, stranger):
    child = register_child(by=parent, now=NOW, first_name="Лев", birth_year=YEAR - 9)

    assert child.household == parent.person.household
    assert list(Person.objects.visible_to(parent).order_by("pk")) == [parent.person, child]
    assert list(Person.objects.visible_to(stranger)) == [stranger.person]


@pytest.mark.parametrize("year", [YEAR - 30, YEAR + 1])
def test_register_child_refuses_who_is_no_child(parent, year):
    with pytest.raises(Refused):
        register_child(by=parent, now=NOW, first_name="Лев", birth_year=year)


def test_name_guardian_by_a_minor_and_confirmation(resident):
    update_profile(resident.person, by=resident, now=NOW, birth_date=date(YEAR - 15, 1, 1))
    facts = {"first_name": "Инна", "last_name": "Полевая", "email": "inna@example.org", "once": "b" * 24}

    guardianship = name_guardian(resident.person, by=resident, now=NOW, **facts)
    assert name_guardian(resident.person, by=resident, now=NOW, **facts) == guardianship
    confirm_guardianship(guardianship, by=None, now=NOW)

    assert guardianship.confirmed_at == NOW


def test_name_guardian_for_an_adult_is_refused(resident):
    with pytest.raises(Refused):
        name_guardian(resident.person, by=resident, now=NOW, email="inna@example.org", first_name="Инна", last_name="П")


@pytest.mark.parametrize(
    ("born", "day", "is_minor"),
    [(date(2008, 5, 10), date(2026, 5, 9), True), (date(2008, 5, 10), date(2026, 5, 10), False), (None, date(2026, 5, 9), False)],
)
def test_is_minor_until_the_birthday(born, day, is_minor):
    assert Person(birth_date=born).is_minor_on(day) is is_minor


def test_is_minor_by_the_year_alone_covers_the_whole_year():
    assert Person(birth_year=2008).is_minor_on(date(2026, 12, 31))
    assert not Person(birth_year=2007).is_minor_on(date(2026, 1, 1))


def test_two_birthday_facts_are_refused_by_the_database(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(household=Household.objects.create(), birth_year=2010, birth_date=date(2010, 1, 1))


def test_set_employment_is_not_for_oneself(officer, resident):
    set_employment(resident.person, by=officer, now=NOW, department="Лаборатория", manager=officer.person)

    assert resident.person.department == "Лаборатория"
    for by, person in ((resident, resident.person), (officer, officer.person)):
        with pytest.raises(Refused):
            set_employment(person, by=by, now=NOW, department="Дирекция")


def test_search_finds_cyrillic_in_any_case_and_form(resident):
    make_person("Семён", "Берёзкин")

    assert [p.last_name for p in Person.objects.matching("березкин СЕМЕН")] == ["Берёзкин"]


def test_an_officer_confirms_a_guardianship_for_a_caller(resident, officer):
    child = register_child(by=resident, now=NOW, first_name="Лев", birth_year=NOW.year - 9)
    guardianship = name_guardian(child, by=resident, now=NOW, email="granny@example.org", first_name="Нина", last_name="Озерова")

    confirm_guardianship(guardianship, by=officer, for_=guardianship.guardian, now=NOW)

    entry = Entry.objects.get(verb="people.confirm_guardianship")
    assert (entry.by, entry.for_id) == (officer, guardianship.guardian.pk)


def test_one_token_for_two_callers_is_refused(resident, stranger, officer):
    facts = {"by": officer, "now": NOW, "first_name": "Лев", "birth_year": NOW.year - 9, "once": "d" * 24}
    register_child(for_=resident.person, **facts)

    with pytest.raises(Refused) as refusal:
        register_child(for_=stranger.person, **facts)

    assert refusal.value.code == "replayed"
