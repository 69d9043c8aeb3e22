"""A released call: anyone reads from its page what it gave; an expert reads how their scores lie beside the others'."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.people.actions import give_consent
from fund.people.models import ConsentDocument
from grants.councils.actions import follow_ranking, release
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet

WORDS = {
    "ru": SimpleNamespace(results="Посмотреть итоги", beside="Мои оценки рядом с остальными", how="Как это посчитано"),
    "en": SimpleNamespace(results="See the results", beside="My scores beside the others'", how="How it is counted"),
}


@pytest.fixture
def released(transactional_db, expert, officer, director):
    """Six applications judged by the expert and two of three others; the first author agrees to be named."""
    now = timezone.now()
    call = make_call(officer, now=now, state="judging", envelope=450_000)
    others = [make_expert() for _ in range(3)]
    made = []
    for place in range(6):
        application = make_admitted(call, now=now)
        hand_in(make_sheet(application, expert, officer=officer, now=now), now=now, use=str(5 - place % 3), plan="3")
        for step in range(2):
            sheet = make_sheet(application, others[(place + step) % 3], officer=officer, now=now)
            hand_in(sheet, now=now, use=str(4 - place % 3), plan=str(3 + step))
        made.append(application)
    person = made[0].owner.person
    document = ConsentDocument.objects.current().get(purpose="publishing")
    give_consent(person, document, by=person.account, now=now, how="page")
    follow_ranking(call=call, by=director, now=now)
    release(call=call, by=director, now=now)
    return SimpleNamespace(call=call, named=person, applications=made)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_anyone_reads_what_a_call_gave(browse, look, released, language):
    page = browse(language=language)
    page.goto(f"/{language}/calls/{released.call.slug}/")

    page.get_by_role("link", name=WORDS[language].results).click()

    assert page.get_by_text(released.named.last_name).count() == 1
    assert page.get_by_text(released.applications[1].owner.person.last_name).count() == 0
    look(page)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_expert_reads_their_own_severity(enter, look, expert, released, language):
    words, page = WORDS[language], enter(expert, language=language)
    page.goto(f"/{language}/desk/reviews/")

    page.get_by_role("link", name=words.beside).click()
    page.get_by_text(words.how).click()

    assert page.locator("svg.strip .rest").count() == 3
    look(page)
