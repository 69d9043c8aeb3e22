"""A director parts equals on the cut line by a lot, everybody computes it again; and the chair parts equals by a vote."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.lots.models import Draw
from grants.reviews.models import Vote
from grants.reviews.queries import ranking_of
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged

SCORES = [("5", "5"), ("4", "4"), ("4", "4")]
WORDS = {
    "ru": SimpleNamespace(
        to_lot="К жребию",
        commit="Запечатать зерно",
        close="Закрыть список и запечатать зерно",
        draw="Бросить жребий",
        said="Слова, сказанные вслух",
        reveal="Открыть зерно",
        public="Открытая страница жребия",
        closed="Список пока закрыт",
        follow="Решить по рейтингу",
        release="Выпустить решения и отправить письма",
        code="Впишите код конкурса",
        program="Программа",
        to_vote="К голосованию",
        record="Записать голос",
        reason="Причина",
        twice="уже отдано",
    ),
    "en": SimpleNamespace(
        to_lot="To the lot",
        commit="Commit the seed",
        close="Close the list and commit the seed",
        draw="Draw",
        said="Words said aloud",
        reveal="Reveal the seed",
        public="The public page of the draw",
        closed="The list is still closed",
        follow="Decide by the ranking",
        release="Release the decisions and send the letters",
        code="Type the call's code",
        program="The program",
        to_vote="To the vote",
        record="Record the vote",
        reason="Reason",
        twice="is given to",
    ),
}


@pytest.fixture
def now(transactional_db):
    return timezone.now()


def judged_call(officer, now, ties):
    call = make_call(officer, now=now, state="judging", envelope=250_000, most=200_000, ties=ties)
    return call, make_judged(call, officer=officer, now=now, scores=SCORES)


def cells(page, selector: str) -> list[str]:
    page.wait_for_load_state()
    return [cell.strip() for cell in page.locator(selector).all_inner_texts()]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_lot_on_the_cut_line(enter, browse, look, director, officer, now, language):
    call, judged = judged_call(officer, now, "[lot]")
    words, page, visitor = WORDS[language], enter(director, language=language), browse()
    page.goto(f"/{language}/desk/calls/{call.slug}/decisions/")
    look(page)

    page.get_by_role("link", name=words.to_lot).click()
    look(page)
    page.get_by_role("link", name=words.commit).click()
    look(page)
    page.get_by_role("button", name=words.close).click()
    page.get_by_role("link", name=words.draw, exact=True).click()
    look(page)
    page.get_by_label(words.said).fill("дождь будет к вечеру")
    page.get_by_role("button", name=words.draw, exact=True).click()
    page.get_by_role("link", name=words.reveal).click()
    page.get_by_role("button", name=words.reveal).click()
    look(page)
    draw = Draw.objects.get()
    winner = draw.order()[0].code
    assert [row.number for row in ranking_of(call, now=now)][1] == winner

    page.get_by_role("link", name=words.public).click()
    assert cells(page, "td.half.strong") == [one.code for one in draw.order()]
    look(page)
    visitor.goto(f"/{language}/lots/{draw.uid}/")
    visitor.get_by_text(words.closed).wait_for()
    assert (visitor.get_by_text(draw.seed_hash).count(), visitor.get_by_text(winner).count()) == (1, 0)

    page.goto(f"/{language}/desk/calls/{call.slug}/decisions/follow/")
    page.get_by_role("button", name=words.follow).click()
    page.goto(f"/{language}/desk/calls/{call.slug}/release/")
    page.get_by_label(words.code).fill(call.code)
    page.get_by_role("button", name=words.release).click()
    page.wait_for_url("**/decisions/")
    visitor.reload()
    assert cells(visitor, "td.half.strong") == [one.code for one in draw.order()]
    visitor.get_by_text(words.program, exact=True).click()
    look(visitor)
    judged[1].refresh_from_db()
    assert judged[1].state == ("funded" if winner == judged[1].number else "reserve")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_chair_parts_equals(enter, look, director, officer, now, language):
    call, judged = judged_call(officer, now, "[vote]")
    words, page = WORDS[language], enter(director, language=language, javascript=language == "en")
    page.goto(f"/{language}/desk/calls/{call.slug}/decisions/")
    page.get_by_role("link", name=words.to_vote).click()

    for application in judged[1:]:
        page.get_by_label(application.number).select_option("2")
    page.get_by_label(words.reason).fill("Второй проект нужнее: такого в посёлке ещё нет.")
    page.get_by_role("button", name=words.record).click()
    page.locator(".summary", has_text=words.twice).wait_for()
    if language == "en":
        look(page)
    page.get_by_label(judged[1].number).select_option("3")
    page.get_by_role("button", name=words.record).click()
    page.wait_for_url("**/decisions/#*")

    assert Vote.objects.get().order == [judged[2].number, judged[1].number]
    assert [row.pk for row in ranking_of(call, now=now)] == [judged[0].pk, judged[2].pk, judged[1].pk]
