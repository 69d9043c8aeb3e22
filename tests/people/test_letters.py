"""Every letter of this room as its reader gets it, in both languages."""

import pytest
from django.test import Client
from django.utils import timezone

from fund.notices.letters import write
from fund.notices.models import Notice
from fund.people.actions import grant_role, revoke_role
from tests.factories.people import PASSWORD, make_account

ASKED = [
    ("/ru/account/signup/", {"email": "new@example.org", "password1": PASSWORD}, "address_to_confirm"),
    ("/ru/account/signup/", {"email": "anna@example.org", "password1": PASSWORD}, "account_exists"),
    ("/ru/account/login/code/", {"email": "anna@example.org"}, "sign_in_code"),
    ("/ru/account/login/code/", {"email": "nobody@example.org"}, "account_unknown"),
    ("/ru/account/password/reset/", {"email": "anna@example.org"}, "password_to_reset"),
]


@pytest.fixture
def anna(db):
    return make_account("Анна", email="anna@example.org", password=PASSWORD)


def read(kind: str, language: str):
    written = write(Notice.objects.filter(kind=f"people.{kind}").latest("pk"), language)
    assert written.subject
    assert all(written.subject.split()[-1] in part for part in (written.text, written.html))
    return written


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("address", "data", "kind"), ASKED)
def test_letter_of_signing_in(anna, settings, address, data, kind, language):
    Client().post(address, data)

    written = read(kind, language)

    codes = Notice.objects.latest("pk").facts.get("code")
    assert codes in written.text if codes else written.link.startswith(f"{settings.SITE_URL}/{language}/account/")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1"])
def test_letter_links_to_our_site_whatever_host_is_asked(anna, settings, host):
    settings.ALLOWED_HOSTS = ["*"]

    Client(headers={"Host": host}).post("/ru/account/password/reset/", {"email": "anna@example.org"})

    written = read("password_to_reset", "ru")
    assert written.link.startswith(settings.SITE_URL)
    assert "evil" not in written.text + written.html


@pytest.mark.parametrize(("language", "word"), [("ru", "Эксперт"), ("en", "Expert")])
def test_letter_about_a_role_names_it_in_the_readers_language(admin, anna, language, word):
    grant = grant_role(anna, "expert", by=admin, now=timezone.now())
    revoke_role(grant, by=admin, now=timezone.now())

    assert all(word in read(kind, language).subject for kind in ("role_granted", "role_revoked"))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_letter_about_a_changed_password(anna, language):
    browser = Client()
    browser.post("/ru/account/login/", {"login": "anna@example.org", "password": PASSWORD})
    browser.post("/ru/account/password/change/", {"oldpassword": PASSWORD, "password1": "sovsem-drugoy-2026"})

    assert {"ru": "Пароль изменён.", "en": "The password was changed."}[language] in read("sign_in_changed", language).text
