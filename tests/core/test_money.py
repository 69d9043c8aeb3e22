"""Sums as people write them, and as we print them."""

from decimal import Decimal

import pytest
from django.utils import translation

from fund.core.fields import parse_money
from fund.core.money import money


@pytest.mark.parametrize("text", ["118 400,50", "118400.50", "118\u00a0400,5 ₽", "118400,50 руб."])
def test_parse_money_reads_every_spelling(text):
    assert parse_money(text) == Decimal("118400.50")


@pytest.mark.parametrize("text", ["", "-1", "1,234", "1.2.3", "1e9", "∞", "٣", "1" * 13, "четыреста", "NaN"])
def test_parse_money_refuses_the_rest(text):
    with pytest.raises(ValueError):
        parse_money(text)


def test_money_in_both_languages():
    amount = Decimal("1250000.50")

    assert money(amount, lang="ru") == "1\u00a0250\u00a0000,50\u00a0₽"
    assert money(amount, lang="en") == "₽1,250,000.50"


def test_whole_sums_have_no_kopecks():
    with translation.override("ru"):
        assert money(Decimal("450000.00")) == "450\u00a0000\u00a0₽"
