"""The home page, the bare address, health."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grants.applications.actions import invite_member, refuse_application, return_application
from grants.results.actions import file_appeal
from tests.factories.applications import make_ready, make_submitted
from tests.factories.calls import make_call, make_draft_call
from tests.factories.floor import make_floor, make_held

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


def test_desk_names_the_meeting_one_sits_in_the_protocol_to_sign_and_the_invitation(
    officer, director, council_member, applicant, teammate, signed_in
):
    facts = {"officer": officer, "director": director, "members": [council_member], "now": timezone.now()}
    called, (held, _side, _motions) = make_floor(**facts), make_held(**facts)
    draft = make_ready(make_call(officer), applicant, now=timezone.now())
    member = invite_member(
        application=draft, name="Илья", email=teammate.email, rights="view", part="", by=applicant, now=timezone.now()
    )

    def leads_to(who) -> set[str]:
        return set(re.findall(r"href=\"(/ru/desk/[^\"]+)", signed_in(who).get("/ru/desk/").text))

    sign = reverse("councils:sign_protocol", args=[held.uid])
    assert called.get_absolute_url() in leads_to(council_member) - leads_to(teammate)
    assert sign in leads_to(director) & leads_to(officer) - leads_to(council_member)
    assert reverse("proposals:answer", args=[member.uid]) in leads_to(teammate) - leads_to(applicant)


def test_desk_counts_appeals_that_nobody_took_up_and_lists_what_is_to_be_corrected_before_drafts(
    officer, director, applicant, council_member, signed_in
):
    now = timezone.now()
    refused, returned = (make_submitted(make_call(officer), applicant, now=now) for _ in range(2))
    draft = make_ready(make_call(officer), applicant, now=now)
    refuse_application(application=refused, reasons=["incomplete"], remark="", by=officer, now=now)
    file_appeal(application=refused, grounds=["count"], text="Смета была приложена, её не открыли.", by=applicant, now=now)
    marks = [{"section": "idea", "question": "change", "remark": "Кто придёт?"}]
    return_application(application=returned, marks=marks, until=now + timedelta(days=2), by=officer, now=now)

    own = signed_in(applicant).get("/ru/desk/").text
    places = [own.index(reverse("applications:read", args=[one.uid])) for one in (returned, draft)]
    waits = ["1 апелляция ждёт ответа" in signed_in(who).get("/ru/desk/").text for who in (director, council_member, applicant)]
    assert (places, waits) == (sorted(places), [True, True, False])
