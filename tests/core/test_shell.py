"""What every page's frame knows: the reader, the bars, the languages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from fund.accounts.models import Account
from fund.core.context import Shell


def shell(path="/ru/calls/?page=2", user=None, **cookies):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request.COOKIES.update(cookies)
    return Shell(request)


@pytest.mark.parametrize(
    ("path", "urls"),
    [
        ("/ru/calls/?page=2", ["/ru/calls/?page=2", "/en/calls/?page=2"]),
        ("/ru/", ["/ru/", "/en/"]),
        ("/kit/", ["/ru/", "/en/"]),
    ],
)
def test_languages_keep_the_page(path, urls):
    assert [language["url"] for language in shell(path).languages] == urls


def test_current_language_is_marked():
    with translation.override("en"):
        assert [language["is_current"] for language in shell().languages] == [False, True]


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("auto", ""), ("<b>", "")])
def test_theme_is_one_of_ours(cookie, theme):
    assert shell(theme=cookie).theme == theme


@pytest.mark.parametrize(
    ("email", "initials"),
    [("irina.kovalchuk@example.org", "IK"), ("anna@example.org", "A"), ("a_b@example.org", "A")],
)
def test_initials_without_a_person_come_from_the_address(email, initials):
    assert shell(user=Account(email=email)).me["initials"] == initials


def test_links_are_only_to_pages_that_exist():
    links = shell().links

    assert links["theme"] == "/theme/"
    assert all(url is None or url.startswith("/") for url in links.values())
