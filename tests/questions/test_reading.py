"""Answers as people read them."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from fund.questions.reading import hidden_keys, told
from tests.factories.questions import ask, make_section, make_set

SECTION = make_section(
    ask("kind", "choice"),
    ask("who", "several"),
    ask("sum", "money"),
    ask("people", "number", unit="чел."),
    ask("day", "date"),
    ask("site", "link"),
    ask("steps", "table"),
    ask("name", hidden_from_experts=True),
    ask("secret", when={"question": "kind", "any_of": ["no"]}),
)
FORM = make_set(SECTION)
ANSWERS = {
    "kind": "yes",
    "who": ["no", "yes"],
    "sum": "118400,5",
    "people": "1250",
    "day": "2025-10-15",
    "site": "https://example.org",
    "steps": [{"step": "Настил", "days": "3"}],
    "name": "Анна",
    "secret": "не показывать",
}


@pytest.fixture(autouse=True)
def russian():
    with translation.override("ru"):
        yield


def test_told_writes_answers_out():
    shown = {one.question.key: one.value for one in told(FORM, SECTION, ANSWERS)}

    assert shown == {
        "kind": "Да",
        "who": ["Нет", "Да"],
        "sum": "118\u00a0400,50\u00a0₽",
        "people": "1\u00a0250 чел.",
        "day": "15\u00a0октября\u00a02025",
        "site": "https://example.org",
        "steps": [[("Настил", False), ("3", True)]],
        "name": "Анна",
    }


def test_told_to_experts_leaves_out_what_is_hidden_from_them():
    assert "name" in [one.question.key for one in told(FORM, SECTION, ANSWERS)]
    assert "name" not in [one.question.key for one in told(FORM, SECTION, ANSWERS, for_experts=True)]
    assert hidden_keys(FORM) == {"name"}


@pytest.mark.parametrize(
    "answers", [{}, {"sum": "много", "day": "весной", "who": "yes", "steps": "x", "kind": ["?"], "site": "нет"}]
)
def test_told_shows_a_draft_as_typed(answers):
    html = render_to_string("questions/answers.html", {"answers": told(FORM, SECTION, answers)})

    assert all(text in html for text in (answers.get("sum", "Не указано"), answers.get("day", "Не указано")))


def test_told_escapes_what_people_wrote():
    html = render_to_string(
        "questions/answers.html", {"answers": told(FORM, SECTION, {"name": "<b>x</b>", "site": "javascript:alert(1)"})}
    )

    assert "<b>x" not in html
    assert 'href="javascript' not in html
