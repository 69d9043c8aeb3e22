"""One rounding, half up, at the end, and always the right one."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.scoring.numbers import exact, half_up
from grants.scoring.ranking import rank
from grants.scoring.sheets import Sheet
from tests.factories.scoring import make_criterion, make_entry, make_rules


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [("64.15", 1, "64.2"), ("64.149999", 1, "64.1"), ("-0.04", 1, "0.0"), ("0.5", 0, "1"), ("2.5", 0, "3"), ("60", 1, "60.0")],
)
def test_half_up(value, digits, rounded):
    assert str(half_up(Decimal(value), digits)) == rounded


def test_half_up_forgets_what_a_division_left():
    with exact():
        third = Decimal(1) / 3

        assert half_up(third * 3 / 2, 0) == 1


weights = st.lists(st.integers(0, 999), min_size=3, max_size=3).filter(any)
scores = st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=3, max_size=3).filter(
    lambda row: any(v is not None for v in row)
)


@given(weights, st.lists(scores, min_size=1, max_size=5), st.integers(0, 3))
def test_total_is_the_true_fraction_rounded_once(weights, rows, digits):
    keys = ["a", "b", "c"]
    rules = make_rules(
        *[make_criterion(key, weight=weight, na_allowed=True) for key, weight in zip(keys, weights, strict=True)],
        sheet_total="mean",
        digits=digits,
    )
    sheets = [
        Sheet("A", str(number), {key: None if v is None else Decimal(v) for key, v in zip(keys, row, strict=True)})
        for number, row in enumerate(rows)
    ]

    total = rank(rules, [make_entry("A")], sheets).row("A").total

    means = []
    for row in rows:
        answered = [(w, v) for w, v in zip(weights, row, strict=True) if v is not None]
        if over := sum(w for w, _ in answered):
            means.append(Fraction(sum(w * v for w, v in answered), over))
    if not means:
        assert total is None
    else:
        true = sum(means, Fraction(0)) / len(means)
        assert total == Decimal((true * 10**digits + Fraction(1, 2)).__floor__()).scaleb(-digits)
