"""An applicant finds out whether the call fits, fills a draft that saves itself, sends it, and has the receipt; with a team, without scripts."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.people.actions import publish_consent_document
from fund.questions.models import Answers
from grants.applications.actions import return_application
from grants.applications.models import Application
from grants.proposals.models import TeamMember
from tests.factories.applications import make_ready, make_submitted
from tests.factories.calls import make_call

WORDS = {
    "ru": SimpleNamespace(
        begin="Начать заявку",
        unfit="Этот конкурс не подходит",
        again="Ответить заново",
        not_sent="НЕ отправлена",
        saved=re.compile(r"Сохранено в \d\d:\d\d"),
        on="Сохранить и продолжить",
        check="Проверить и отправить",
        consent="Обработка персональных данных",
        save="Сохранить",
        send="Отправить заявку",
        ours=re.compile(r"Заявка \S+-001 у нас"),
        withdraw="Отозвать",
        really="Отозвать заявку",
        withdrawn="Заявка отозвана",
    ),
    "en": SimpleNamespace(
        begin="Begin the application",
        unfit="This call does not fit",
        again="Answer again",
        not_sent="NOT sent",
        saved=re.compile(r"Saved at \d\d:\d\d"),
        on="Save and continue",
        check="Check and send",
        consent="Processing of personal data",
        save="Save",
        send="Send application",
        ours=re.compile(r"We have application \S+-001"),
        withdraw="Withdraw",
        really="Withdraw the application",
        withdrawn="The application is withdrawn",
    ),
}


@pytest.fixture
def call(officer):
    now = timezone.now()
    publish_consent_document("processing", by=None, now=now, text_ru="Согласен.", text_en="I agree.")
    return make_call(officer, now=now)


def press(page, name: str) -> None:
    """The button people see; forms carry a hidden twin of it for the Enter key."""
    page.get_by_role("button", name=name, exact=True).and_(page.locator(":not(.vh)")).click()


def begin(page, words) -> None:
    page.locator("[name=e_town][value=yes]").check()
    page.locator("[name=applicant_kind][value=person]").check()
    press(page, words.begin)


def fill_costs(page, words) -> None:
    page.locator("[name=rows-0-category]").select_option("things")
    for column, text in {"title": "Доски", "quantity": "10", "unit_price": "9 000", "own": "15 000"}.items():
        page.locator(f"[name=rows-0-{column}]").fill(text)
    press(page, words.on)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_applicant_sends_an_application(enter, look, call, applicant, language):
    words, page = WORDS[language], enter(applicant, language=language)
    page.goto(f"/{language}/calls/{call.slug}/")
    page.locator("a[href*='/applications/start/']:visible").first.click()
    look(page)
    page.locator("[name=e_town][value=no]").check()
    page.locator("[name=applicant_kind][value=person]").check()
    press(page, words.begin)
    page.get_by_role("heading", name=words.unfit).wait_for()
    look(page)
    page.get_by_role("link", name=words.again).click()

    begin(page, words)
    page.get_by_text(words.not_sent).wait_for()
    look(page)
    draft = Application.objects.get()

    page.locator(f"a[href$='/{draft.uid}/section/idea/']").click()
    page.wait_for_load_state("networkidle")
    page.locator("[name=q_change]").fill("Во дворе появится место для встреч.")
    page.get_by_text(words.saved).wait_for()
    assert Answers.objects.about(draft).get().values["change"].startswith("Во дворе")
    look(page)
    page.locator("[name=q_contact]").fill("Вечером")
    press(page, words.on)
    page.locator(f"a[href$='/{draft.uid}/section/plan/']").click()
    page.locator("[name=q_months]").fill("3")
    press(page, words.on)
    page.locator(f"a[href$='/{draft.uid}/costs/']").click()
    look(page)
    fill_costs(page, words)
    page.locator(f"a[href$='/{draft.uid}/files/']").click()
    page.locator("[name=files]").set_input_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.locator(".drop button").click()
    page.get_by_role("link", name="plan.pdf").wait_for()
    look(page)

    page.goto(f"/{language}/desk/applications/{draft.uid}/")
    page.get_by_role("link", name=words.check).click()
    look(page)
    page.locator(".note a[href*='consents']").click()
    page.get_by_label(words.consent).check()
    press(page, words.save)
    press(page, words.send)
    page.get_by_role("heading", name=words.ours).wait_for()
    look(page)

    draft.refresh_from_db()
    assert (draft.state, draft.amount) == ("submitted", 75000)
    page.get_by_role("link", name=words.withdraw, exact=True).click()
    look(page)
    press(page, words.really)
    page.get_by_text(words.withdrawn).first.wait_for()
    look(page)


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_an_applicant_sends_without_scripts(enter, call, applicant):
    words, page = WORDS["ru"], enter(applicant, javascript=False, width=390)
    page.goto(f"/ru/desk/applications/start/{call.slug}/")
    begin(page, words)
    draft = Application.objects.get()
    for section, answers in {"idea": {"change": "Двор станет общим.", "contact": "Вечером"}, "plan": {"months": "3"}}.items():
        page.goto(f"/ru/desk/applications/{draft.uid}/section/{section}/")
        for key, text in answers.items():
            page.locator(f"[name=q_{key}]").fill(text)
        press(page, words.on)
    page.goto(f"/ru/desk/applications/{draft.uid}/costs/")
    fill_costs(page, words)
    page.goto(f"/ru/desk/applications/{draft.uid}/submit/")
    page.locator(".note a[href*='consents']").click()
    page.get_by_label(words.consent).check()
    press(page, words.save)
    press(page, words.send)

    page.get_by_role("heading", name=words.ours).wait_for()


def test_two_people_write_one_section(browse, enter, call, applicant, teammate):
    browse.forgive("Response Status Error Code 409")
    now = timezone.now()
    draft = make_ready(call, applicant, now=now)
    TeamMember.objects.create(
        **TeamMember.key(draft), account=teammate, person=teammate.person, name="Илья", email=teammate.email, rights="edit",
        invited_by=applicant, invited_at=now, expires_at=now + timedelta(days=14), accepted_at=now, consented_at=now,
    )  # fmt: skip
    address = f"/ru/desk/applications/{draft.uid}/section/plan/"
    mine, theirs = enter(applicant), enter(teammate)
    mine.goto(address)
    theirs.goto(address, wait_until="networkidle")

    theirs.locator("[name=q_months]").fill("9")
    theirs.get_by_text(WORDS["ru"].saved).wait_for()
    mine.locator("[name=q_months]").fill("4")
    press(mine, WORDS["ru"].on)

    mine.get_by_role("heading", name=re.compile("Илья")).wait_for()
    assert mine.locator("[name=q_months]").input_value() == "4"
    assert mine.locator(".note .facts").inner_text().endswith("9")
    press(mine, WORDS["ru"].on)
    mine.wait_for_url(f"**/desk/applications/{draft.uid}/")
    assert Answers.objects.about(draft).get().values["months"] == "4"


def test_an_applicant_corrects_what_was_marked(enter, look, call, applicant, officer):
    now = timezone.now()
    application = make_submitted(call, applicant, now=now)
    marks = [{"section": "plan", "question": "months", "remark": "Три месяца мало."}]
    return_application(
        application=application, marks=marks, until=now + timedelta(days=3), by=officer, now=now, why="Почти всё хорошо."
    )
    page = enter(applicant)
    page.goto(f"/ru/desk/applications/{application.uid}/")
    look(page)

    page.get_by_role("link", name="План").click()
    page.get_by_text("Три месяца мало.").wait_for()
    page.locator("[name=q_months]").fill("6")
    press(page, "Сохранить и продолжить")
    page.get_by_role("link", name="Проверить и отправить").click()
    press(page, "Отправить исправления")

    page.get_by_role("heading", name=re.compile("у нас")).wait_for()
    application.refresh_from_db()
    assert application.receipt.snapshot["answers"]["months"] == "6"
