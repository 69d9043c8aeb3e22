"""Who may take part, and what those are told who may not."""

import pytest
from django.utils import translation

from fund.questions.schema import Requirement
from grants.proposals.eligibility import unmet

CHOICES = [{"key": "yes", "label": "Да"}, {"key": "no", "label": "Нет"}]
TOWN = Requirement.model_validate(
    {
        "key": "town",
        "label": {"ru": "Проект в Гусеве?", "en": "In Gusev?"},
        "choices": CHOICES,
        "accepted": ["yes"],
        "refusal": {"ru": "Мы поддерживаем проекты в Гусеве.", "en": "We support projects in Gusev."},
        "instead": {"ru": "Есть областной фонд.", "en": "There is a regional fund."},
    }
)
AGE = Requirement.model_validate(
    {"key": "age", "label": "Сколько вам лет?", "least": 14, "most": 35, "refusal": "Конкурс для молодых."}
)


def test_whoever_meets_all_conditions_reads_nothing():
    assert unmet([TOWN, AGE], {"town": "yes", "age": "14"}) == []


def test_an_unmet_condition_is_explained_and_names_what_fits_instead():
    with translation.override("en"):
        refusal = unmet([TOWN, AGE], {"town": "no", "age": "20"})

    assert [(one.key, one.why, one.instead) for one in refusal] == [
        ("town", "We support projects in Gusev.", "There is a regional fund.")
    ]


@pytest.mark.parametrize("answer", ["", "perhaps", "Да"])
def test_no_or_another_answer_meets_nothing(answer):
    assert [one.key for one in unmet([TOWN], {"town": answer} if answer else {})] == ["town"]


@pytest.mark.parametrize(
    ("age", "met"), [("13", False), ("14", True), ("35", True), ("35,5", False), ("много", False), ("", False)]
)
def test_a_number_is_met_within_its_bounds(age, met):
    assert (unmet([AGE], {"age": age}) == []) is met
