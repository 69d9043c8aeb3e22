"""A director moves the envelope, asks what if, and how firm the ranking is; the line follows each decision."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from grants.reviews.actions import count_stability
from grants.reviews.models import StabilityReport
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged

SCORES = [("5", "5"), ("4", "4"), ("4", "3"), ("3", "3")]
WORDS = {
    "ru": SimpleNamespace(
        what_if="Что если",
        envelope="Бюджет",
        count="Посчитать",
        come_in="Пройдут",
        firm="Устойчивость",
        ask="Посчитать устойчивость",
        see="Посмотреть, сколько готово",
        change="По каждому изменению",
        passes="проходит 2",
        undecided="Без решения 3",
    ),
    "en": SimpleNamespace(
        what_if="Simulator",
        envelope="Envelope",
        count="Count",
        come_in="Would be in",
        firm="Stability",
        ask="Count the stability",
        see="See how far it is",
        change="Change by change",
        passes="2 projects pass",
        undecided="Undecided 3",
    ),
}


@pytest.fixture
def now(transactional_db):
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)


@pytest.fixture
def judged(call, officer, now):
    return make_judged(call, officer=officer, now=now, scores=SCORES)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_if_and_how_firm(enter, look, director, call, judged, now, language):
    words, page = WORDS[language], enter(director, language=language, javascript=language == "ru")
    page.goto(f"/{language}/desk/calls/{call.slug}/decisions/")

    page.get_by_role("link", name=words.what_if).click()
    page.get_by_label(words.envelope).fill("300 000")
    page.get_by_role("button", name=words.count).click()
    page.wait_for_load_state()
    assert page.locator("tr", has_text=judged[2].number).count() == 1
    page.get_by_role("heading", name=words.come_in).wait_for()
    if language == "ru":
        look(page)

    page.goto(f"/{language}/desk/calls/{call.slug}/decisions/")
    page.get_by_role("link", name=words.firm).click()
    page.get_by_role("button", name=words.ask).click()
    page.get_by_role("link", name=words.see).wait_for()
    count_stability(report=StabilityReport.objects.get().pk, now=now)
    page.goto(page.url)
    page.get_by_role("heading", name=words.change).wait_for()
    assert page.locator(".ranges li").count() == 4
    if language == "ru":
        look(page)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_line_moves_with_a_choice(enter, look, director, call, judged, language):
    """The first is given the money, the second is put into the reserve with a reason; the third comes into the envelope."""
    words, page = WORDS[language], enter(director, language=language)
    page.goto(f"/{language}/desk/calls/{call.slug}/decisions/")
    following = "() => document.querySelector('tr.cut').previousElementSibling.id"
    assert page.evaluate(following) == judged[1].uid

    page.locator(f"[id='{judged[0].uid}'] select").select_option("fund")
    page.locator("#chips", has_text=words.undecided).wait_for()
    assert page.evaluate(following) == judged[1].uid
    assert page.locator("tr.cut").count() == 1
    page.goto(f"/{language}/desk/decisions/{judged[1].uid}/?outcome=reserve")
    page.locator("[name=why]").fill("Проект подождёт: помещение освободится только к осени.")
    page.locator("main form button").click()
    page.wait_for_url("**/decisions/#*")
    assert page.evaluate(following) == judged[2].uid
    # Taken back in the list: the line follows without the page being loaded again.
    page.evaluate("window.stays = true")
    page.locator(f"[id='{judged[1].uid}'] select").select_option("fund")
    page.locator(f"tr[id='{judged[1].uid}'] + tr.cut").wait_for()
    assert page.evaluate("window.stays") is True
    page.locator("tr.cut", has_text=words.passes).wait_for()
    look(page)
