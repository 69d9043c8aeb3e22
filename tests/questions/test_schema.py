"""Question sets: what is refused when one is read, with the path of the fault."""

import pytest
from pydantic import ValidationError

from fund.questions.schema import CostTable, Question, QuestionSet, Requirement
from tests.factories.questions import ask, make_section, make_set

TEXT = {"ru": "Вопрос", "en": "Question"}
CHOICES = [{"key": "yes", "label": "Да"}, {"key": "no", "label": "Нет"}]


def paths(error: ValidationError) -> list[tuple]:
    return [(*one["loc"], *(one.get("ctx") or {}).get("at", [])) for one in error.errors()]


def test_a_set_reads_from_plain_data_and_writes_it_again():
    given = make_set(make_section(ask("kind", "choice"), ask("why", "long_text", when={"question": "kind", "any_of": ["yes"]})))

    assert QuestionSet.model_validate(given.model_dump(mode="json", exclude_defaults=True)) == given


@pytest.mark.parametrize(
    ("facts", "at"),
    [
        ({"type": "date", "max_length": 10}, "max_length"),
        ({"type": "choice", "choices": CHOICES[:1]}, "choices"),
        ({"type": "choice"}, "choices"),
        ({"type": "table"}, "columns"),
        ({"type": "number", "min": 5, "max": 2}, "min"),
        ({"type": "short_text", "min_length": 5, "max_length": 2}, "min_length"),
    ],
)
def test_a_limit_out_of_place_is_refused(facts, at):
    with pytest.raises(ValidationError) as caught:
        Question.model_validate({"key": "a", "label": TEXT, **facts})

    assert paths(caught.value) == [(at,)]


def test_an_unknown_key_is_refused():
    with pytest.raises(ValidationError) as caught:
        Question.model_validate({"key": "a", "label": TEXT, "type": "date", "hint_text": "x"})

    assert paths(caught.value) == [("hint_text",)]


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(ValidationError) as caught:
        make_set(make_section(ask("a")), make_section(ask("a"), key="more"))

    assert paths(caught.value) == [("sections", 1, "questions", 0, "key")]


@pytest.mark.parametrize(
    ("when", "at"),
    [
        ({"question": "later"}, "question"),
        ({"question": "nobody"}, "question"),
        ({"question": "text", "any_of": ["yes"]}, "any_of"),
        ({"question": "kind", "any_of": ["yes", "perhaps"]}, "any_of"),
    ],
)
def test_a_condition_looks_back_at_what_exists(when, at):
    with pytest.raises(ValidationError) as caught:
        make_set(make_section(ask("kind", "choice"), ask("text"), ask("asked", when=when), ask("later", "choice")))

    assert paths(caught.value)[0][:6] == ("sections", 0, "questions", 2, "when", at)


@pytest.mark.parametrize(
    "facts",
    [
        {"choices": CHOICES},
        {"choices": CHOICES, "accepted": ["perhaps"]},
        {"choices": CHOICES, "accepted": ["yes"], "least": 3},
        {"least": 5, "most": 3},
        {},
    ],
)
def test_a_requirement_is_a_choice_or_a_range(facts):
    with pytest.raises(ValidationError):
        Requirement.model_validate({"key": "a", "label": TEXT, "refusal": TEXT, **facts})


def test_a_category_has_one_kind_of_cap():
    with pytest.raises(ValidationError) as caught:
        CostTable.model_validate({"categories": [{"key": "a", "label": TEXT, "cap": 10, "cap_percent": 5}]})

    assert paths(caught.value)[0] == ("categories", 0, "cap_percent")
