"""Guardians: named by letter, agreeing without an account, withdrawing; the household page; children and consents for them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.models import Notice
from fund.people.actions import (
    answer_as_guardian,
    ask_guardian_again,
    end_guardianship,
    name_guardian,
    register_child,
    update_profile,
)
from fund.people.links import guardian_token
from fund.people.models import Consent, ConsentDocument, Guardianship, Person
from fund.people.queries import consented_guardian

NOW = timezone.now()
INNA = {"email": "inna@example.org", "first_name": "Инна", "last_name": "Полевая"}


@pytest.fixture
def minor(resident):
    return update_profile(resident.person, by=resident, now=NOW, birth_year=NOW.year - 15)


@pytest.fixture
def asked(minor, resident):
    return name_guardian(minor, by=resident, now=NOW, **INNA)


def agree(guardianship, *, by=None, now=NOW):
    documents = ConsentDocument.objects.current().filter(purpose__in=("minor", "processing"))
    answer_as_guardian(guardianship, documents=documents, by=by, now=now)


def test_name_guardian_writes_to_the_address_given(asked):
    notice = Notice.objects.get(kind="people.guardian_asked")

    assert notice.address.email == INNA["email"]
    assert guardian_token(asked).split(":")[0] in notice.link


def test_no_guardian_stands_until_one_has_agreed(asked, minor):
    before = consented_guardian(minor)

    agree(asked)

    assert (before, consented_guardian(minor)) == (None, asked.guardian)


def test_answer_as_guardian_without_the_consent_of_a_minor_changes_nothing(asked, minor):
    with pytest.raises(Refused) as refusal:
        answer_as_guardian(asked, documents=[], by=None, now=NOW)

    asked.refresh_from_db()
    assert (refusal.value.field, asked.confirmed_at, consented_guardian(minor)) == ("purpose_minor", None, None)


def test_end_guardianship_withdraws_the_consent_at_once(asked, minor):
    agree(asked)

    end_guardianship(asked, by=None, now=NOW + timedelta(hours=1))

    assert consented_guardian(minor) is None
    assert not Consent.objects.live().filter(person=minor, document__purpose="minor").exists()


def test_ask_guardian_again_waits_some_hours(asked, resident):
    with pytest.raises(Refused) as refusal:
        ask_guardian_again(asked, by=resident, now=NOW + timedelta(hours=2))
    ask_guardian_again(asked, by=resident, now=NOW + timedelta(hours=4))

    assert refusal.value.code == "often"
    assert Notice.objects.filter(kind="people.guardian_asked").count() == 2


def test_name_guardian_is_no_way_to_write_to_the_whole_town(minor, resident):
    for number in range(3):
        name_guardian(minor, by=resident, now=NOW, **{**INNA, "email": f"inna{number}@example.org"})

    with pytest.raises(Refused) as refusal:
        name_guardian(minor, by=resident, now=NOW, **{**INNA, "email": "inna9@example.org"})

    assert refusal.value.code == "often"


def test_a_guardian_agrees_and_withdraws_by_the_link_without_an_account(asked, minor):
    browser, address = Client(), f"/ru/guardian/{guardian_token(asked)}/"

    shown = browser.get(address).content.decode()
    unticked = browser.post(address, {"agree": "on"})
    agreed = browser.post(address, {"agree": "on", "purpose_minor": "on", "purpose_processing": "on"})

    assert "Ребёнок просит вашего согласия" in shown
    assert not re.search(r"type=\"checkbox\"[^>]*checked", shown)
    assert (unticked.status_code, agreed.status_code) == (422, 302)
    assert consented_guardian(minor) == asked.guardian
    assert (
        "Вы согласились" in browser.get(address).content.decode() or "Вы дали согласие" in browser.get(address).content.decode()
    )
    browser.post(address, {"end": "on"})
    assert consented_guardian(minor) is None


def test_the_household_page_takes_no_adults_consent_for_anothers(asked, minor, resident, signed_in):
    other = name_guardian(minor, by=resident, now=NOW, email="oleg@example.org", first_name="Олег", last_name="Полевой")
    agree(other)

    page = signed_in(resident).get("/en/desk/household/").content.decode()

    inna, oleg = page.index("Инна Полевая"), page.index("Олег Полевой")
    assert inna < page.index("no answer yet") < oleg < page.index("Consent given on")
    assert page.count("Consent given on") == 1


def test_writing_to_a_guardian_again_says_so(asked, resident, signed_in):
    Notice.objects.update(instant=NOW - timedelta(days=2))
    given = {"act": "again", "guardian": asked.guardian.uid, "child": asked.child.uid}

    page = signed_in(resident).post("/en/desk/household/", given, follow=True).content.decode()

    assert "The letter is on its way again" in page
    assert Notice.objects.filter(kind="people.guardian_asked").count() == 2


def test_reading_the_link_changes_nothing(asked, minor):
    Client().get(f"/en/guardian/{guardian_token(asked)}/")
    Client().head(f"/en/guardian/{guardian_token(asked)}/")

    asked.refresh_from_db()
    assert (asked.confirmed_at, asked.ended_at) == (None, None)


@pytest.mark.parametrize("token", ["foreign", "eyJ4IjoxfQ:1abc:xyz"])
def test_a_foreign_link_opens_nothing(db, token):
    assert Client().get(f"/ru/guardian/{token}/").status_code == 404


def test_the_household_page_adds_a_child_once_and_takes_a_consent(parent, signed_in):
    browser = signed_in(parent)
    form = {"first_name": "Тимур", "last_name": "", "birth_year": str(NOW.year - 9), "once": "h" * 24}

    for _ in range(2):
        assert browser.post("/ru/desk/household/child/", form).status_code == 302
    child = Person.objects.get(first_name="Тимур")
    given = browser.post(f"/ru/desk/household/child/{child.uid}/consent/", {"purpose_minor": "on"})

    assert given.status_code == 302
    assert consented_guardian(child) == parent.person
    assert "Тимур" in browser.get("/ru/desk/household/").content.decode()


@pytest.mark.parametrize("year", ["1980", "две тысячи", "", "99999999999999999999"])
def test_a_wrong_year_stands_at_its_field_and_nothing_is_lost(parent, signed_in, year):
    form = {"first_name": "Тимур", "birth_year": year, "once": "h" * 24}

    response = signed_in(parent).post("/ru/desk/household/child/", form)

    assert response.status_code == 422
    assert "birth_year" in response.context["form"].errors
    assert 'value="Тимур"' in response.content.decode()


def test_another_familys_child_is_nobodys_business(parent, stranger, signed_in):
    child = register_child(by=parent, now=NOW, first_name="Тимур", birth_year=NOW.year - 9)

    for page in ("", "consent/"):
        assert signed_in(stranger).get(f"/ru/desk/household/child/{child.uid}/{page}").status_code == 404
    assert signed_in(parent).get(f"/ru/desk/household/child/{child.uid}/").status_code == 200


def test_a_child_leaves_the_household_by_its_button_only_for_those_of_it(parent, stranger, signed_in):
    child = register_child(by=parent, now=NOW, first_name="Тимур", birth_year=NOW.year - 9)
    form = {"act": "end", "guardian": parent.person.uid, "child": child.uid}

    foreign = signed_in(stranger).post("/ru/desk/household/", form)
    own = signed_in(parent).post("/ru/desk/household/", form)

    assert (foreign.status_code, own.status_code) == (404, 302)
    assert not Guardianship.objects.live().exists()


def test_the_page_lets_its_own_form_say_where_it_comes_from(asked):
    """With "no-referrer" a browser posts the origin "null", which the protection of forms refuses; "same-origin" leaks no more."""
    page = Client().get(f"/ru/guardian/{guardian_token(asked)}/").content.decode()

    assert '<meta name="referrer" content="same-origin">' in page
