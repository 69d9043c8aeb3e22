"""Calibration: an expert beside the others, and that nobody's sheet can be told from the figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.scoring.calibration import calibrate

EXPERTS = ("me", "a", "b", "c", "d")
VALUES = st.one_of(st.none(), st.integers(0, 10).map(lambda half: Decimal(half) / 2))
MARKS = st.dictionaries(
    st.text("ABCDEFGHIJ", min_size=1, max_size=2), st.dictionaries(st.sampled_from(EXPERTS), VALUES), max_size=12
)


def table(*rows: str) -> dict:
    """`table("me=3 a=4 b=-")`: one application a row; a dash is no score."""
    found = {}
    for place, row in enumerate(rows):
        pairs = (pair.split("=") for pair in row.split())
        found[f"A{place}"] = {who: None if value == "-" else Decimal(value) for who, value in pairs}
    return found


EVEN = ["me=3 a=4 b=2", "me=2 b=3 c=2", "me=4 a=5 c=4", "me=1 a=2 b=1", "me=3 b=3 c=4"]


def test_severity_is_the_mean_distance_to_the_others_on_each_application():
    found = calibrate(table("me=3 a=4 b=2 c=3", *EVEN[1:]), "me", digits=2)

    # 3 − 3, 2 − 2.5, 4 − 4.5, 1 − 1.5, 3 − 3.5
    assert (found.n, found.severity, found.own.mean, found.panel.mean) == (5, Decimal("-0.40"), Decimal("2.60"), Decimal("3.00"))


def test_no_score_is_no_mark_and_no_zero():
    found = calibrate(table(*EVEN, "me=- a=5 b=5", "me=5 a=- b=-"), "me", digits=2)

    assert (found.n, found.own.n, found.panel.n) == (5, 5, 10)


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("two others", ["me=3 a=4 b=2"] * 6),
        ("four applications", ["me=3 a=4 b=2 c=1"] * 4),
        ("nine marks", ["me=3 a=4 b=2", "me=3 a=4 c=2", "me=3 a=4 b=3", "me=3 b=1 c=2", "me=3 c=2"]),
        ("one gave most of them", ["me=3 a=4"] * 9 + ["me=3 b=4", "me=2 c=1"]),
        ("all the same", ["me=3 a=4 b=4 c=4"] * 6),
    ],
)
def test_nothing_of_the_others_is_given(why, rows):
    found = calibrate(table(*rows), "me", digits=2)

    assert (found.panel, found.severity) == (None, None), why
    assert found.own.mean is not None


def test_an_expert_without_a_mark_has_no_figures():
    found = calibrate(table(*(row.replace("me=", "d=") for row in EVEN)), "me", digits=2)

    assert (found.n, found.own.n, found.own.mean, found.panel) == (0, 0, None, None)


@given(MARKS)
def test_names_and_order_of_the_others_do_not_matter(marks):
    renamed = {"me": "me", "a": "d", "b": "c", "c": "b", "d": "a"}
    turned = {name: {renamed[who]: value for who, value in reversed(row.items())} for name, row in reversed(marks.items())}

    assert calibrate(marks, "me", digits=2) == calibrate(turned, "me", digits=2)


@given(MARKS)
def test_severity_is_the_distance_of_the_means(marks):
    found = calibrate(marks, "me", digits=6)

    if found.panel:
        assert abs(found.severity - (found.own.mean - found.panel.mean)) <= Decimal("0.000001")
        assert found.n >= 5
        assert found.panel.n >= 10
        assert found.panel.deviation > 0
