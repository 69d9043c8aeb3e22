"""The page of a section in a room that asks: autosave, buttons, two people at once, files, going on."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone, translation
from django_htmx.middleware import HtmxDetails
from PIL import Image

from fund.core.pages import Page
from fund.questions.actions import attach_files, remove_file, save_answers
from fund.questions.queries import answers_of, files_of
from fund.questions.views import SectionMixin
from tests.factories.people import make_organisation
from tests.factories.questions import ask, make_section, make_set

NOW = timezone.now()
FORM = make_set(
    make_section(
        ask("title"),
        ask("kind", "choice"),
        ask("plan", "table", required=False),
        ask("quote", "file", required=False, file_types=["png"]),
    )
)


class SectionPage(SectionMixin, Page):
    """A room of one page, over any thing that has a uid."""

    template_name = "questions/form.html"
    thing = None

    def get_questions(self):
        return FORM

    def save(self, form):
        given = {"values": form.typed, "version": form.version, "tab": form.tab, "finished": form.finished}
        return save_answers(of=self.thing, section=form.section, by=self.request.user, now=NOW, **given)

    def attach(self, question, files):
        attach_files(of=self.thing, question=question, files=files, by=self.request.user, now=NOW)

    def remove(self, uid):
        remove_file(of=self.thing, questions=FORM.questions(), uid=uid, by=self.request.user, now=NOW)

    def get_next_url(self, form):
        return "/next/"

    def get_leave_url(self):
        return "/list/"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def page(applicant):
    """page(data) posts it; page() opens the page; htmx=True as the script does, by= another person."""
    thing = make_organisation(applicant)

    def call(data=None, *, htmx=False, by=applicant, section="about"):
        headers = {"HTTP_HX_REQUEST": "true"} if htmx else {}
        maker = RequestFactory()
        request = (
            maker.get("/", **headers) if data is None else maker.post("/", {"asked": "title kind plan quote", **data}, **headers)
        )
        request.user, request.now, request.htmx = by, NOW, HtmxDetails(request)
        response = SectionPage.as_view(thing=thing)(request, section=section)
        return response.render() if hasattr(response, "render") else response

    call.thing = thing
    return call


def kept(page):
    return answers_of(page.thing).values


def picture(name="a.png"):
    drawn = BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue())


def test_save_and_continue_goes_on_when_nothing_is_wrong(page):
    response = page({"q_title": "Двор", "q_kind": "yes", "finished": "yes", "go": "on"})

    assert (response.status_code, response.url) == (302, "/next/")


def test_save_and_continue_keeps_what_is_wrong_and_says_it(page):
    response = page({"q_title": "Двор", "finished": "yes", "go": "on"})

    assert response.status_code == 422
    assert "Choose an answer" in response.content.decode()
    assert kept(page)["title"] == "Двор"


def test_save_and_continue_with_gaps_by_people_who_will_come_back(page):
    response = page({"q_title": "Двор", "finished": "later", "go": "on"})

    assert response.url == "/next/"
    assert answers_of(page.thing).postponed == ["about"]


def test_save_and_leave_checks_nothing(page):
    response = page({"q_title": "", "go": "out"})

    assert response.url == "/list/"


def test_autosave_answers_with_the_moment_alone(page):
    response = page({"q_title": "Дв", "tab": "one-open-page"}, htmx=True)

    assert (response.status_code, kept(page)["title"]) == (200, "Дв")
    assert "Saved at" in response.content.decode()
    assert "<form" not in response.content.decode()


def test_autosave_twice_with_the_first_reply_lost(page):
    page({"q_title": "Дв", "tab": "one-open-page", "version": "0"}, htmx=True)

    response = page({"q_title": "Двор", "tab": "one-open-page", "version": "0"}, htmx=True)

    assert (response.status_code, kept(page)["title"]) == (200, "Двор")


def test_autosave_of_what_cannot_be_stored_says_why(page):
    response = page({"q_title": "a\x00b"}, htmx=True)

    assert response.status_code == 422
    assert "Type it anew" in response.content.decode()


def test_autosave_over_another_person_is_refused(page, teammate):
    page({"q_title": "Двор", "tab": "page-of-anna"})

    response = page({"q_title": "Сквер", "tab": "page-of-ilya", "version": "0"}, htmx=True, by=teammate)

    assert (response.status_code, kept(page)["title"]) == (409, "Двор")


def test_two_people_at_once_the_second_sees_both_texts_and_decides(page, teammate):
    page({"q_title": "Двор", "tab": "page-of-anna"})

    response = page({"q_title": "Сквер", "tab": "page-of-ilya", "version": "0"}, by=teammate)

    html = response.content.decode()
    assert (response.status_code, kept(page)["title"]) == (409, "Двор")
    assert "Анна Мельник changed this meanwhile" in html
    assert html.index("Двор") < html.index('value="Сквер"')
    assert 'name="version" value="1"' in html

    page({"q_title": "Сквер", "tab": "page-of-ilya", "version": "1"}, by=teammate)
    assert kept(page)["title"] == "Сквер"


@pytest.mark.parametrize("htmx", [False, True])
def test_add_saves_and_shows_one_more_row(page, htmx):
    response = page({"q_title": "Двор", "q_plan-0-step": "раз", "add": "q_plan"}, htmx=htmx)

    html = response.content.decode()
    assert response.status_code == 200
    assert kept(page)["plan"] == [{"step": "раз", "days": ""}]
    assert html.count('name="drop"') == 2
    assert html.count("autofocus") == 1


@pytest.mark.parametrize("htmx", [False, True])
def test_drop_offers_the_row_back(page, htmx):
    response = page({"q_plan-0-step": "раз", "q_plan-1-step": "два", "drop": "q_plan-0"}, htmx=htmx)

    html = response.content.decode()
    assert kept(page)["plan"] == [{"step": "два", "days": ""}]
    assert 'name="q_plan-gone-step" value="раз"' in html
    assert 'name="restore" value="q_plan-0"' in html


def test_attach_and_remove_a_file(page):
    response = page({"q_title": "Двор", "q_quote": picture(), "attach": "quote"})

    file = files_of(page.thing, FORM)["quote"][0]
    assert (response.status_code, file.name, kept(page)["title"]) == (200, "a.png", "Двор")
    assert f'name="remove" value="{file.uid}"' in response.content.decode()

    page({"remove": file.uid})
    assert files_of(page.thing, FORM)["quote"] == []


def test_attach_more_files_than_allowed_keeps_the_texts(page):
    page({"q_quote": picture(), "attach": "quote"})

    response = page({"q_title": "Двор", "q_quote": picture("b.png"), "attach": "quote"})

    assert response.status_code == 422
    assert kept(page)["title"] == "Двор"
    assert len(files_of(page.thing, FORM)["quote"]) == 1


def test_remove_a_file_that_is_not_there(page):
    response = page({"q_title": "Двор", "remove": "nobody"})

    assert response.status_code == 422
    assert "not here any more" in response.content.decode()


def test_an_unknown_section_is_not_found(page):
    from django.http import Http404

    with pytest.raises(Http404):
        page(section="nobody")


def test_reading_the_page_keeps_nothing(page):
    assert page().status_code == 200
    assert answers_of(page.thing).pk is None
