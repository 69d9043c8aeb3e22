"""A director decides down the ranking, gives the reason where the ranking is left, and releases everything at once."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.notices.models import Notice
from grants.applications.models import Application
from grants.councils.models import Decision
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged

WHY = "Такой проект в городе уже идёт, с теми же людьми."
WORDS = {
    "ru": SimpleNamespace(
        one="Поддержать 1 · резерв 0",
        reason="Указать причину",
        why="Причина",
        keep="Сохранить решение",
        follow="Решить по рейтингу",
        to_release="К выпуску решений",
        code="Впишите код конкурса",
        release="Выпустить решения и отправить письма",
        wrong="вы вписали",
        funded="Поддержать",
    ),
    "en": SimpleNamespace(
        one="Fund 1 · reserve 0",
        reason="Give the reason",
        why="Reason",
        keep="Keep the decision",
        follow="Decide by the ranking",
        to_release="To the release",
        code="Type the call's code",
        release="Release the decisions and send the letters",
        wrong="you typed",
        funded="Fund",
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
    """Two fit into the envelope, the third does not."""
    return make_judged(call, officer=officer, now=now, scores=[("5", "5"), ("4", "4"), ("3", "3")])


def row(page, application):
    return page.locator(f"[id='{application.uid}']")


def states(judged) -> list[str]:
    return [Application.objects.get(pk=application.pk).state for application in judged]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_director_decides_and_releases(enter, look, director, call, judged, language):
    words, page = WORDS[language], enter(director, language=language)
    page.goto(f"/{language}/desk/calls/{call.slug}/decisions/")
    look(page)

    row(page, judged[0]).locator("select").focus()
    row(page, judged[0]).locator("select").select_option("fund")
    page.locator("#totals", has_text=words.one).wait_for()
    assert page.evaluate("document.activeElement.name") == "outcome"

    row(page, judged[1]).locator("select").select_option("decline")
    row(page, judged[1]).get_by_role("link", name=words.reason).click()
    assert page.locator("[name=outcome]:checked").get_attribute("value") == "decline"
    look(page)
    page.get_by_label(words.why).fill(WHY)
    page.get_by_role("button", name=words.keep).click()
    page.wait_for_url(f"**/decisions/#{judged[1].uid}")

    page.get_by_role("link", name=words.follow).click()
    look(page)
    page.get_by_role("button", name=words.follow).click()
    page.get_by_role("link", name=words.to_release).click()
    look(page)
    assert (states(judged), Notice.objects.filter(kind__startswith="councils.").count()) == (["under_review"] * 3, 0)

    page.get_by_label(words.code).fill("no")
    page.get_by_role("button", name=words.release).click()
    page.locator(".summary", has_text=words.wrong).wait_for()
    page.get_by_label(words.code).fill(call.code)
    page.get_by_role("button", name=words.release).click()
    page.wait_for_url("**/decisions/")

    assert row(page, judged[0]).locator(".pill", has_text=words.funded).is_visible()
    assert states(judged) == ["funded", "declined", "reserve"]
    assert Notice.objects.filter(kind__startswith="councils.").count() == 3
    look(page)


def test_a_director_decides_without_scripts(enter, director, call, judged):
    page = enter(director, javascript=False, width=390)
    page.goto(f"/ru/desk/calls/{call.slug}/decisions/")

    row(page, judged[0]).locator("select").select_option("fund")
    row(page, judged[0]).get_by_role("button", name="Сохранить").click()
    row(page, judged[1]).locator("select").select_option("reserve")
    row(page, judged[1]).get_by_role("button", name="Сохранить").click()
    page.get_by_label("Причина").fill(WHY)
    page.get_by_role("button", name="Сохранить решение").click()
    page.get_by_role("link", name="Остановка").first.wait_for()

    assert list(Decision.objects.order_by("pk").values_list("outcome", "why")) == [("fund", ""), ("reserve", WHY)]


def test_two_directors_do_not_overrule_each_other_unseen(enter, director, call, judged):
    first, second = enter(director), enter(director)
    for page in (first, second):
        page.goto(f"/ru/desk/calls/{call.slug}/decisions/")

    first.bring_to_front()
    row(first, judged[0]).locator("select").select_option("fund")
    first.locator("#totals", has_text="Поддержать 1").wait_for()
    row(second, judged[0]).locator("select").select_option("fund")
    row(second, judged[0]).locator(".error", has_text="Северин").wait_for()

    assert Decision.objects.count() == 1
