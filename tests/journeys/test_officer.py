"""An officer goes through the intake queue: ticks, returns for correction, admits, refuses with a reason, decides on a late request,
signs the protocol of admission."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.documents.models import Paper
from grants.applications.actions import admit_application, ask_late, lapse_application
from grants.calls.actions import close_call
from tests.factories.applications import make_ready, make_submitted
from tests.factories.calls import make_call

WORDS = {
    "ru": {"ticks": "Сохранить отметки", "return": "Вернуть на исправление", "admit": "Допустить к оценке", "sure": "Допустить",
           "refuse": "Не допустить", "late": "Просьбы после срока", "look": "Посмотреть и решить", "decide": "Решить", "by": "Отметка:", "sign": "Подписать и выпустить",
           "anew": "Подписать и выпустить заново", "void": "Недействителен", "paper": "Протокол допуска к оценке"},
    "en": {"ticks": "Save the ticks", "return": "Return for correction", "admit": "Admit to scoring", "sure": "Admit",
           "refuse": "Do not admit", "late": "Late requests", "look": "Look and decide", "decide": "Decide", "by": "Ticked by", "sign": "Sign and issue",
           "anew": "Sign and issue anew", "void": "Void", "paper": "Protocol of admission to scoring"},
}  # fmt: skip


@pytest.fixture
def sent(officer):
    now = timezone.now()
    call = make_call(officer, now=now)
    return [make_submitted(call, now=now) for _ in range(3)]


def open_one(page, language: str, application) -> None:
    page.goto(f"/{language}/desk/intake/")
    page.locator(f"a[href$='/intake/{application.uid}/']").click()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_officer_checks(enter, look, officer, sent, language):
    words, page = WORDS[language], enter(officer, language=language)
    back, good, bad = sent
    page.goto(f"/{language}/desk/intake/")
    look(page)

    open_one(page, language, good)
    page.locator("[name=checks]").first.check()
    page.get_by_role("button", name=words["ticks"]).click()
    assert page.locator("[name=checks]").first.is_checked()
    page.get_by_text(words["by"]).wait_for()
    look(page)
    page.get_by_role("link", name=words["admit"]).click()
    look(page)
    page.get_by_role("button", name=words["sure"], exact=True).click()

    open_one(page, language, back)
    page.get_by_role("link", name=words["return"]).click()
    look(page)
    page.locator("[name=mark_2]").check()
    page.locator("[name=remark_2]").fill("Мало месяцев")
    page.get_by_role("button", name=words["return"]).click()

    open_one(page, language, bad)
    page.get_by_role("link", name=words["refuse"]).click()
    page.get_by_role("button", name=words["refuse"]).click()
    page.locator(".summary").wait_for()
    look(page)
    page.locator("[name=reasons]").first.check()
    page.get_by_role("button", name=words["refuse"]).click()

    page.wait_for_url("**/desk/intake/")
    for application in sent:
        application.refresh_from_db()
    assert [application.state for application in sent] == ["returned", "admitted", "not_admitted"]
    assert back.marks == [{"section": "plan", "question": "months", "remark": "Мало месяцев"}]


def test_an_officer_takes_a_late_one(enter, look, officer):
    now = timezone.now()
    draft = make_ready(make_call(officer, now=now), now=now)
    after = draft.closes_at + timedelta(hours=1)
    lapse_application(application=draft, now=after)
    ask_late(application=draft, why="Отключили свет", by=draft.owner, now=after)
    words, page = WORDS["ru"], enter(officer)

    page.goto("/ru/desk/intake/")
    page.get_by_role("link", name=words["late"]).click()
    page.locator(f"a[href$='/intake/{draft.uid}/']").click()
    page.get_by_role("link", name=words["look"]).click()
    page.get_by_text("Отключили свет").wait_for()
    look(page)
    page.locator("[name=decision][value=accept]").check()
    page.get_by_role("button", name=words["decide"]).click()

    page.wait_for_url("**/desk/intake/")
    draft.refresh_from_db()
    assert draft.state == "submitted"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_officer_signs_the_protocol_of_admission(enter, look, officer, language):
    now = timezone.now()
    call = make_call(officer, now=now - timedelta(days=12))
    good, bad = (make_submitted(call, now=now - timedelta(days=12)) for _ in range(2))
    close_call(call, now=now)
    admit_application(application=good, by=officer, now=now)
    words, page = WORDS[language], enter(officer, language=language)

    page.goto(f"/{language}/desk/intake/call/{call.slug}/")
    page.locator("a[href$='/admission/']").click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name=words["sign"]).count() == 0
    page.locator(f"a[href$='/intake/{bad.uid}/']").click()
    page.get_by_role("link", name=words["refuse"]).click()
    page.locator("[name=reasons]").first.check()
    page.get_by_role("button", name=words["refuse"]).click()

    page.goto(f"/{language}/desk/intake/call/{call.slug}/admission/")
    look(page)
    page.get_by_role("button", name=words["sign"], exact=True).click()
    page.locator("[name=why]").fill("Опечатка")
    page.get_by_role("button", name=words["anew"]).click()
    page.get_by_text(words["void"], exact=True).wait_for()
    look(page)

    page.locator("a[href*='/papers/']").first.click()
    page.get_by_role("heading", name=words["paper"]).wait_for()
    page.get_by_text(good.number).first.wait_for()
    look(page)
    assert list(Paper.objects.about(call).values_list("void__why", flat=True)) == ["Опечатка", None]
