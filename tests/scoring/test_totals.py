"""From a sheet to its total: mean, sum, N/A, out of, weights by amount, automatic values."""

from decimal import Decimal

import pytest

from grants.scoring.faults import Faulty
from grants.scoring.rubric import Criterion, validate_score
from grants.scoring.totals import sheet_total
from tests.factories.scoring import make_criterion, make_rules


def scores(**values):
    return {key: None if value is None else Decimal(str(value)) for key, value in values.items()}


def test_mean_leaves_not_answered_out_of_both_sums():
    rules = make_rules(
        make_criterion("a", weight="0.4"),
        make_criterion("b", weight="0.3"),
        make_criterion("c", weight="0.3", na_allowed=True),
        sheet_total="mean",
    )

    assert round(sheet_total(rules, scores(a=8, b=6, c=None)), 4) == Decimal("7.1429")


def test_sum_takes_the_answered_for_all():
    rules = make_rules(
        make_criterion("a", 5, weight=6), make_criterion("b", 5, weight=12), make_criterion("c", 5, weight=2, na_allowed=True)
    )

    assert sheet_total(rules, scores(a=4, b=4, c=4)) == 80
    assert sheet_total(rules, scores(a=4, b=4, c=None)) == 80


def test_a_sheet_of_nothing_but_not_answered_has_no_total():
    rules = make_rules(make_criterion("a", na_allowed=True), make_criterion("b", na_allowed=True))

    assert sheet_total(rules, scores(a=None, b=None)) is None


def test_a_sheet_that_answered_only_what_weighs_nothing_has_no_total():
    rules = make_rules(make_criterion("a", weight=0), make_criterion("b", na_allowed=True), sheet_total="mean")

    assert sheet_total(rules, scores(a=7, b=None)) is None


def test_the_greatest_values_give_out_of():
    rules = make_rules(make_criterion("a", 7, weight=3), make_criterion("b", 5), sheet_total="mean", out_of=100)

    assert sheet_total(rules, scores(a=7, b=5)) == 100


def test_weights_follow_the_amount_up_to_and_including():
    bands = [{"up_to": 1000, "weight": 1}, {"weight": 3}]
    rules = make_rules(make_criterion("a"), make_criterion("b", weight_by_amount=bands), sheet_total="mean")
    given = scores(a=2, b=10)

    assert sheet_total(rules, given, amount=Decimal(1000)) == 6
    assert sheet_total(rules, given, amount=Decimal("1000.01")) == 8
    with pytest.raises(Faulty, match="depend on the amount"):
        sheet_total(rules, given)


def automatic(**parts):
    bands = [{"from": 0, "to": 10, "value": 0}, {"from": 10, "to": 50, "value": 5}, {"from": 50, "to": 100, "value": 9}]
    return {"key": "own", "automatic": {"of": "own_percent", "range": {"min": 0, "max": 100}, "bands": bands, **parts}}


@pytest.mark.parametrize(
    ("edge", "form_value", "points"),
    [("upper", 10, 5), ("lower", 10, 0), ("upper", "9.99", 0), ("upper", 100, 9), ("lower", 0, 0), ("lower", 100, 9)],
)
def test_automatic_value_follows_the_band(edge, form_value, points):
    rules = make_rules(make_criterion("a"), automatic(edge=edge))

    total = sheet_total(rules, scores(a=1), values={"own_percent": Decimal(str(form_value))})

    assert total == points + 1


def test_automatic_value_is_needed_and_in_range():
    rules = make_rules(make_criterion("a"), automatic())

    with pytest.raises(Faulty, match="has no value"):
        sheet_total(rules, scores(a=1))
    with pytest.raises(Faulty, match="outside the range"):
        sheet_total(rules, scores(a=1), values={"own_percent": Decimal("100.01")})


def test_the_amount_asked_is_a_form_value_too():
    rules = make_rules(make_criterion("a"), automatic(of="amount"))

    assert sheet_total(rules, scores(a=1), amount=Decimal(60)) == 10


def test_not_answered_by_the_expert_is_no_sheet_whatever_is_automatic():
    rules = make_rules(make_criterion("a", na_allowed=True), automatic())

    assert sheet_total(rules, scores(a=None), values={"own_percent": Decimal(60)}) is None


SCALE = Criterion(key="a", title="А", scale={"min": 1, "max": 5, "step": "0.5"})
LEVELS = Criterion(key="a", title="А", levels=[{"label": "Нет", "value": 0}, {"label": "Да", "value": 3}], na_allowed=True)


@pytest.mark.parametrize(
    ("criterion", "value", "expected"),
    [(SCALE, "4,5", "4.5"), (SCALE, " 1 ", "1"), (SCALE, 5, "5"), (LEVELS, "3", "3"), (LEVELS, "", None), (LEVELS, None, None)],
)
def test_validate_score_takes(criterion, value, expected):
    assert validate_score(criterion, value) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("criterion", "value", "code"),
    [
        (SCALE, "5.5", "off_scale"),
        (SCALE, "0.5", "off_scale"),
        (SCALE, "1.25", "off_step"),
        (SCALE, "", "na"),
        (SCALE, "пять", "not_a_number"),
        (SCALE, "NaN", "not_a_number"),
        (SCALE, "1e999999", "not_a_number"),
        (SCALE, "Infinity", "not_a_number"),
        (LEVELS, 2, "off_level"),
        (LEVELS, 4, "off_scale"),
    ],
)
def test_validate_score_refuses(criterion, value, code):
    with pytest.raises(Faulty) as fault:
        validate_score(criterion, value)

    assert fault.value.reason.code == code


def test_nobody_scores_an_automatic_criterion():
    criterion = make_rules(make_criterion("a"), automatic()).criterion("own")

    with pytest.raises(Faulty, match="computed"):
        validate_score(criterion, 5)
