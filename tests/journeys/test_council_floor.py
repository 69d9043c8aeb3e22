"""A council meets without a call: a side answers and proposes by its link, proposals are voted on, the outcome is published and followed up."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.documents.actions import draw_paper
from fund.documents.models import Paper
from grants.councils.links import token_of
from grants.councils.models import FollowUp, Meeting, Motion, Side
from tests.factories.councils import make_council

WORDS = {
    "ru": SimpleNamespace(
        convene="Созвать заседание без конкурса",
        about="О чём заседание",
        begins="Начало",
        place="Место",
        agenda="Повестка",
        send="Созвать заседание и пригласить членов совета",
        invite="Пригласить сторону",
        side="Сторона",
        whom="Кому письмо",
        mail="Электронная почта",
        send_invitation="Отправить приглашение",
        we_send="Направим представителя",
        instead="Кто придёт вместо вас",
        answer="Отправить ответ",
        propose="Внести предложение",
        hand_in="Внести предложение",
        proposal="Предложение",
        came="Отметить, кто пришёл",
        write="Отметить",
        open="Открыть заседание",
        reword="Изменить формулировку",
        save_wording="Сохранить новую формулировку",
        put="Голосовать по предложению {}",
        yes="За",
        close_item="Закрыть пункт {}",
        close="Закрыть заседание",
        to_outcome="К итоговому документу",
        who="Кто отвечает",
        by="К какому дню",
        entrust="Поручить",
        issue="Выпустить итоговый документ",
        publish="Опубликовать итоговый документ",
        done="Исполнено",
        words="Несколько слов",
        save="Сохранить",
    ),
    "en": SimpleNamespace(
        convene="Convene a meeting without a call",
        about="What the meeting is about",
        begins="Begins",
        place="Place",
        agenda="Agenda",
        send="Convene the meeting and invite its members",
        invite="Invite a side",
        side="Side",
        whom="Whom the letter addresses",
        mail="E-mail",
        send_invitation="Send the invitation",
        we_send="We send somebody",
        instead="Who comes instead",
        answer="Send the answer",
        propose="Make a proposal",
        hand_in="Hand in the proposal",
        proposal="Proposal",
        came="Write down who came",
        write="Write down",
        open="Open the meeting",
        reword="Reword",
        save_wording="Save the new wording",
        put="Put proposal {} to the vote",
        yes="For",
        close_item="Close item {}",
        close="Close the meeting",
        to_outcome="To the outcome document",
        who="Who answers for it",
        by="By",
        entrust="Entrust",
        issue="Issue the outcome document",
        publish="Publish the outcome document",
        done="Done",
        words="A few words about it",
        save="Save",
    ),
}
FIRST, LATER = "Проложить общий маршрут.", "Проложить общий пеший маршрут, 14 км."


@pytest.fixture
def now(transactional_db):
    return timezone.now()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_meeting_without_a_call_from_the_invitation_to_the_follow_up(enter, look, browse, officer, director, now, language):
    council, words = make_council(2), WORDS[language]
    desk = enter(officer, language=language)
    desk.goto(f"/{language}/desk/meetings/")
    desk.get_by_role("link", name=words.convene).click()
    desk.get_by_label(words.about).fill("Малые города")
    desk.get_by_label(words.begins).fill((now + timedelta(days=2)).strftime("%Y-%m-%dT16:00"))
    desk.get_by_role("textbox", name=words.place).fill("Зал «Орбита»")
    desk.get_by_label(words.agenda).fill("Общие маршруты | Игорь Саблин")
    look(desk)
    desk.get_by_role("button", name=words.send).click()
    meeting = Meeting.objects.get()
    desk.get_by_role("link", name=words.invite).click()
    desk.get_by_role("textbox", name=words.side).fill("Администрация района")
    desk.get_by_label(words.whom).fill("Игорь Саблин, глава")
    desk.get_by_label(words.mail).fill("sablin@example.org")
    look(desk)
    desk.get_by_role("button", name=words.send_invitation).click()
    look(desk)

    side = Side.objects.get()
    guest = browse(language=language, width=390)
    guest.goto(f"/{language}/invited/{token_of(side)}/")
    look(guest)
    guest.get_by_label(words.we_send).check()
    guest.get_by_role("textbox", name=words.instead).fill("Пётр Шах")
    guest.get_by_role("button", name=words.answer).click()
    guest.get_by_role("link", name=words.propose).click()
    guest.get_by_role("textbox", name=words.proposal).fill(FIRST)
    look(guest)
    guest.get_by_role("button", name=words.hand_in).click()
    guest.get_by_text(FIRST).wait_for()

    desk.goto(f"/{language}/desk/council/{meeting.uid}/")
    desk.get_by_role("link", name=words.came).click()
    desk.get_by_role("button", name=words.write, exact=True).click()
    desk.get_by_role("link", name=words.open).click()
    desk.get_by_role("button", name=words.open).click()
    desk.get_by_role("link", name=words.reword).click()
    desk.get_by_role("textbox", name=words.proposal).fill(LATER)
    desk.get_by_role("button", name=words.save_wording).click()
    desk.get_by_role("button", name=words.put.format(1)).click()
    for member in (director, *council):
        phone = enter(member, language=language, width=390)
        phone.goto(f"/{language}/desk/meetings/{meeting.uid}/votes/")
        phone.get_by_role("button", name=words.yes, exact=True).click()
        phone.locator("[aria-pressed=true]", has_text=words.yes).wait_for()
        if member == director:
            look(phone)
        phone.context.close()
    desk.reload()
    look(desk)
    desk.get_by_role("button", name=words.close_item.format(1)).click()
    desk.get_by_role("link", name=words.close).click()
    desk.get_by_role("button", name=words.close).click()

    desk.get_by_role("link", name=words.to_outcome).click()
    desk.get_by_role("link", name=words.who).click()
    desk.get_by_label(words.who).select_option(f"side-{side.pk}")
    desk.get_by_label(words.by, exact=True).fill((now + timedelta(days=30)).strftime("%Y-%m-%d"))
    desk.get_by_role("button", name=words.entrust).click()
    desk.get_by_role("link", name=words.issue).click()
    desk.get_by_role("button", name=words.issue).click()
    draw_paper(Paper.objects.get(kind="councils.outcome"), now=now)
    desk.reload()
    look(desk)
    head = enter(director, language=language)
    head.goto(f"/{language}/desk/council/{meeting.uid}/outcome/")
    head.get_by_role("link", name=words.publish).click()
    head.get_by_role("button", name=words.publish).click()

    guest.goto(f"/{language}/invited/{token_of(side)}/")
    guest.get_by_role("link", name=LATER).click()
    guest.get_by_label(words.done, exact=True).check()
    guest.get_by_label(words.words).fill("Маршрут открыт.")
    guest.get_by_role("button", name=words.save).click()
    look(guest)
    assert [(one.state, one.word) for one in FollowUp.objects.all()] == [("done", "Маршрут открыт.")]

    visitor = browse(language=language)
    visitor.goto(f"/{language}/council/")
    look(visitor)
    visitor.get_by_role("link", name="Малые города").click()
    for told in (LATER, "Администрация района", "Маршрут открыт."):
        visitor.get_by_text(told).first.wait_for()
    look(visitor)
    assert not visitor.get_by_text(officer.person.last_name).count()
    assert Motion.objects.get().wordings.count() == 2
