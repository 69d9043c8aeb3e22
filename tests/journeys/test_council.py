"""A council meets: called, opened, voted on phones, closed with a protocol that anyone can verify; nobody outside learns a thing."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.documents.actions import draw_paper
from fund.documents.models import Paper
from fund.notices.models import Notice
from grants.councils.models import Decision, Meeting
from tests.factories.calls import make_call
from tests.factories.councils import make_council
from tests.factories.reviews import make_judged

WORDS = {
    "ru": SimpleNamespace(
        call="Созвать совет",
        begins="Начало",
        place="Место",
        invite="Назначить заседание и пригласить всех",
        came="Отметить, кто пришёл",
        write="Отметить",
        open="Открыть заседание",
        put="Голосовать по пункту {}",
        close_item="Закрыть пункт {}",
        yes="За",
        close="Закрыть заседание",
        sign="Подписать протокол",
        protocol="Протокол заседания совета",
        check="Проверить документ",
        code="Код проверки",
        genuine="Документ подлинный и действует",
    ),
    "en": SimpleNamespace(
        call="Call a meeting",
        begins="Begins",
        place="Place",
        invite="Call the meeting and invite everyone",
        came="Write down who came",
        write="Write down",
        open="Open the meeting",
        put="Put item {} to the vote",
        close_item="Close item {}",
        yes="For",
        close="Close the meeting",
        sign="Sign the protocol",
        protocol="Protocol of a council meeting",
        check="Check the paper",
        code="Check code",
        genuine="This paper is genuine and in force",
    ),
}


@pytest.fixture
def now(transactional_db):
    return timezone.now()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_council_from_its_agenda_to_a_verified_protocol(enter, look, browse, officer, director, call, now, language):
    judged = make_judged(call, officer=officer, now=now, scores=[("5", "5"), ("4", "4")])
    council, words = make_council(2), WORDS[language]
    desk = enter(officer, language=language)
    desk.goto(f"/{language}/desk/calls/{call.slug}/meetings/")
    desk.get_by_role("link", name=words.call, exact=True).click()
    look(desk)
    desk.get_by_label(words.begins).fill((now + timedelta(days=2)).strftime("%Y-%m-%dT16:00"))
    desk.get_by_role("textbox", name=words.place).fill("Технополис GS")
    desk.get_by_role("button", name=words.invite).click()
    look(desk)
    meeting = Meeting.objects.get()

    desk.get_by_role("link", name=words.came).click()
    desk.get_by_role("button", name=words.write, exact=True).click()
    desk.get_by_role("link", name=words.open).click()
    desk.get_by_role("button", name=words.open).click()
    for number in (1, 2):
        desk.get_by_role("button", name=words.put.format(number)).click()
        for member in (director, *council):
            phone = enter(member, language=language, width=390)
            phone.goto(f"/{language}/desk/meetings/{meeting.uid}/votes/")
            phone.get_by_role("button", name=words.yes, exact=True).click()
            phone.locator("[aria-pressed=true]", has_text=words.yes).wait_for()
            if number == 1 and member == council[0]:
                look(phone)
            phone.context.close()
        desk.reload()
        if number == 1:
            look(desk)
        desk.get_by_role("button", name=words.close_item.format(number)).click()
    assert list(Decision.objects.order_by("pk").values_list("application", "outcome")) == [(one.pk, "fund") for one in judged]
    assert not Notice.objects.filter(account__in=[one.owner for one in judged]).exists()

    desk.get_by_role("link", name=words.close).click()
    desk.get_by_role("button", name=words.close).click()
    paper = Paper.objects.get()
    draw_paper(paper, now=now)
    desk.get_by_role("link", name=words.sign).click()
    desk.get_by_role("button", name=words.sign).click()
    desk.get_by_role("link", name=words.protocol, exact=True).click()
    look(desk)

    visitor = browse(language=language)
    visitor.goto(f"/{language}/verify/")
    look(visitor)
    visitor.get_by_label(words.code).fill(paper.written_code.lower().replace("-", " "))
    visitor.get_by_role("button", name=words.check).click()
    visitor.get_by_role("heading", name=words.genuine).wait_for()
    assert not visitor.get_by_text(judged[0].title).count()
    look(visitor)
