"""Registering and signing in as a browser does it: password, mailed code, address, reset; nothing tells who is registered."""

import re
import time
from statistics import median

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from fund.accounts.models import Account
from fund.notices.models import Notice
from fund.people.actions import deactivate_account, open_account
from fund.people.models import Person
from tests.factories.people import PASSWORD, make_account

LOGIN, SIGNUP, CODE = "/ru/account/login/", "/ru/account/signup/", "/ru/account/login/code/"
CONFIRM_CODE, RESET = "/ru/account/login/code/confirm/", "/ru/account/password/reset/"
PROFILE = "/ru/desk/profile/"


@pytest.fixture
def browser(db):
    return Client()


@pytest.fixture
def anna(db):
    return make_account("Анна", email="anna@example.org", password=PASSWORD)


def letter(kind: str) -> Notice:
    return Notice.objects.filter(kind=f"people.{kind}").latest("pk")


def path_in(notice: Notice) -> str:
    return notice.link.replace("/*", "/ru")


def is_signed_in(browser: Client) -> bool:
    return browser.get(PROFILE).status_code == 200


def body(response) -> str:
    """What a visitor reads, without what differs each time and without the address they typed themselves."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"', "", response.content.decode())
    return re.sub(r"[\w.]+@example\.org", "ADDRESS", text)


# Registering


def register(browser: Client, email="new@example.org", password=PASSWORD):
    return browser.post(SIGNUP, {"email": email, "password1": password}, follow=True)


def test_signup_makes_account_person_and_letter(browser):
    response = register(browser)

    account = Account.objects.get(email="new@example.org")
    assert response.status_code == 200
    assert (account.language, Person.objects.get(account=account).has_name) == ("ru", False)
    assert letter("address_to_confirm").account == account


def test_signup_in_english_keeps_the_language(browser):
    browser.post(SIGNUP.replace("/ru/", "/en/"), {"email": "new@example.org", "password1": PASSWORD})

    assert Account.objects.get(email="new@example.org").language == "en"


def test_signup_without_password_is_an_account_for_mailed_codes(browser):
    register(browser, password="")

    assert not Account.objects.get(email="new@example.org").has_usable_password()


def test_signup_posted_twice_is_one_account(browser):
    register(browser)
    register(Client())

    assert Account.objects.filter(email="new@example.org").count() == 1


def test_signup_with_a_common_password_is_refused_at_its_field(browser):
    response = register(browser, password="1234567890")

    assert response.status_code == 422
    assert "password1" in response.context["form"].errors


def test_confirm_by_get_changes_nothing_by_post_signs_in(browser):
    register(browser)
    link = path_in(letter("address_to_confirm"))

    browser.get(link)
    assert not EmailAddress.objects.get(email="new@example.org").verified
    browser.post(link)

    assert EmailAddress.objects.get(email="new@example.org").verified
    assert is_signed_in(browser)


def test_confirm_in_another_browser_does_not_sign_in(browser):
    register(browser)
    other = Client()

    other.post(path_in(letter("address_to_confirm")))

    assert EmailAddress.objects.get(email="new@example.org").verified
    assert not is_signed_in(other)


def test_login_before_the_address_is_confirmed_is_refused(browser):
    register(Client())

    browser.post(LOGIN, {"login": "new@example.org", "password": PASSWORD})

    assert not is_signed_in(browser)


# Signing in


def test_login_with_password(browser, anna):
    browser.post(LOGIN, {"login": "ANNA@example.org", "password": PASSWORD})

    assert is_signed_in(browser)


def test_login_returns_to_the_page_asked_for(browser, anna):
    response = browser.post(f"{LOGIN}?next={PROFILE}", {"login": "anna@example.org", "password": PASSWORD, "next": PROFILE})

    assert response.headers["Location"] == PROFILE


def test_login_goes_nowhere_else(browser, anna):
    response = browser.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD, "next": "https://evil.example/"})

    assert response.headers["Location"].startswith("/ru/")


def test_login_by_mailed_code(browser, anna):
    browser.post(CODE, {"email": "anna@example.org"})
    code = letter("sign_in_code").facts["code"]
    assert re.fullmatch(r"\d{6}", code)

    browser.post(CONFIRM_CODE, {"code": code})

    assert is_signed_in(browser)


def test_login_by_code_gives_three_tries(browser, anna):
    browser.post(CODE, {"email": "anna@example.org"})
    code = letter("sign_in_code").facts["code"]
    wrong = "000000" if code != "000000" else "111111"

    for _ in range(3):
        browser.post(CONFIRM_CODE, {"code": wrong})
    browser.post(CONFIRM_CODE, {"code": code})

    assert not is_signed_in(browser)


def test_a_code_throws_away_a_password_nobody_confirmed(browser):
    register(Client(), email="victim@example.org")  # by somebody else, who hopes to keep the password
    browser.post(CODE, {"email": "victim@example.org"})

    browser.post(CONFIRM_CODE, {"code": letter("sign_in_code").facts["code"]})

    assert is_signed_in(browser)
    assert not Account.objects.get(email="victim@example.org").has_usable_password()


def test_login_of_a_switched_off_account_is_refused(browser, anna):
    deactivate_account(anna, by=None, now=anna.joined_at)

    browser.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    assert not is_signed_in(browser)


# Passwords and sessions


def test_reset_by_link_changes_the_password_and_ends_sessions(browser, anna):
    elsewhere = Client()
    elsewhere.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})
    browser.post(RESET, {"email": "anna@example.org"})

    page = browser.get(path_in(letter("password_to_reset")), follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": "sovsem-drugoy-2026"})

    assert not is_signed_in(elsewhere)
    browser.post(LOGIN, {"login": "anna@example.org", "password": "sovsem-drugoy-2026"})
    assert is_signed_in(browser)
    assert letter("sign_in_changed").account == anna


def test_reset_link_works_once(browser, anna):
    browser.post(RESET, {"email": "anna@example.org"})
    link = path_in(letter("password_to_reset"))
    page = browser.get(link, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": "sovsem-drugoy-2026"})

    assert Client().get(link, follow=True).context["token_fail"]


def test_change_password_ends_every_session(browser, anna):
    elsewhere = Client()
    for one in (browser, elsewhere):
        one.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    browser.post("/ru/account/password/change/", {"oldpassword": PASSWORD, "password1": "sovsem-drugoy-2026"})

    assert not is_signed_in(browser)
    assert not is_signed_in(elsewhere)


def test_deactivation_ends_sessions(browser, anna, admin):
    browser.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    deactivate_account(anna, by=admin, now=anna.joined_at)

    assert not is_signed_in(browser)


def sign_in_to_change(browser: Client, account: Account) -> None:
    browser.post(LOGIN, {"login": account.email, "password": PASSWORD})
    browser.post("/ru/account/reauthenticate/", {"password": PASSWORD})


def test_change_address_asks_for_the_password_once_more(browser, anna):
    browser.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    response = browser.post("/ru/account/email/", {"action_add": "1", "email": "anna.new@example.org"})

    assert response.headers["Location"].startswith("/ru/account/reauthenticate/")
    assert not EmailAddress.objects.filter(email="anna.new@example.org").exists()


def test_change_address_counts_only_after_it_is_confirmed(browser, anna):
    sign_in_to_change(browser, anna)
    browser.post("/ru/account/email/", {"action_add": "1", "email": "anna.new@example.org"})
    assert Account.objects.get(pk=anna.pk).email == "anna@example.org"

    browser.post(path_in(letter("address_to_confirm")))

    assert Account.objects.get(pk=anna.pk).email == "anna.new@example.org"
    assert letter("sign_in_changed").address.email == "anna@example.org"


def test_change_address_to_one_another_account_waits_for_is_no_error(browser, anna):
    register(Client(), email="taken@example.org")
    sign_in_to_change(browser, anna)
    browser.post("/ru/account/email/", {"action_add": "1", "email": "taken@example.org"})

    response = browser.post(path_in(letter("address_to_confirm")))

    assert response.status_code == 302
    assert Account.objects.get(pk=anna.pk).email == "anna@example.org"


# Who is registered stays unknown


@pytest.mark.parametrize(
    ("address", "data", "letters"),
    [
        (LOGIN, {"login": "{}", "password": "neverniy-parol-1"}, None),
        (SIGNUP, {"email": "{}", "password1": PASSWORD}, ("account_exists", "address_to_confirm")),
        (RESET, {"email": "{}"}, ("password_to_reset", "account_unknown")),
        (CODE, {"email": "{}"}, ("sign_in_code", "account_unknown")),
    ],
)
def test_known_and_unknown_get_the_same_answer_and_a_letter(anna, address, data, letters):
    answers = []
    for email in ("anna@example.org", "nobody@example.org"):
        browser = Client()
        filled = {name: value.format(email) for name, value in data.items()}
        first = browser.post(address, filled)
        last = browser.get(first.headers["Location"]) if first.status_code == 302 else first
        answers.append((first.status_code, first.headers.get("Location"), last.status_code, body(last), sorted(first.cookies)))

    assert answers[0] == answers[1]
    if letters:
        assert [n.kind for n in Notice.objects.filter(kind__startswith="people.").order_by("pk")] == [
            f"people.{x}" for x in letters
        ]


@pytest.mark.parametrize(
    ("address", "data"),
    [(LOGIN, {"login": "{}", "password": "neverniy-parol-1"}), (SIGNUP, {"email": "{}", "password1": PASSWORD})],
)
def test_known_and_unknown_take_the_same_time(settings, db, address, data):
    """With the real, slow hasher: its time is what would tell them apart."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    for n in range(3):
        open_account(f"known{n}@example.org", PASSWORD, now=make_account().joined_at)
    seconds: dict[str, list[float]] = {"known": [], "unknown": []}

    for n in range(3):
        for who, times in seconds.items():
            filled = {name: value.format(f"{who}{n}@example.org") for name, value in data.items()}
            begun = time.perf_counter()
            Client().post(address, filled)
            times.append(time.perf_counter() - begun)

    known, unknown = median(seconds["known"]), median(seconds["unknown"])
    assert abs(known - unknown) < 0.5 * max(known, unknown)


def test_desk_shows_an_anonymous_visitor_the_sign_in_page_for_any_path(browser):
    for path in (PROFILE, "/ru/desk/nothing/here/"):
        assert browser.get(path).headers["Location"] == f"{LOGIN}?next={path}"
