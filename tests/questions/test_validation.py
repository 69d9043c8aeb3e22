"""Answers: what is right, what is said of what is wrong, and that nothing can break the check."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fund.questions.schema import Question
from fund.questions.validation import fault_of, read_date, read_number, unstorable
from tests.factories.questions import ask

TYPES = ("short_text", "long_text", "number", "money", "date", "choice", "several", "file", "link", "table")
RIGHT = [
    ("short_text", {}, "Остановка «Музыка»"),
    ("long_text", {"max_length": 5}, "12345"),
    ("number", {"decimals": 1, "min": 1, "max": 2000}, "1 250,5"),
    ("number", {}, "−3"),
    ("money", {"max": 450000}, "118 400,50"),
    ("money", {}, "118400.50"),
    ("date", {}, "15.10.2026"),
    ("date", {}, "2026-10-15"),
    ("choice", {}, "yes"),
    ("several", {"least": 2}, ["yes", "no"]),
    ("file", {"most": 2}, ["uid1", "uid2"]),
    ("link", {}, "https://example.org/страница?q=1"),
    ("table", {}, [{"step": "Настил", "days": ""}]),
]
WRONG = [
    ("short_text", {}, "", "Fill in “Question”"),
    ("short_text", {}, "a\nb", "Write it in one line"),
    ("short_text", {}, ["a"], "Fill in “Question”"),
    ("long_text", {"max_length": 4}, "12345", "The text must be 4 characters or fewer; it has 5 now"),
    ("long_text", {"min_length": 10}, "коротко", "The text must be 10 characters or more; it has 7 now"),
    ("number", {}, "сто", "Enter a number in digits, for example 120"),
    ("number", {}, "1_000", "Enter a number in digits, for example 120"),
    ("number", {}, "1e9", "Enter a number in digits, for example 120"),
    ("number", {}, "NaN", "Enter a number in digits, for example 120"),
    ("number", {}, "٣", "Enter a number in digits, for example 120"),
    ("number", {}, "9" * 500, "A number has twelve digits at most"),
    ("number", {}, "2,5", "Enter a whole number"),
    ("number", {"decimals": 1}, "2,55", "Give at most 1 digits after the point"),
    ("number", {"max": 12}, "13", "It must be 12 or less; it is 13 now"),
    ("money", {}, "четыреста тысяч", "Enter the amount in digits, for example 412,300"),
    ("money", {"max": 450000}, "512 300", "It must be ₽450,000 or less; it is ₽512,300 now"),
    ("date", {}, "31.02.2026", "Enter a date, for example 15.10.2026"),
    ("date", {}, "15.10.0026", "Enter a date, for example 15.10.2026"),
    ("choice", {}, "perhaps", "Choose an answer: “Question”"),
    ("choice", {}, ["yes"], "Choose an answer: “Question”"),
    ("several", {}, ["yes", "yes"], "Choose an answer: “Question”"),
    ("several", {"most": 1}, ["yes", "no"], "At most 1 are possible here; there are 2 now"),
    ("file", {}, [], "Attach a file: “Question”"),
    ("link", {}, "http://[", "Enter a full address, for example https://example.org/page"),
    ("link", {}, "javascript:alert(1)", "Enter a full address, for example https://example.org/page"),
    ("link", {}, "https://localhost", "Enter a full address, for example https://example.org/page"),
    ("table", {}, [{"step": "a", "days": "много"}], "Row 1, “Дней”: Enter a number in digits, for example 120"),
    ("table", {"most": 1}, [{"step": "a"}, {"step": "b"}], "At most 1 are possible here; there are 2 now"),
    ("short_text", {}, "a\x00b", "The text holds characters that cannot be read. Type it anew."),
    ("short_text", {}, "\ud800", "The text holds characters that cannot be read. Type it anew."),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("type", "facts", "value"), RIGHT)
def test_a_right_answer(type, facts, value):
    assert fault_of(ask("a", type, **facts), value) is None


@pytest.mark.parametrize(("type", "facts", "value", "says"), WRONG)
def test_a_wrong_answer_is_told_what_to_do(type, facts, value, says):
    assert fault_of(ask("a", type, **facts), value) == says


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_an_optional_question_may_stay_empty(type, nothing):
    assert fault_of(ask("a", type, required=False), nothing) is None


@given(value=JSON)
def test_no_answer_breaks_the_check(value):
    for type in TYPES:
        said = fault_of(ask("a", type), value)
        assert said is None or isinstance(said, str)


def test_a_choice_of_a_number_is_compared_exactly():
    question = Question.model_validate({"key": "a", "type": "number", "label": "x", "decimals": 2, "max": "0.3"})

    assert fault_of(question, "0,30") is None
    assert fault_of(question, "0,31") is not None


@pytest.mark.parametrize(
    "value", ["ы" * 40_001, ["a"] * 201, {"a": {"b": {"c": {"d": "e"}}}}, 5, 1.5, [["a\x00"]], {"\x00": "a"}]
)
def test_what_cannot_be_stored(value):
    assert unstorable(value) is not None


def test_reading():
    assert read_number("1\u00a0250,5") == Decimal("1250.5")
    assert read_date(" 5.3.2026 ").isoformat() == "2026-03-05"
