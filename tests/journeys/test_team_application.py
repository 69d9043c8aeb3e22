"""An organisation applies with a team: a teammate writes, another agrees by a letter's link without an account, a correction round, sent again."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.people.actions import publish_consent_document
from grants.applications.actions import return_application
from grants.applications.models import Application
from grants.proposals.invitations import token_of
from grants.proposals.models import TeamMember
from tests.factories.applications import ROWS, consent
from tests.factories.calls import make_call

from .test_applicant import press

WORDS = {
    "ru": SimpleNamespace(
        add="Добавить организацию",
        begin="Начать заявку",
        invite="Отправить приглашение",
        join="Согласиться и войти в команду",
        on="Сохранить и продолжить",
        send="Отправить заявку",
        resend="Отправить исправления",
        back="Нужны правки",
        word="Со слов",
    ),
    "en": SimpleNamespace(
        add="Add the organisation",
        begin="Begin the application",
        invite="Send the invitation",
        join="I agree and join",
        on="Save and continue",
        send="Send application",
        resend="Send the corrections",
        back="Corrections needed",
        word="By their own word",
    ),
}


@pytest.fixture
def call(officer):
    now = timezone.now()
    publish_consent_document("processing", by=None, now=now, text_ru="Согласен.", text_en="I agree.")
    return make_call(officer, now=now)


def register(page, language, words) -> None:
    page.goto(f"/{language}/desk/organisations/register/")
    page.locator("[name=kind][value=company]").check()
    page.locator("[name=name]").fill("Светлый цех")
    page.locator("[name=inn]").fill("7707 083 893")
    page.locator("[name=position]").fill("директор")
    press(page, words.add)
    page.get_by_text(words.word).first.wait_for()


def begin(page, language, words, call) -> Application:
    page.goto(f"/{language}/desk/applications/start/{call.slug}/")
    page.locator("[name=e_town][value=yes]").check()
    page.locator("[name=applicant_kind][value=organisation]").check()
    page.locator("[name=organisation]").select_option(label="Светлый цех")
    press(page, words.begin)
    page.locator("a[href$='/applicant/']").wait_for()
    return Application.objects.get()


def invite(page, draft, language, words, *, name, email, rights) -> TeamMember:
    page.goto(f"/{language}/desk/applications/{draft.uid}/team/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator(f"[name=rights][value={rights}]").check()
    press(page, words.invite)
    page.get_by_text(name).first.wait_for()
    return TeamMember.objects.get(email=email)


def write(page, draft, language, words) -> None:
    """The teammate's part: answers and costs, each reached from the list of tasks."""
    page.goto(f"/{language}/desk/applications/{draft.uid}/")
    for section, answers in {
        "idea": {"change": "Во дворе появится сцена.", "contact": "Вечером"},
        "plan": {"months": "3"},
    }.items():
        page.locator(f"a[href$='/{draft.uid}/section/{section}/']").click()
        for key, text in answers.items():
            page.locator(f"[name=q_{key}]").fill(text)
        press(page, words.on)
    page.locator(f"a[href$='/{draft.uid}/costs/']").click()
    page.locator("[name=rows-0-category]").select_option(ROWS[0]["category"])
    for column in ("title", "quantity", "unit_price", "own"):
        page.locator(f"[name=rows-0-{column}]").fill(ROWS[0][column])
    press(page, words.on)
    page.locator(f"a[href$='/{draft.uid}/submit/']").first.wait_for()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_organisation_applies_with_a_team(enter, browse, look, call, officer, applicant, teammate, language):
    words, page = WORDS[language], enter(applicant, language=language)
    for account in (applicant, teammate):
        consent(account, now=timezone.now())
    register(page, language, words)
    look(page)
    draft = begin(page, language, words, call)
    page.locator("a[href$='/applicant/']").click()
    page.locator("[name=payee_kind]").select_option("company")
    look(page)
    press(page, words.on)
    page.locator("a[href$='/team/']").first.wait_for()

    # One writes with an account, one has none and agrees by the link of the letter.
    invited = invite(page, draft, language, words, name="Илья Ветров", email=teammate.email, rights="edit")
    stranger = invite(page, draft, language, words, name="Вера Озерова", email="vera@example.org", rights="view")
    look(page)
    mate = enter(teammate, language=language)
    mate.goto(f"/{language}/desk/invitations/{invited.uid}/")
    press(mate, words.join)
    mate.locator("a[href$='/desk/applications/']").first.wait_for()
    write(mate, draft, language, words)
    page.goto(f"/{language}/desk/applications/{draft.uid}/submit/")
    page.locator(".note a[href*='/team/']").wait_for()  # refused until everyone named has agreed
    press(page, words.send)
    page.locator(".summary").wait_for()
    guest = browse(language=language, width=390)
    guest.goto(f"/{language}/invitations/{token_of(stranger)}/")
    guest.locator("[name=purpose_processing]").check()
    look(guest)
    press(guest, words.join)
    guest.locator("a[href$='/desk/applications/']").first.wait_for()
    page.goto(f"/{language}/desk/applications/{draft.uid}/submit/")
    press(page, words.send)
    page.locator("dl.facts code").wait_for()
    draft.refresh_from_db()
    assert (draft.state, draft.organisation.name, draft.payee) == ("submitted", "Светлый цех", "company")

    # Given back: one place is open, all others are not; then sent again.
    now = timezone.now()
    marks = [{"section": "idea", "question": "change", "remark": "Напишите, для кого сцена."}]
    return_application(application=draft, marks=marks, until=now + timedelta(days=3), by=officer, now=now, why="Одно место.")
    mate.goto(f"/{language}/desk/applications/{draft.uid}/")
    mate.get_by_text(words.back).first.wait_for()
    look(mate)
    assert mate.goto(f"/{language}/desk/applications/{draft.uid}/section/plan/").status == 409
    mate.goto(f"/{language}/desk/applications/{draft.uid}/section/idea/")
    assert mate.locator("[name=q_contact]").count() == 0
    mate.locator("[name=q_change]").fill("Во дворе появится сцена для школьников.")
    press(mate, words.on)
    mate.locator(f"a[href$='/{draft.uid}/submit/']").first.wait_for()
    page.goto(f"/{language}/desk/applications/{draft.uid}/submit/")
    look(page)
    press(page, words.resend)
    page.locator("dl.facts code").wait_for()
    draft.refresh_from_db()
    assert (draft.state, draft.receipt.snapshot["answers"]["change"]) == ("submitted", "Во дворе появится сцена для школьников.")
