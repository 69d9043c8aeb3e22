"""The page of components in a browser: read by axe, walked by keys, with and without scripts, network and colour."""

import pytest
from django.core.management import call_command

from tests.services.axe import read

from .conftest import SIDEWAYS

PAGES = ["/kit/", "/kit/panes/", "/kit/not-found/", "/kit/busy/", "/kit/broken/"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def sheet():
    call_command("css")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark"), (320, "dark")])
def test_axe_finds_nothing(browse, path, width, scheme):
    page = browse(width=width, scheme=scheme)
    page.goto(path)

    found = read(page)

    assert found["violations"] == []
    assert found["passed"] > 10
    assert page.evaluate(SIDEWAYS) == 0


def test_countdown_is_written_anew(browse):
    page = browse()
    page.clock.install()
    page.goto("/kit/")
    minutes = page.locator(".deadline.last [data-unit=minutes]")
    assert minutes.inner_text() == "0"

    page.clock.run_for(61_000)

    assert page.locator(".deadline.last [data-unit=hours]").inner_text() == "4"
    assert (minutes.inner_text(), minutes.locator("xpath=following-sibling::span").inner_text()) == ("59", "минут")


def test_digits_mark_the_focused_criterion(browse):
    page = browse()
    page.goto("/kit/panes/")
    page.locator(".score input").first.focus()

    page.keyboard.press("4")
    page.keyboard.press("j")

    assert page.locator("[name=c1]:checked").get_attribute("value") == "4"
    assert page.url.endswith("#later")


def test_keys_stay_letters_while_one_types(browse):
    page = browse()
    page.goto("/kit/panes/")

    page.locator("#words").type("j4")

    assert page.locator("#words").input_value() == "j4"
    assert "#later" not in page.url


def test_counter_speaks_near_the_limit(browse):
    page = browse()
    page.goto("/kit/panes/")
    line = page.locator(".count-left")
    page.locator("#words").fill("ж" * 70)
    assert not line.is_visible()

    page.locator("#words").fill("ж" * 90)
    assert line.inner_text() == "Осталось знаков: 10"

    page.locator("#words").fill("ж" * 112)
    assert line.inner_text() == "Лишних знаков: 12"


def test_autosave_says_when(browse):
    page = browse()
    page.goto("/kit/panes/")

    page.locator("#words").fill("Сильная идея")
    page.wait_for_selector("#save-state:has-text('Сохранено в ')")

    assert page.locator("#words").evaluate("field => field === document.activeElement")


def test_draft_survives_a_lost_network(browse):
    browse.forgive("htmx:")
    page = browse()
    page.goto("/kit/panes/")
    page.route("**/kit/save/", lambda route: route.abort())
    page.locator("#words").fill("Проверьте цену")
    page.wait_for_selector("#save-state.lost:has-text('Нет связи')")

    page.unroute("**/kit/save/")
    page.reload()
    page.get_by_role("button", name="Вернуть в форму").click()

    assert page.locator("#words").input_value() == "Проверьте цену"


def test_draft_is_sent_as_soon_as_the_network_is_back(browse):
    browse.forgive("htmx:")
    page = browse()
    page.goto("/kit/panes/")
    page.context.set_offline(True)
    page.locator("#words").fill("Проверьте цену")
    page.wait_for_selector("#save-state.lost:has-text('Нет связи')")

    page.context.set_offline(False)

    page.wait_for_selector("#save-state:has-text('Сохранено в ')")


def test_failed_save_is_said_aloud(browse):
    browse.forgive("Error Code 403")
    page = browse()
    page.goto("/kit/panes/")
    page.route("**/kit/save/", lambda route: route.fulfill(status=403, body=""))

    page.locator("#words").fill("x")

    page.wait_for_selector("#messages .note.danger:has-text('Ничего не потеряно')")


def test_summary_has_the_focus(browse):
    page = browse()
    page.goto("/kit/")

    assert page.locator(".summary").evaluate("box => box === document.activeElement")


def test_theme_is_chosen_without_scripts(browse):
    page = browse(javascript=False)
    page.goto("/kit/")

    page.get_by_role("button", name="Тёмные").click()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.get_by_role("button", name="Тёмные").get_attribute("aria-pressed") == "true"


def test_menu_opens_without_scripts(browse):
    page = browse(width=390, javascript=False)
    page.goto("/kit/")

    page.get_by_text("Меню").click()

    assert page.get_by_role("link", name="EN, English").is_visible()


def test_print_shows_no_chrome(browse):
    page = browse()
    page.goto("/kit/")

    page.emulate_media(media="print")

    assert not page.locator("header.top").is_visible()
    assert page.locator("h1").is_visible()
