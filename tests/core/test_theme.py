"""The choice of colours: a cookie set from our own pages only, printed on <html>."""

import pytest
from django.test import Client

OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def own(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    return client


def choose(client, theme, back="/kit/", **headers):
    return client.post("/theme/", {"theme": theme, "next": back}, **headers)


def test_theme_is_kept_in_a_cookie(own):
    answer = choose(own, "dark", **OURS)

    cookie = answer.cookies["theme"]
    assert (answer.status_code, answer["Location"], cookie.value) == (302, "/kit/", "dark")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_theme_auto_forgets(own):
    choose(own, "dark", **OURS)

    assert choose(own, "auto", **OURS).cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize("theme", ["", "purple", "dark<script>"])
def test_theme_unknown_is_none(own, theme):
    assert choose(own, theme, **OURS).cookies["theme"].value == ""


@pytest.mark.parametrize("headers", [{}, {"HTTP_ORIGIN": "http://elsewhere.example"}, {"HTTP_ORIGIN": "null"}])
def test_theme_from_elsewhere_is_refused(own, headers):
    answer = choose(own, "dark", **headers)

    assert answer.status_code == 403
    assert "theme" not in answer.cookies


@pytest.mark.parametrize("back", ["http://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_theme_goes_back_to_our_own_pages_only(own, back):
    assert choose(own, "dark", back, **OURS)["Location"] == "/"


def test_theme_needs_no_token(settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    assert choose(Client(enforce_csrf_checks=True), "dark", **OURS).status_code == 302


def test_theme_is_not_fetched(own):
    assert own.get("/theme/").status_code == 405
