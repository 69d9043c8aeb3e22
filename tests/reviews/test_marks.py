"""What an expert typed becomes what is handed in: every mark checked, nothing guessed."""

from decimal import Decimal

import pytest

from fund.core.errors import Refused
from grants.reviews.marks import checked, faults_of, running, total_of
from grants.scoring.rules import Rules

RULES = Rules.model_validate(
    {
        "criteria": [
            {"key": "idea", "title": "Замысел", "scale": {"min": 0, "max": 5, "step": "0.5"}, "weight": 3},
            {"key": "plan", "title": "План", "scale": {"max": 5}, "na_allowed": True},
            {"key": "cost", "title": "Смета", "scale": {"max": 5}, "comment_required": True, "comment_min": 10},
        ],
        "sheet_total": "mean",
        "digits": 2,
    }
)
WHOLE = {
    "idea": {"value": "4,5", "na": False, "comment": ""},
    "plan": {"value": "", "na": True, "comment": ""},
    "cost": {"value": "2", "na": False, "comment": "Цены не подтверждены."},
}


def with_mark(key: str, **changes) -> dict:
    return {**WHOLE, key: {**WHOLE[key], **changes}}


def test_checked_keeps_values_as_decimals_and_no_score_as_none():
    scores = checked(RULES, WHOLE)

    assert {key: mark["value"] for key, mark in scores.items()} == {"idea": "4.5", "plan": None, "cost": "2"}


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (with_mark("idea", value=""), "idea", "missing"),
        (with_mark("idea", value="5.5"), "idea", "value"),
        (with_mark("idea", value="4.3"), "idea", "value"),
        (with_mark("idea", value="четыре"), "idea", "value"),
        (with_mark("idea", value="NaN"), "idea", "value"),
        (with_mark("idea", na=True), "idea", "value"),
        (with_mark("cost", comment="Дорого"), "cost_comment", "comment"),
        ({key: mark for key, mark in WHOLE.items() if key != "plan"}, "plan", "missing"),
    ],
)
def test_checked_refuses_with_the_field(draft, field, code):
    with pytest.raises(Refused) as refusal:
        checked(RULES, draft)

    assert (refusal.value.field, refusal.value.code) == (field, code)


@pytest.mark.parametrize(("remark", "fields"), [("Хорошо", ["remark"]), ("  Хорошо   ", ["remark"]), ("Хорошая мысль", [])])
def test_the_comment_for_the_author_has_its_least_length(remark, fields):
    assert [fault.field for fault in faults_of(RULES, WHOLE, remark=remark, least=10)] == fields


def test_no_score_is_left_out_of_the_total_not_counted_as_zero():
    assert total_of(RULES, checked(RULES, WHOLE), amount=None) == Decimal("3.875")  # (3 × 4.5 + 2) ÷ 4


def test_running_counts_what_is_scored_so_far():
    assert running(RULES, {"idea": {"value": "4", "na": False}}, amount=None) == (Decimal(4), 1)
    assert running(RULES, {"idea": {"value": "9", "na": False}}, amount=None) == (None, 0)
