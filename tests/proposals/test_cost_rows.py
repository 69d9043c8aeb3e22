"""Rows as people type them: what is read, what is said of the rest."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grants.proposals.cost_rows import faults_placed, faults_typed, read_lines, row_faults
from tests.factories.proposals import make_table, row

TABLE = make_table()
LOOSE = st.none() | st.text(st.characters(codec=None), max_size=30) | st.integers() | st.lists(st.text(max_size=3), max_size=2)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("price", ["118 400,50", "118400.50", "118\u00a0400,50 ₽", " 118400,5 "])
def test_a_price_is_read_as_people_write_it(price):
    assert [line.unit_price for line in read_lines(TABLE, [row(unit_price=price)])] == [Decimal("118400.50")]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (row(category=""), {"category": "Choose a category"}),
        (row(category="bribes"), {"category": "Choose a category"}),
        (row(title="  "), {"title": "Say what the money is for"}),
        (row(title="x" * 201), {"title": "The text must be 200 characters or fewer; it has 201 now"}),
        (row(quantity="два"), {"quantity": "Enter the quantity in digits, for example 2"}),
        (row(quantity="0"), {"quantity": "The quantity must be above zero, with two digits after the point at most"}),
        (row(quantity="-1"), {"quantity": "The quantity must be above zero, with two digits after the point at most"}),
        (row(quantity="1,005"), {"quantity": "The quantity must be above zero, with two digits after the point at most"}),
        (row(unit_price=""), {"unit_price": "Enter the amount in digits, for example 118,400.50"}),
        (row(unit_price="1,005"), {"unit_price": "Enter the amount in digits, for example 118,400.50"}),
        (row(own="мало"), {"own": "Enter the amount in digits, for example 118,400.50"}),
        (row(own="1000,01"), {"own": "The own share is larger than the whole line: ₽1,000"}),
        (row(quantity="1000", unit_price="999999999999"), {"unit_price": "The sum of the line is too large"}),
        (row(own="1000"), {}),
    ],
)
def test_a_fault_stands_at_its_cell(given, says):
    assert row_faults(TABLE, given) == says
    assert len(read_lines(TABLE, [given])) == (not says)


def test_faults_name_their_lines_and_then_the_whole():
    table = make_table(most=500)
    rows = [row(), row(title="")]

    assert faults_typed(table, rows) == [
        "Line 2. Say what the money is for",
        "The amount must be ₽500 or less; it is ₽1,000 now",
    ]
    assert [(one.row, one.column) for one in faults_placed(table, rows)] == [(1, "title"), (None, "")]


def test_too_many_lines():
    assert faults_typed(make_table(max_lines=2), [row()] * 3) == ["At most 2 lines are possible; there are 3 now"]


@pytest.mark.parametrize(
    ("minimum", "says"),
    [
        ("", []),
        ("1000", []),
        ("1000,01", ["The least sum must not be above what you ask for: ₽1,000"]),
        ("9", ["The least sum must be ₽10 or more"]),
        ("мало", ["Enter the least sum in digits, for example 118,400.50"]),
    ],
)
def test_the_least_sum_lies_between_the_smallest_grant_and_what_is_asked(minimum, says):
    assert faults_typed(make_table(least=10, minimum_allowed=True), [row()], minimum) == says


@given(st.dictionaries(st.sampled_from(["category", "title", "quantity", "unit_price", "own"]), LOOSE))
def test_no_row_breaks_the_check(given):
    assert isinstance(faults_typed(TABLE, [given]), list)
