"""How a criterion is drawn: one row, two rows or a number field; what each value means."""

from decimal import Decimal

import pytest

from grants.calls.wording.cells import as_cell, meanings_of, rows_of, words_of
from grants.scoring.rubric import Criterion


def criterion(**facts) -> Criterion:
    return Criterion.model_validate({"key": "use", "title": "Польза", **facts})


def scale(most: int, step: str = "1") -> Criterion:
    return criterion(scale={"max": most, "step": step})


@pytest.mark.parametrize(
    ("drawn", "sizes"),
    [
        (scale(5), [6]),
        (scale(6), [7]),
        (scale(5, "0.5"), [6, 5]),
        (scale(10), [6, 5]),
        (scale(13), [7, 7]),
        (scale(14), []),
        (scale(10, "0.5"), []),
        (scale(100), []),
        (criterion(levels=[{"label": str(n), "value": n} for n in range(9)]), [9]),
    ],
)
def test_rows(drawn, sizes):
    assert [len(row) for row in rows_of(drawn)] == sizes


def test_half_steps_stand_below_the_whole_ones():
    assert [[str(value) for value in row] for row in rows_of(scale(2, "0.5"))] == [["0.0", "0.5", "1.0", "1.5", "2.0"]]
    assert [str(value) for value in rows_of(scale(4, "0.5"))[1]] == ["0.5", "1.5", "2.5", "3.5"]


ANCHORED = criterion(scale={"max": 5, "step": "0.5"}, anchors={0: "нет", 3: "есть", 5: "образец"})


@pytest.mark.parametrize(
    ("value", "words"),
    [("3", "есть"), ("3.0", "есть"), ("4", "between “есть” and “образец”"), ("0.5", "between “нет” and “есть”")],
)
def test_a_value_means_its_anchor_or_both_beside_it(value, words, settings):
    settings.LANGUAGE_CODE = "en"

    assert words_of(ANCHORED, Decimal(value)) == words


def test_values_without_a_meaning_are_left_out():
    half = criterion(scale={"max": 5}, anchors={3: "есть"})

    assert [value for value, _number, _words in meanings_of(half)] == ["3"]


@pytest.mark.parametrize(
    ("typed", "cell"), [("4", "4"), ("4.0", "4"), ("4,5", "4.5"), ("na", "na"), ("", ""), ("9", "9"), ("NaN", "NaN")]
)
def test_what_was_typed_finds_its_cell(typed, cell):
    assert as_cell(typed, ANCHORED) == cell
