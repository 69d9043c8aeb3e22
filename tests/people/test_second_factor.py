"""The second factor: required before workspaces that touch money or scores, asked at sign-in, kept secret."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from fund.people.actions import grant_role
from fund.people.roles import needs_second_factor
from fund.people.second_factor import current_code, has_second_factor, set_up_code
from tests.factories.people import PASSWORD, make_account

LOGIN, PROFILE, AUTHENTICATE = "/ru/account/login/", "/ru/desk/profile/", "/ru/account/2fa/authenticate/"
ACTIVATE, REMOVE = "/ru/account/2fa/totp/activate/", "/ru/account/2fa/totp/deactivate/"


@pytest.fixture
def olga(db):
    return make_account("Ольга", email="olga@example.org", password=PASSWORD, roles=["officer"])


def sign_in(account, browser: Client, code: str = "") -> Client:
    browser.post(LOGIN, {"login": account.email, "password": PASSWORD})
    if code:
        browser.post(AUTHENTICATE, {"code": code})
    return browser


def test_password_alone_does_not_sign_in(olga):
    browser = sign_in(olga, Client())

    assert browser.get(PROFILE).status_code == 302


def test_password_and_code_sign_in(olga):
    browser = sign_in(olga, Client(), current_code(olga))

    assert browser.get(PROFILE).status_code == 200


def test_wrong_codes_are_counted(olga):
    browser = sign_in(olga, Client())

    answers = [browser.post(AUTHENTICATE, {"code": "000000"}).context["form"].errors.as_data()["code"][0].code for _ in range(7)]

    assert answers == ["incorrect_code"] * 5 + ["too_many"] * 2


def test_a_code_opens_once_outside_the_demo(olga, settings):
    code = current_code(olga)
    settings.DEMO = False

    first, second = sign_in(olga, Client(), code), sign_in(olga, Client(), code)

    assert [first.get(PROFILE).status_code, second.get(PROFILE).status_code] == [200, 302]


def test_desk_of_a_role_without_second_factor_leads_to_its_set_up(db, signed_in):
    account = make_account()
    grant_role(account, "director", by=None, now=timezone.now())
    assert needs_second_factor(account)
    assert not has_second_factor(account)

    response = signed_in(account).get(PROFILE)

    assert response.headers["Location"] == "/ru/account/2fa/"


def test_admin_site_of_staff_without_second_factor_is_closed(db, signed_in):
    account = make_account()
    account.is_staff = True
    account.save()

    assert signed_in(account).get("/admin/").headers["Location"].endswith("/account/2fa/")


def test_a_session_older_than_the_second_factor_is_asked_for_it(olga):
    Authenticator.objects.filter(user=olga).delete()
    old = sign_in(olga, Client())

    set_up_code(olga)

    assert old.get(PROFILE).headers["Location"] == f"/ru/account/2fa/reauthenticate/?next={PROFILE.replace('/', '%2F')}"
    old.post("/ru/account/2fa/reauthenticate/", {"code": current_code(olga), "next": PROFILE})
    assert old.get(PROFILE).status_code == 200


def test_set_up_in_the_browser_opens_the_desk(olga, django_capture_on_commit_callbacks):
    Authenticator.objects.filter(user=olga).delete()
    browser = sign_in(olga, Client())
    browser.post("/ru/account/reauthenticate/", {"password": PASSWORD})
    secret = browser.get(ACTIVATE).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(ACTIVATE, {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))})
    response.wsgi_request.session.save()  # outside a test the commit comes before the session is saved

    assert has_second_factor(olga)
    assert browser.get(PROFILE).status_code == 200
    assert secret not in str(Authenticator.objects.get(user=olga, type="totp").data)


def test_the_last_second_factor_of_such_a_role_cannot_be_removed(olga):
    browser = sign_in(olga, Client(), current_code(olga))
    browser.post("/ru/account/2fa/reauthenticate/", {"code": current_code(olga)})

    browser.post(REMOVE)

    assert has_second_factor(olga)


def test_a_resident_needs_none_and_may_remove_it(resident):
    assert not needs_second_factor(resident)


def test_recovery_code_signs_in_once(olga):
    code = RecoveryCodes.activate(olga).get_unused_codes()[0]

    first, second = sign_in(olga, Client(), code), sign_in(olga, Client(), code)

    assert [first.get(PROFILE).status_code, second.get(PROFILE).status_code] == [200, 302]


def test_current_code_is_for_the_demo_only(olga, settings):
    settings.DEMO = False

    with pytest.raises(PermissionError):
        current_code(olga)


def test_admin_site_has_no_sign_in_form_of_its_own(db):
    assert Client().get("/admin/login/").headers["Location"].startswith("/ru/account/login/")
    assert Client().post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


@pytest.mark.parametrize("address", ["/admin/", "/documents/23456789abcdef/", "/ru/desk/people/"])
def test_nothing_private_opens_before_the_second_factor_is_set_up(db, address):
    officer = make_account("Без", "Ключа", email="bare@example.org", password=PASSWORD)
    grant_role(officer, "officer", by=None, now=timezone.now())
    browser = sign_in(officer, Client())

    answer = browser.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/ru/account/2fa/")
