"""The arithmetic of a cost table: sums to the kopeck, caps and shares compared exactly."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grants.proposals.costs import Line, faults, totals
from tests.factories.proposals import make_table

SUM = st.decimals(min_value=0, max_value=10**6, places=2)
LINE = st.builds(
    Line,
    st.sampled_from(["things", "work", "travel"]),
    st.just("x"),
    st.decimals(min_value="0.01", max_value=100, places=2),
    SUM,
    SUM,
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def line(category="things", quantity="1", price="1000", own="0"):
    return Line(category, "x", Decimal(quantity), Decimal(price), Decimal(own))


def test_a_line_is_quantity_by_price_rounded_half_up():
    assert line(quantity="0.33", price="10.05").whole == Decimal("3.32")
    assert line(quantity="0.5", price="0.01").whole == Decimal("0.01")
    assert line(quantity="3", price="0.10").whole == Decimal("0.30")


def test_the_fund_is_asked_for_what_the_applicant_does_not_bring():
    assert (line(own="400").requested, line(own="2000").requested) == (Decimal(600), Decimal(0))


def test_totals_of_nothing_are_zeros():
    nothing = totals([])

    assert (nothing.whole, nothing.requested, nothing.own, nothing.own_percent) == (0, 0, 0, 0)


def test_totals_by_category():
    added = totals([line(own="100"), line("work", price="500"), line("things", price="50")])

    assert added.by_category == {"things": Decimal(950), "work": Decimal(500)}
    assert (added.whole, added.requested, added.own, added.own_percent) == (1550, 1450, 100, Decimal("6.5"))


@given(st.lists(LINE, max_size=8))
def test_the_order_of_lines_changes_no_sum(lines):
    assert totals(lines) == totals(list(reversed(lines)))


@given(st.lists(LINE, max_size=8))
def test_what_is_asked_is_the_sum_of_its_categories(lines):
    added = totals(lines)

    assert sum(added.by_category.values(), Decimal(0)) == added.requested
    assert added.requested + added.own >= added.whole


@pytest.mark.parametrize(
    ("table", "lines", "says"),
    [
        ({}, [], ["Add at least one line to the cost table"]),
        ({"most": 450000}, [line(price="450000.00")], []),
        ({"most": 450000}, [line(price="450000.01")], ["The amount must be ₽450,000 or less; it is ₽450,000.01 now"]),
        ({"least": 10000}, [line(price="10000")], []),
        ({"least": 10000}, [line(price="9999.99")], ["The amount must be ₽10,000 or more; it is ₽9,999.99 now"]),
        ({}, [line(price="100", own="100")], ["The amount must be ₽0.01 or more; it is ₽0 now"]),
        ({"own_percent": 10}, [line(own="100")], []),
        # 9.996 % would be shown as 10.0, and is still less than 10.
        ({"own_percent": 10}, [line(own="99.96")], ["The own share must be 10 % or more; it is 10 % now"]),
        ({}, [line("travel", price="20000")], []),
        ({}, [line("travel", price="20000.01")], ["“Travel” may take ₽20,000 at most; it takes ₽20,000.01 now"]),
        ({}, [line("work", price="500"), line(price="500")], []),
        ({}, [line("work", price="500.01"), line(price="500")], ["“Work” may take ₽500 at most; it takes ₽500.01 now"]),
    ],
)
def test_faults_of_the_whole(table, lines, says):
    assert faults(make_table(**table), lines) == says
