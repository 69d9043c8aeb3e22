"""The home page, the bare address, health."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.calls import make_call, make_draft_call

NOW = timezone.now()


@pytest.fixture
def visitor(db):
    return Client()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_home_without_any_call(visitor, language):
    assert visitor.get(f"/{language}/").status_code == 200


def test_home_shows_the_nearest_deadline_first(officer, visitor):
    make_call(officer, title="Далёкий", closes=NOW + timedelta(days=40))
    make_call(officer, title="Близкий", closes=NOW + timedelta(days=2))
    make_draft_call(officer, title="Черновой")

    context = visitor.get("/ru/").context

    assert context["nearest"].title_ru == "Близкий"
    assert [call.title_ru for call in context["calls"]] == ["Близкий", "Далёкий"]


def test_home_asks_as_much_for_three_as_for_thirty(officer, visitor, django_assert_max_num_queries):
    counts = []
    for total in (3, 30):
        while_open(officer, total)
        with django_assert_max_num_queries(15) as asked:
            visitor.get("/ru/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def while_open(officer, total):
    from grants.calls.models import Call

    while Call.objects.count() < total:
        make_call(officer)


def test_bare_address_leads_to_russian(visitor):
    assert visitor.get("/").url == "/ru/"


def test_bare_address_leads_to_the_language_of_the_cookie(visitor):
    visitor.cookies["django_language"] = "en"

    assert visitor.get("/").url == "/en/"


def test_bare_address_leads_to_the_language_of_the_profile(applicant, signed_in):
    applicant.language = "en"
    applicant.save()

    assert signed_in(applicant).get("/").url == "/en/"


def test_healthz_says_nothing_but_ok(visitor):
    assert visitor.get("/healthz").text == "ok"


def test_readyz_explains_itself_to_administrators_only(visitor, admin, officer, signed_in):
    assert visitor.get("/readyz").text == "ready"
    assert signed_in(officer).get("/readyz").text == "ready"
    assert set(signed_in(admin).get("/readyz").json()) == {"database", "migrations", "letters", "cache"}


def test_robots_and_sitemap_name_public_pages_only(officer, visitor):
    make_call(officer, key="yard")
    make_draft_call(officer, key="secret")

    sitemap = visitor.get("/sitemap.xml").text

    assert "/desk" in visitor.get("/robots.txt").text
    assert "/ru/calls/yard/" in sitemap
    assert "secret" not in sitemap


def test_desk_says_what_waits(officer, stranger, signed_in):
    make_draft_call(officer, title="Черновой двор")

    assert "Черновой двор" in signed_in(officer).get("/ru/desk/").text
    assert "Черновой двор" not in signed_in(stranger).get("/ru/desk/").text


def test_demo_page_is_gone_outside_the_demo(visitor, settings):
    settings.DEMO = False

    assert visitor.get("/demo/").status_code == 404
