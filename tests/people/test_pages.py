"""The pages of this room: what they show, to whom, and what their forms do when posted once and twice."""

import pytest
from django.test import Client
from django.utils import timezone

from fund.accounts.models import Account
from fund.people.actions import give_consent
from fund.people.models import Consent, ConsentDocument, Person, RoleGrant
from fund.people.queries import has_consent
from fund.people.roles import has_role

NOW = timezone.now()
PROFILE, EDIT, CONSENTS = "/ru/desk/profile/", "/ru/desk/profile/edit/", "/ru/desk/profile/consents/"
ROLES, GRANT = "/ru/desk/people/roles/", "/ru/desk/people/roles/grant/"
ABOUT_ME = {"last_name": "Полевой", "first_name": "Роман", "phone": "8 911 234-56-78", "language": "en", "time_zone": ""}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "account/login/",
        "account/signup/",
        "account/login/code/",
        "account/password/reset/",
        "account/password/reset/done/",
        "account/password/reset/key/done/",
        "account/password/reset/key/1-wrong-key/",
        "account/confirm-email/",
        "account/confirm-email/wrong-key/",
        "account/inactive/",
        "consents/processing/1/",
    ],
)
def test_pages_of_a_visitor(db, language, path):
    response = Client().get(f"/{language}/{path}")

    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "account/email/",
        "account/logout/",
        "account/password/set/",
        "account/2fa/",
        "account/2fa/totp/activate/",
        "account/2fa/webauthn/",
        "account/2fa/webauthn/add/",
        "account/sessions/",
        "desk/profile/",
        "desk/profile/edit/",
        "desk/profile/consents/",
    ],
)
def test_pages_of_a_resident(resident, signed_in, language, path):
    response = signed_in(resident).get(f"/{language}/{path}")

    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_update_profile_page_changes_person_language_and_address_of_the_next_page(resident, signed_in):
    response = signed_in(resident).post(EDIT, ABOUT_ME)

    resident.refresh_from_db()
    assert response.headers["Location"].endswith("/en/desk/profile/")
    assert str(Person.objects.get(account=resident).phone) == "+79112345678"


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "12"), ("birth_date", "31.02.2010"), ("birth_date", "2090-01-01"), ("language", "de"), ("first_name", "А\x00")],
)
def test_update_profile_page_names_the_wrong_field(resident, signed_in, field, value):
    response = signed_in(resident).post(EDIT, {**ABOUT_ME, field: value})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_update_profile_page_changes_only_its_fields(resident, signed_in):
    signed_in(resident).post(EDIT, {**ABOUT_ME, "department": "Дирекция", "account": "1", "email": "other@example.org"})

    person = Person.objects.get(account=resident)
    assert (person.department, person.email) == ("", "")


def test_consents_page_ticks_nothing_beforehand(resident, signed_in):
    page = signed_in(resident).get(CONSENTS).content.decode()

    assert page.count('type="checkbox"') == 4
    assert "checked" not in page


def test_consents_page_posted_twice_is_one_consent(resident, signed_in):
    browser = signed_in(resident)

    for _ in range(2):
        browser.post(CONSENTS, {"purpose_processing": "on"})

    assert [c.document.purpose for c in Consent.objects.filter(person=resident.person)] == ["processing"]


def test_consents_page_returns_to_who_asked_and_nowhere_else(resident, signed_in):
    browser = signed_in(resident)

    ours = browser.post(f"{CONSENTS}?next=/ru/desk/", {}).headers["Location"]
    foreign = browser.post(f"{CONSENTS}?next=//evil.example/", {}).headers["Location"]

    assert (ours, foreign) == ("/ru/desk/", CONSENTS)


def test_withdraw_consent_page_asks_first(resident, signed_in, stranger):
    document = ConsentDocument.objects.current().get(purpose="newsletter")
    consent = give_consent(resident.person, document, by=resident, now=NOW, how="page")
    address = f"{CONSENTS}{consent.uid}/withdraw/"

    assert signed_in(stranger).post(address).status_code == 404
    assert signed_in(resident).get(address).status_code == 200
    assert has_consent(resident.person, "newsletter")
    signed_in(resident).post(address)

    assert not has_consent(resident.person, "newsletter")
    assert signed_in(resident).get(address).status_code == 404


def test_consent_document_that_does_not_exist(db):
    assert [Client().get(f"/ru/consents/{path}/").status_code for path in ("processing/9", "other/1")] == [404, 404]


@pytest.mark.parametrize("path", [ROLES, GRANT])
def test_roles_pages_do_not_exist_for_others(officer, director, resident, signed_in, path):
    assert [signed_in(a).get(path).status_code for a in (officer, director, resident)] == [404, 404, 404]
    assert Client().get(path).headers["Location"].startswith("/ru/account/login/")


def test_roles_page_finds_by_name_address_and_role(admin, resident, officer, signed_in):
    browser = signed_in(admin)

    def found(query: str) -> list[str]:
        return [person.account.email for person, _ in browser.get(ROLES + query).context["people"]]

    assert found("?q=полевой") == found("?q=RESIDENT@") == ["resident@example.org"]
    assert found("?role=officer") == ["officer@example.org"]
    assert found("?q=nobody") == []
    assert browser.get(ROLES + "?page=99").status_code == 404


def test_grant_role_page_posted_twice_is_one_grant(admin, resident, signed_in):
    browser = signed_in(admin)
    once = browser.get(GRANT).context["form"]["once"].value()
    form = {"email": "Resident@example.org", "role": "organiser", "why": "ведёт события", "once": once}

    answers = [browser.post(GRANT, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert RoleGrant.objects.filter(account=resident).count() == 1


def test_grant_role_page_same_token_for_another_role_is_refused(admin, resident, signed_in):
    browser = signed_in(admin)
    form = {"email": "resident@example.org", "role": "organiser", "why": "так", "once": "d" * 24}
    browser.post(GRANT, form)

    assert browser.post(GRANT, {**form, "role": "coordinator"}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"), [("role", "king"), ("role", "resident"), ("email", "nobody@example.org"), ("why", "")]
)
def test_grant_role_page_names_the_wrong_field(admin, resident, signed_in, field, value):
    form = {"email": "resident@example.org", "role": "organiser", "why": "так", "once": "e" * 24, field: value}

    response = signed_in(admin).post(GRANT, form)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_revoke_role_page_wants_a_reason(admin, organiser, signed_in):
    address = f"{ROLES}{RoleGrant.objects.get(account=organiser).uid}/revoke/"
    browser = signed_in(admin)

    assert browser.post(address, {"why": ""}).status_code == 422
    browser.post(address, {"why": "сезон окончен"})

    assert not has_role(Account.objects.get(pk=organiser.pk), "organiser")


def test_revoke_role_page_of_ones_own_role_is_not_there(organiser, signed_in):
    assert signed_in(organiser).post(f"{ROLES}{RoleGrant.objects.get(account=organiser).uid}/revoke/").status_code == 404


def test_deactivate_and_reactivate_pages(admin, resident, signed_in):
    browser, theirs = signed_in(admin), signed_in(resident)
    address = f"/ru/desk/people/accounts/{resident.person.uid}"

    browser.post(f"{address}/deactivate/", {"why": "по просьбе"})
    assert theirs.get(PROFILE).status_code == 302
    browser.post(f"{address}/reactivate/", {"why": "по просьбе"})

    assert Account.objects.get(pk=resident.pk).is_active
    assert signed_in(admin).get(f"/ru/desk/people/accounts/{admin.person.uid}/deactivate/").status_code == 404


@pytest.mark.parametrize("count", [3, 25])
def test_roles_page_asks_the_same_number_of_questions_for_any_length(admin, signed_in, django_assert_max_num_queries, count):
    from tests.factories.people import make_account

    for _ in range(count):
        make_account(roles=["organiser", "coordinator"])
    browser = signed_in(admin)

    with django_assert_max_num_queries(15):
        assert browser.get(ROLES).status_code == 200


def test_list_page_is_for_officers(officer, admin, director, resident, signed_in):
    assert [signed_in(a).get("/ru/desk/people/").status_code for a in (officer, admin, director, resident)] == [
        200,
        404,
        404,
        404,
    ]


def test_set_employment_page_writes_facts_and_the_role(officer, resident, director, signed_in):
    address = f"/ru/desk/people/{resident.person.uid}/employment/"
    form = {"is_employee": "on", "department": "Лаборатория света", "manager": "director@example.org"}

    assert signed_in(officer).get(address).status_code == 200
    signed_in(officer).post(address, form)

    person = Person.objects.get(account=resident)
    assert (person.department, person.manager) == ("Лаборатория света", director.person)
    assert has_role(Account.objects.get(pk=resident.pk), "employee")
    assert [p.account.email for p in signed_in(officer).get("/ru/desk/people/?q=лаборатория").context["rows"]] == [resident.email]

    signed_in(officer).post(address, {**form, "is_employee": ""})
    assert not has_role(Account.objects.get(pk=resident.pk), "employee")


def test_set_employment_page_of_oneself_is_not_there(officer, signed_in):
    assert signed_in(officer).get(f"/ru/desk/people/{officer.person.uid}/employment/").status_code == 404


def test_publish_consent_document_page_makes_the_next_version_once(admin, officer, signed_in):
    address = "/ru/desk/people/consents/newsletter/"
    form = {"text_ru": "Иначе.", "text_en": "Otherwise."}
    assert signed_in(admin).get("/ru/desk/people/consents/").status_code == 200

    assert signed_in(officer).post(address, form).status_code == 404
    for _ in range(2):
        signed_in(admin).post(address, form)

    assert ConsentDocument.objects.current().get(purpose="newsletter").version == 2
    assert signed_in(admin).get("/ru/desk/people/consents/unknown/").status_code == 404
