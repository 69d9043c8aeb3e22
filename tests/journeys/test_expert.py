"""An expert answers about conflicts, scores what is open to them, hands the sheets in: by mouse, by keys, without scripts."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from grants.reviews.models import HandIn, Sheet
from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted, make_sheet

TOTAL = "#sheet .whole output"  # there only once the sheet is handed in
WORDS = {
    "ru": SimpleNamespace(
        answer="Ответить",
        accept="Не связаны, буду оценивать",
        friend="Дружба",
        send="Отправить ответы",
        save="Сохранить",
        saved=re.compile(r"Сохранено в \d\d:\d\d"),
        hand_in="Сдать лист",
        fault="Поставьте оценку: «План»",
        all="Всем",
        back="Вернуть в форму",
        other="Взять другую версию",
    ),
    "en": SimpleNamespace(
        answer="Answer now",
        accept="No tie, I will judge it",
        friend="Is a friend",
        send="Send my answers",
        save="Save",
        saved=re.compile(r"Saved at \d\d:\d\d"),
        hand_in="Hand in the sheet",
        fault="Score “Plan”",
        all="All",
        back="Put it back",
        other="Take the other version",
    ),
}


SPREADSHEET = {
    "ru": SimpleNamespace(
        begin="Оценивать в таблице",
        download="Скачать XLSX",
        look="Сначала посмотреть",
        wrong="Строка 5, ячейка G5: «Польза»: 9 вне шкалы: от 0 до 5",
        changes="Изменится 1 черновик",
        take="Перенести в черновики",
        taken="Перенесён 1 черновик",
    ),
    "en": SimpleNamespace(
        begin="Judge in a spreadsheet",
        download="Download XLSX",
        look="Look at it first",
        wrong="Row 5, cell G5: “Use”: 9 lies outside the scale 0 to 5",
        changes="1 draft would change",
        take="Take over into drafts",
        taken="1 draft is taken over",
    ),
}


@pytest.fixture
def now(transactional_db):
    return timezone.now()


@pytest.fixture
def invited(expert, officer, now):
    """Three applications the expert is asked to judge."""
    call = make_call(officer, now=now, state="judging")
    return [make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now, accepted=False) for _ in range(3)]


@pytest.fixture
def sheet(expert, officer, now):
    return make_sheet(make_admitted(make_call(officer, now=now, state="judging"), now=now), expert, officer=officer, now=now)


def declare(page, words, invited) -> None:
    """Accepts the first two, names a friend behind the third."""
    for sheet in invited[:2]:
        page.get_by_role("group", name=sheet.application.title).get_by_label(words.accept).check()
    page.get_by_role("group", name=invited[2].application.title).get_by_label(words.friend).check()
    page.get_by_role("button", name=words.send).click()
    page.wait_for_url("**/desk/reviews/")


def follow(page, link) -> None:
    """Until the next page is loaded: before its scripts are there a mark is not saved by itself, a key does nothing."""
    with page.expect_navigation():
        link.click()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_expert_judges(enter, look, expert, invited, language):
    words, page = WORDS[language], enter(expert, language=language)
    page.goto(f"/{language}/desk/reviews/")
    look(page)

    page.get_by_role("link", name=words.answer).click()
    look(page)
    declare(page, words, invited)
    assert page.get_by_role("link", name=invited[2].application.title).count() == 0

    follow(page, page.get_by_role("link", name=invited[0].application.title))
    page.locator("[name=use_value][value='5']").check()
    page.get_by_text(words.saved).wait_for()
    assert page.locator(".chosen:visible").inner_text() == f"5 — {words.all}"
    look(page)

    follow(page, page.get_by_role("button", name=words.hand_in))
    page.get_by_role("link", name=words.fault).click()
    page.keyboard.press("3")
    look(page)
    page.get_by_role("button", name=words.hand_in).click()
    page.locator(TOTAL, has_text=re.compile("^21")).wait_for()
    look(page)

    assert HandIn.objects.get().sheet == invited[0]
    assert sorted(Sheet.objects.values_list("state", flat=True)) == ["accepted", "conflicted", "submitted"]


def test_an_expert_judges_without_scripts(enter, expert, invited):
    words, page = WORDS["ru"], enter(expert, javascript=False, width=390)
    page.goto("/ru/desk/reviews/")
    page.get_by_role("link", name=words.answer).click()
    declare(page, words, invited)
    page.get_by_role("link", name=invited[0].application.title).click()

    page.locator("[name=use_value][value='4']").check()
    page.get_by_role("button", name=words.save).click()
    page.get_by_text(words.saved).wait_for()
    page.locator("[name=plan_value][value='na']").check()
    page.get_by_role("button", name=words.hand_in).click()

    page.locator(TOTAL, has_text="20,0").wait_for()
    assert HandIn.objects.get().scores["plan"]["value"] is None


def test_keys_walk_and_score(enter, expert, officer, now):
    call = make_call(officer, now=now, state="judging")
    for _ in range(2):
        make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now)
    page = enter(expert)
    page.goto("/ru/desk/reviews/")
    follow(page, page.locator(".tasks a").first)
    first = page.url

    page.locator("body").press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[name=use_value]").first.focus()
    page.keyboard.press("4")
    page.get_by_text(WORDS["ru"].saved).wait_for()
    page.keyboard.press("j" if page.locator("[data-key=j]").count() else "k")
    page.wait_for_url(lambda url: url.partition("#")[0] != first)

    assert Sheet.objects.get(state="draft").draft["use"]["value"] == "4"


def test_two_windows_lose_nothing(browse, enter, expert, sheet):
    browse.forgive("Response Status Error Code 409")
    words, address = WORDS["ru"], f"/ru/desk/reviews/sheets/{sheet.uid}/"
    page = enter(expert)
    other = page.context.new_page()
    page.goto(address)
    other.goto(address)
    page.locator("[name=use_value][value='4']").check()
    page.get_by_text(words.saved).wait_for()

    other.locator("[name=use_value][value='1']").check()
    other.locator("#messages .note.danger").wait_for()
    other.reload()
    assert other.locator("[name=use_value]:checked").get_attribute("value") == "4"
    other.get_by_role("button", name=words.back).click()
    other.get_by_text(words.saved).wait_for()
    page.locator("#id_remark").fill("Сильная идея")
    page.get_by_role("button", name=words.hand_in).click()
    page.get_by_role("link", name=words.other).wait_for()

    sheet.refresh_from_db()
    assert (sheet.draft["use"]["value"], sheet.state) == ("1", "draft")
    assert page.locator("#id_remark").input_value() == "Сильная идея"


def test_a_button_pressed_while_saving_waits_for_it(enter, expert, sheet):
    words, page = WORDS["ru"], enter(expert)
    page.goto(f"/ru/desk/reviews/sheets/{sheet.uid}/")
    page.locator("[name=use_value][value='4']").check()
    page.locator("[name=plan_value][value='3']").check()

    page.locator("#id_remark").fill("Сильная идея")
    page.get_by_role("button", name=words.hand_in).click()
    page.locator(TOTAL, has_text="18,0").wait_for()

    assert HandIn.objects.get().remark == "Сильная идея"


def test_the_whole_sheet_is_in_reach_of_a_narrow_screen(enter, expert, sheet):
    page = enter(expert, width=320)
    page.goto(f"/ru/desk/reviews/sheets/{sheet.uid}/")

    page.get_by_role("link", name="Лист оценки", exact=True).click()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Сдать лист").scroll_into_view_if_needed()
    assert page.get_by_role("button", name="Сдать лист").is_visible()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_expert_judges_in_a_spreadsheet(browse, enter, look, expert, sheet, tmp_path, language):
    """Down, filled in with a slip, named by its cell, mended, seen, taken over; handed in on the sheet's own page."""
    browse.forgive("Response Status Error Code 422")
    words, page = SPREADSHEET[language], enter(expert, language=language)
    page.goto(f"/{language}/desk/reviews/")
    page.get_by_role("link", name=words.begin).click()
    look(page)

    with page.expect_download() as downloaded:
        page.get_by_role("link", name=words.download).click()
    downloaded.value.save_as(tmp_path / "sheets.xlsx")
    load(page, words, filled(tmp_path, G5=9, G6=3))
    page.get_by_text(words.wrong).wait_for()
    look(page)
    load(page, words, filled(tmp_path, G5=4, G6=3, H7="Двор оживёт"))
    page.get_by_role("heading", name=words.changes).wait_for()
    look(page)
    page.get_by_role("button", name=words.take).click()
    page.get_by_text(words.taken).wait_for()

    sheet.refresh_from_db()
    assert (sheet.state, HandIn.objects.count()) == ("draft", 0)
    page.get_by_role("link", name=sheet.application.title).click()
    assert page.locator("[name=use_value]:checked").get_attribute("value") == "4"
    page.get_by_role("button", name=WORDS[language].hand_in).click()
    page.locator(TOTAL, has_text=re.compile("^18")).wait_for()
    assert HandIn.objects.get().remark == "Двор оживёт"


def filled(folder, **cells):
    """The downloaded file with these cells written, as a spreadsheet program saves it."""
    book = load_workbook(folder / "sheets.xlsx")
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    book.save(folder / "filled.xlsx")
    return folder / "filled.xlsx"


def load(page, words, path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name=words.look).click()


def test_a_late_expert_is_told_the_day(enter, expert, sheet, now):
    Sheet.objects.update(due_at=now - timedelta(days=1))
    page = enter(expert)

    page.goto("/ru/desk/reviews/")

    assert page.get_by_text(re.compile("^Срок был")).is_visible()
