"""An officer writes a regulation from nothing in the editor: part by part, an example red then green, to the opened call."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from grants.calls.models import Call, Sketch

WORDS = {
    "ru": {"new": "Новый конкурс", "begin": "Начать положение", "on": "Сохранить и продолжить", "section": "Добавить раздел",
           "question": "Добавить вопрос", "category": "Добавить статью", "criterion": "Добавить критерий со шкалой",
           "example": "Добавить пример", "check": "Проверить и ввести в действие", "force": "Ввести в действие",
           "open": "Открыть приём сейчас", "red": "не сходится", "left": "Что осталось"},
    "en": {"new": "A new call", "begin": "Begin the regulation", "on": "Save and continue", "section": "Add a section",
           "question": "Add a question", "category": "Add a category", "criterion": "Add a criterion with a scale",
           "example": "Add an example", "check": "Check and put in force", "force": "Put in force",
           "open": "Open the call now", "red": "does not come out", "left": "What is left"},
}  # fmt: skip


class Editor:
    def __init__(self, page, words):
        self.page, self.words = page, words

    def fill(self, **fields) -> None:
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name.replace('__', '-')}']")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, word: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.words[word], exact=True).last.click()

    def on(self) -> None:
        self.press("on")

    def at(self, path: str) -> None:
        expect(self.page).to_have_url(re.compile(f"/write/{path}/(#.*)?$"))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_officer_writes_a_regulation_from_nothing(enter, look, officer, language):
    words, page = WORDS[language], enter(officer, language=language)
    editor, now = Editor(page, words), timezone.now()
    wall = {name: (now + timedelta(days=days)).strftime("%Y-%m-%dT12:00") for name, days in {"opens": 2, "closes": 20, "checked_by": 25, "judged_by": 40}.items()}  # fmt: skip

    page.goto(f"/{language}/desk/calls/")
    page.get_by_role("link", name=words["new"]).first.click()
    look(page)
    editor.fill(title_ru="Тихий двор", title_en="Quiet yard")
    editor.press("begin")

    editor.at("passport")
    editor.on()
    page.locator(".summary").wait_for()
    look(page)
    editor.fill(**{"call-summary-ru": "Двор, где тихо.", "call-summary-en": "A yard that is quiet."})
    editor.fill(**{"call-key": "quiet-yard", "call-number_prefix": "ТД", "call-programme": "creative"})
    editor.on()
    editor.at("timeline")
    editor.fill(**{f"timeline-{name}": at for name, at in wall.items()} | {"timeline-closes": wall["opens"]})
    editor.on()
    page.locator("#id_timeline-closes_error").wait_for()
    editor.fill(**{"timeline-closes": wall["closes"]})
    editor.on()
    editor.at("money")
    editor.fill(**{"money-envelope": "500 000", "costs-most": "600 000"})
    editor.on()
    page.locator("#id_costs-most_error").wait_for()
    editor.fill(**{"costs-most": "100 000"})
    editor.on()
    editor.at("eligibility")
    look(page)
    editor.on()

    editor.at("questions")
    editor.press("section")
    editor.at("questions/0")
    editor.fill(**{"questions-sections-0-title-ru": "Идея", "questions-sections-0-title-en": "Idea"})
    editor.press("question")
    editor.at("questions/0/0")
    look(page)
    editor.fill(**{"questions-sections-0-questions-0-label-ru": "Что вы сделаете?", "questions-sections-0-questions-0-label-en": "What will you do?"})  # fmt: skip
    editor.on()
    editor.at("questions/0")
    editor.on()
    editor.at("questions")
    editor.on()
    editor.at("costs")
    editor.press("category")
    editor.fill(**{"costs-categories-0-label-ru": "Материалы", "costs-categories-0-label-en": "Materials"})
    editor.on()
    editor.at("review")
    editor.fill(**{"review-experts": "2"})
    editor.on()

    editor.at("criteria")
    editor.press("criterion")
    editor.at("criteria/0")
    editor.fill(**{"rules-criteria-0-title-ru": "Польза", "rules-criteria-0-title-en": "Use", "rules-criteria-0-weight": "2"})
    editor.on()
    editor.at("criteria")
    look(page)
    editor.on()
    editor.at("scoring")
    editor.fill(**{"rules-thresholds-total": "6"})
    look(page)
    editor.on()
    editor.at("examples")
    editor.press("example")
    editor.at("examples/0")
    start = "rules-examples-0-applications-0-is"
    editor.fill(**{"rules-examples-0-title-ru": "Среднее двух листов", "rules-examples-0-title-en": "The mean of two sheets"})
    editor.fill(
        **{f"{start}-sheets-0-is-criterion_1": "4", f"{start}-sheets-1-is-criterion_1": "3", f"{start}-expect-total": "8"}
    )
    editor.on()
    page.locator(".sheet .card.bad").get_by_text(words["red"]).wait_for()
    look(page)
    editor.fill(**{f"{start}-expect-total": "7"})
    editor.on()
    editor.at("examples")
    assert page.locator(".sheet .card.bad").count() == 0
    editor.on()
    editor.at("letters")
    editor.on()

    for who in ("applicant", "expert", "director"):
        page.locator(f"a[href$='/as/{who}/']").click()
        page.wait_for_url(f"**/as/{who}/")
        look(page)
    page.get_by_role("link", name=words["check"]).click()
    look(page)
    editor.press("force")
    page.wait_for_url("**/desk/calls/quiet-yard/")
    look(page)
    page.get_by_role("link", name=words["open"]).click()
    editor.press("open")

    page.wait_for_url("**/desk/calls/quiet-yard/")
    call = Call.objects.get(slug="quiet-yard")
    assert (call.state, call.envelope, call.regulation.rules.criteria[0].weight) == ("open", 500_000, 2)
    assert Sketch.objects.count() == 0
