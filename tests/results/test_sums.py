"""Sums written out are held to the arithmetic: whoever types them into a calculator gets the published total."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from grants.results.sums import nearly, of_criterion, of_sheet, of_total
from grants.scoring.explain import explain
from grants.scoring.numbers import half_up
from grants.scoring.ranking import rank
from grants.scoring.sheets import Sheet
from tests.factories.scoring import make_criterion, make_entry, make_rules, make_sheets
from tests.scoring.test_explain import NIGHT, YARD, explained

NEARLY = Fraction(1, 10**30)


def worked_out(text: str, language: str) -> Fraction:
    """What a reader gets: the characters on the page, nothing else."""
    if not text:
        return Fraction(0)
    plain = text.replace("\u00a0", "").replace("−", "-").replace("×", "*").replace("÷", "/")
    plain = plain.replace(",", "." if language == "ru" else "")
    assert re.fullmatch(r"[-0-9.+*/() ]+", plain), text
    return eval(re.sub(r"[0-9]+(?:\.[0-9]+)?", r"Fraction('\g<0>')", plain), {"Fraction": Fraction})


value = st.one_of(st.none(), st.sampled_from([Decimal(n) / 2 for n in range(21)]))
rows = st.lists(st.fixed_dictionaries({"a": value, "b": value, "c": value}), min_size=1, max_size=6)
weight = st.sampled_from(["0", "0.3", "1", "1.25", "3", "1200"])


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("aggregation", ["mean", "median", "trimmed", "criterion_mean", "criterion_median"])
@given(
    rows=rows,
    method=st.sampled_from(["mean", "sum"]),
    out_of=st.sampled_from([None, 100]),
    weights=st.tuples(weight, weight, weight),
    digits=st.integers(0, 3),
)
def test_sums_written_out_add_up_to_the_total(language, aggregation, rows, method, out_of, weights, digits):
    assume(any(Decimal(one) for one in weights))
    scale = {"max": 10, "step": "0.5"}
    criteria = [make_criterion(key, weight=one, na_allowed=True, scale=scale) for key, one in zip("abc", weights, strict=True)]
    rules = make_rules(*criteria, aggregation=aggregation, sheet_total=method, out_of=out_of, digits=digits)
    entry, sheets = make_entry("A"), [Sheet("A", str(n), row) for n, row in enumerate(rows)]
    found = explain(rules, entry, sheets, rank(rules, [entry], sheets))
    if found.unrounded is None:
        return

    with translation.override(language):
        parts = [worked_out(of_criterion(found, step), language) for step in found.criteria]
        whole = worked_out(of_total(found), language)
        totals = [worked_out(of_sheet(sheet), language) for sheet in found.sheets]

    for part, step in zip(parts, found.criteria, strict=True):
        assert abs(part - Fraction(step.contribution)) < NEARLY
    for total, sheet in zip(totals, found.sheets, strict=True):
        assert abs(total - Fraction(sheet.total)) < NEARLY
    assert abs(sum(parts) - whole) < NEARLY
    assert abs(whole - Fraction(found.unrounded)) < NEARLY
    assert half_up(Decimal(whole.numerator) / Decimal(whole.denominator), digits) == found.row.total


@pytest.fixture(autouse=True)
def in_russian():
    with translation.override("ru"):
        yield


def test_sums_as_the_mock_up_shows_them():
    found = explained(make_rules(*YARD), *NIGHT)

    assert [of_criterion(found, step) for step in found.criteria] == [
        "(4 + 4 + 4,5) ÷ 3 × 6",
        "(4 + 4,5 + 5) ÷ 3 × 4",
        "(2,5 + 3 + 3,5) ÷ 3 × 4",
        "(2 + 2 + 2,5) ÷ 3 × 4",
        "(3 + 3,5 + 4) ÷ 3 × 2",
    ]
    assert (of_total(found), nearly(found.unrounded, found.digits)) == ("(68 + 70 + 74) ÷ 3", "70,666…")


def test_a_sheet_with_no_score_is_written_with_its_own_fraction():
    rows = ({"use": 4, "idea": 3, "plan": 3, "costs": 4}, {"use": 4, "idea": 3, "plan": 3, "costs": 4, "team": 4})
    found = explained(make_rules(*YARD), *rows)

    assert [of_sheet(sheet) for sheet in found.sheets] == ["64 × 100 ÷ 90", "72"]
    assert of_criterion(found, found.criteria[4]) == "4 × 2 ÷ 2"
    assert of_criterion(found, found.criteria[0]) == "(4 × 6 × 100 ÷ 90 + 4 × 6) ÷ 2"


def test_a_median_takes_the_middle():
    found = explained(make_rules(aggregation="median"), 10, 20, 90)

    assert of_total(found) == "20"


def test_normalisation_stands_apart():
    rules = make_rules(normalisation="z_score")
    entries = [make_entry(f"A{n}") for n in range(6)]
    sheets = [s for n in range(6) for s in make_sheets(f"A{n}", 30 + 10 * n, 40 + 10 * n, 50 + 10 * n)]
    found = explain(rules, entries[0], sheets[:3], rank(rules, entries, sheets))

    assert of_total(found) == "(30 + 40 + 50) ÷ 3"
    assert half_up(Decimal(40) + found.normalisation, found.digits) == found.row.total
