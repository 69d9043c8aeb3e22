"""Faults said to people: a path, a sentence, decimals as the language writes them."""

from decimal import Decimal

import pytest

from fund.core.parts import written
from grants.scoring.faults import faulty, path


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ((), ""),
        (("criteria", 2, "weight"), "criteria[2].weight"),
        (("examples", 0, "applications", "ЖД-1"), "examples[0].applications.ЖД-1"),
    ],
)
def test_path(at, text):
    assert path(at) == text


@pytest.mark.parametrize(("value", "text"), [("60.0", "60"), ("6E+1", "60"), ("0.50", "0.5"), ("-0.10", "-0.1"), ("0.0", "0")])
def test_numbers_are_written_as_people_write_them(value, text):
    assert written(Decimal(value)) == text


def test_decimals_follow_the_language():
    russian = {"{whole}.{part}": "{whole},{part}", "{value} of {name}": "{value} у {name}"}
    reason = faulty("x", "{value} of {name}", value=Decimal("64.90"), name="ЖД-26.014").reason

    assert reason.say() == "64.9 of ЖД-26.014"
    assert reason.say(lambda text: russian[text]) == "64,9 у ЖД-26.014"
