"""What the town sees of calls, and that nobody else's page is ever shown to it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from grants.calls.actions import answer_question, ask_curator, cancel_call
from tests.factories.calls import make_call, make_draft_call

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def visitor(db):
    return Client()


@pytest.fixture
def call(officer):
    return make_call(officer, key="yard")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "path", ["calls/", "calls/?state=soon", "calls/?state=over&theme=city", "calls/yard/", "calls/yard/regulation/"]
)
def test_public_page_answers(call, visitor, language, path):
    assert visitor.get(f"/{language}/{path}").status_code == 200


@pytest.mark.parametrize("state", ["announced", "open", "closed", "judging"])
def test_read_shows_every_state(officer, visitor, state):
    call = make_call(officer, state=state)

    assert visitor.get(f"/ru/calls/{call.slug}/").status_code == 200


def test_read_says_the_deadline_with_its_zone_and_who_answers_questions(officer, call, visitor):
    page = visitor.get("/ru/calls/yard/").text

    at = timezone.localtime(call.deadline)
    facts = (f"{at:%H:%M}", "по Калининграду", officer.person.short_name)
    assert [fact for fact in facts if fact not in page] == []


def test_regulation_tells_the_grace_where_there_is_one(officer, call, visitor):
    make_call(officer, key="patient", grace=5)

    pages = [visitor.get(f"/ru/calls/{key}/regulation/").text for key in ("patient", "yard")]

    assert ["не позже чем через 5 минут после срока" in page for page in pages] == [True, False]


def test_read_shows_the_reason_of_a_cancelled_call(officer, call, visitor):
    cancel_call(call, why="В порогах была ошибка", by=officer, now=NOW)

    assert "В порогах была ошибка" in visitor.get("/ru/calls/yard/").text


def test_read_of_a_draft_is_the_officers_alone(officer, stranger, visitor, signed_in):
    make_draft_call(officer, key="secret")

    codes = [browser.get("/ru/calls/secret/").status_code for browser in (signed_in(officer), signed_in(stranger), visitor)]

    assert codes == [200, 404, 404]


def test_read_never_names_who_asked(officer, applicant, call, visitor):
    question = ask_curator(call, text="Можно ли купить саженцы?", by=applicant, now=NOW)
    answer_question(question, answer="Можно.", is_public=True, by=officer, now=NOW)

    page = visitor.get("/ru/calls/yard/").text

    assert "Можно ли купить саженцы?" in page
    assert "Мельник" not in page


@pytest.mark.parametrize("query", ["state=none", "theme=none", "page=0", "page=9", "page=x", "page=99999999999999999999"])
def test_list_with_a_bad_filter_does_not_exist(call, visitor, query):
    assert visitor.get(f"/ru/calls/?{query}").status_code == 404


def test_list_by_theme_finds_every_theme_of_a_call(officer, visitor):
    make_call(officer, key="two", themes="city, eco")

    found = ["/ru/calls/two/" in visitor.get(f"/ru/calls/?theme={theme}").text for theme in ("city", "eco", "stage")]

    assert found == [True, True, False]


def test_export_gives_a_file_that_can_be_imported_again(officer, call, visitor):
    from grants.calls.regulation import digest, read_regulation

    response = visitor.get("/ru/calls/yard/regulation.yaml")

    assert digest(read_regulation("yard.yaml", response.text)) == call.version.digest
    assert response["Content-Disposition"] == 'attachment; filename="yard.yaml"'


def test_public_page_is_not_sent_twice(call, visitor):
    first = visitor.get("/ru/calls/yard/")

    again = visitor.get("/ru/calls/yard/", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_public_page_is_fresh_after_a_change(officer, applicant, call, visitor):
    first = visitor.get("/ru/calls/yard/")
    question = ask_curator(call, text="Нужна ли печать?", by=applicant, now=NOW)
    answer_question(question, answer="Нет.", is_public=True, by=officer, now=NOW)

    again = visitor.get("/ru/calls/yard/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert "Нужна ли печать?" in again.text


def test_public_page_of_somebody_signed_in_is_kept_by_nobody(call, applicant, signed_in, visitor):
    mine = signed_in(applicant).get("/ru/calls/yard/")
    theirs = visitor.get("/ru/calls/yard/")

    assert "no-store" in mine["Cache-Control"]
    assert "ETag" not in mine
    assert "/ru/desk/" in mine.text
    assert 'href="/ru/desk/"' not in theirs.text


def test_public_page_in_the_dark_is_another_page(call, visitor):
    light = visitor.get("/ru/calls/yard/")
    visitor.cookies["theme"] = "dark"

    dark = visitor.get("/ru/calls/yard/")

    assert 'data-theme="dark"' in dark.text
    assert light["ETag"] != dark["ETag"]


@pytest.mark.parametrize("state", ["open", "soon", "over"])
def test_list_asks_as_much_for_three_as_for_thirty(officer, visitor, state, django_assert_max_num_queries):
    counts = []
    for total in (3, 30):
        while_made(officer, state, total)
        with django_assert_max_num_queries(15) as asked:
            visitor.get(f"/ru/calls/?state={state}")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def while_made(officer, state, total):
    from grants.calls.models import Call

    stored = {"open": "open", "soon": "announced", "over": "closed"}[state]
    while Call.objects.count() < total:
        make_call(officer, state=stored)


def test_read_of_a_draft_offers_no_letter_that_cannot_be_asked_for(officer, signed_in):
    draft, told = (make(officer, opens=NOW + DAY, closes=NOW + 9 * DAY) for make in (make_draft_call, announced))

    pages = [signed_in(officer).get(call.get_absolute_url()).text for call in (draft, told)]

    assert ["/tell-me/" in page for page in pages] == [False, True]


def announced(officer, **dates):
    return make_call(officer, now=NOW, state="announced")
