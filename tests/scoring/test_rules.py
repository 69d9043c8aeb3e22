"""Rules that contradict themselves are refused, each at its place."""

import pytest
from pydantic import ValidationError

from grants.scoring.files import read_rules
from grants.scoring.marked import BadFile
from grants.scoring.rules import Divergence

HEAD = """criteria:
  - {key: a, title: А, scale: {max: 10}}
  - {key: b, title: Б, scale: {max: 10}}
sheet_total: sum
digits: 1
"""


def refusals(text):
    with pytest.raises(BadFile) as bad:
        read_rules("rules.yaml", text)
    return [(problem.line, problem.at) for problem in bad.value.problems]


def criterion(parts):
    return f"criteria:\n  - key: a\n    title: А\n{parts}\nsheet_total: sum\ndigits: 1\n"


BANDS = "    automatic:\n      of: own\n      range: {min: 0, max: 100}\n      bands:\n"


@pytest.mark.parametrize(
    ("text", "line", "at"),
    [
        (criterion("    scale: {max: 10}\n    weight: -1"), 5, "criteria[0].weight"),
        (criterion("    scale: {max: 10}\n    weight: 0"), 1, "criteria"),
        (criterion("    scale: {max: 10}\n    ranking_weight: 0"), 1, "criteria"),
        (criterion("    scale: {max: 10}\n    weight: 1\n    weight_by_amount: [{weight: 2}]"), 5, "criteria[0].weight"),
        (
            criterion("    scale: {max: 10}\n    weight_by_amount: [{up_to: 5, weight: 1}, {up_to: 5, weight: 2}]"),
            5,
            "criteria[0].weight_by_amount[1].up_to",
        ),
        (
            criterion("    scale: {max: 10}\n    weight_by_amount: [{weight: 1}, {up_to: 5, weight: 2}]"),
            5,
            "criteria[0].weight_by_amount[0]",
        ),
        (criterion("    scale: {max: 10, step: 3}"), 4, "criteria[0].scale.step"),
        (criterion("    scale: {max: 10, step: 0}"), 4, "criteria[0].scale.step"),
        (criterion("    scale: {min: 5, max: 5}"), 4, "criteria[0].scale.max"),
        (criterion("    scale: {max: 10}\n    threshold: 11"), 5, "criteria[0].threshold"),
        (criterion("    scale: {max: 10}\n    anchors: {0: Нет, 11: Да}"), 5, "criteria[0].anchors.11"),
        (criterion("    scale: {max: 10}\n    colour: red"), 5, "criteria[0].colour"),
        (criterion("    scale: {max: 10}\n    levels: [{label: Да, value: 1}, {label: Нет, value: 0}]"), 2, "criteria[0]"),
        (criterion("    levels: [{label: Да, value: 1}, {label: Тоже, value: 1}]"), 4, "criteria[0].levels[1].value"),
        (criterion("    help: Нет шкалы"), 2, "criteria[0]"),
        (criterion("    scale: {max: ten}"), 4, "criteria[0].scale.max"),
        (criterion("    scale: {min: -5, max: 0}"), 2, "criteria[0]"),
        (
            criterion(BANDS + "        - {from: 0, to: 15, value: 0}\n        - {from: 16, to: 100, value: 1}"),
            9,
            "criteria[0].automatic.bands[1].from",
        ),
        (
            criterion(BANDS + "        - {from: 0, to: 15, value: 0}\n        - {from: 14, to: 100, value: 1}"),
            9,
            "criteria[0].automatic.bands[1].from",
        ),
        (criterion(BANDS + "        - {from: 0, to: 99, value: 1}"), 8, "criteria[0].automatic.bands[0].to"),
        (criterion(BANDS + "        - {from: 0, to: 101, value: 1}"), 8, "criteria[0].automatic.bands[0].to"),
        (criterion(BANDS + "        - {from: 1, to: 100, value: 1}"), 8, "criteria[0].automatic.bands[0].from"),
        (criterion(BANDS + "        - {from: -1, to: 100, value: 1}"), 8, "criteria[0].automatic.bands[0].from"),
        (
            criterion(BANDS + "        - {from: 0, to: 0, value: 1}\n        - {from: 0, to: 100, value: 2}"),
            8,
            "criteria[0].automatic.bands[0].to",
        ),
        (HEAD + "thresholds: {total: 21}\n", 6, "thresholds.total"),
        (HEAD + "thresholds: {every_expert: -1}\n", 6, "thresholds.every_expert"),
        (HEAD + "thresholds: {total: 5, total_by_amount: [{threshold: 5}]}\n", 6, "thresholds.total"),
        (
            HEAD + "thresholds:\n  total_by_amount:\n    - {up_to: 5, threshold: 5}\n    - {threshold: 50}\n",
            9,
            "thresholds.total_by_amount[1].threshold",
        ),
        (HEAD + "divergence: {spread: 21}\n", 6, "divergence.spread"),
        (HEAD + "ties: [spread, {criterion: z}]\n", 6, "ties[1].criterion"),
        (HEAD + "ties: [spread, spread]\n", 6, "ties[1]"),
        (HEAD + "ties: [lot, spread]\n", 6, "ties[1]"),
        (HEAD + "ties: [coin]\n", 6, "ties[0].by"),
        (HEAD + "normalisation: z_score\naggregation: criterion_mean\n", 6, "normalisation"),
        (HEAD + "direction: lower\nselection: {rule: best_total}\n", 7, "selection.rule"),
        (HEAD + "selection: {rule: first}\n", 6, "selection.rule"),
        (HEAD + "colour: red\n", 6, "colour"),
        (HEAD.replace("key: b", "key: a"), 3, "criteria[1].key"),
        (HEAD.replace("digits: 1", "digits: 7"), 5, "digits"),
        (HEAD.replace("sheet_total: sum\n", ""), 1, "sheet_total"),
        ("criteria: []\nsheet_total: sum\ndigits: 1\n", 1, "criteria"),
    ],
)
def test_rules_are_refused(text, line, at):
    assert refusals(text) == [(line, at)]


EXAMPLE = HEAD + "examples:\n  - title: Один\n    applications:\n      A:\n        sheets: {e: {a: 5, b: 4}}\n"


@pytest.mark.parametrize("spread", [-5, 0, 10**6, "1.1234567"])
def test_a_spread_that_cannot_be_one_is_refused(spread):
    with pytest.raises(ValidationError):
        Divergence(spread=spread)


@pytest.mark.parametrize(
    ("text", "line", "at"),
    [
        (EXAMPLE + "        expect: {total: 8}\n", 11, "examples[0].applications.A.expect.total"),
        (EXAMPLE + "    order: [B]\n", 11, "examples[0].order[0]"),
        (EXAMPLE, 7, "examples[0]"),
        (EXAMPLE.replace("b: 4", "b: 14") + "    order: [A]\n", 10, "examples[0].applications.A.sheets.e.b"),
        (EXAMPLE.replace("b: 4", "c: 4") + "    order: [A]\n", 10, "examples[0].applications.A.sheets.e.c"),
        (EXAMPLE.replace(", b: 4", "") + "    order: [A]\n", 10, "examples[0].applications.A.sheets.e"),
        (EXAMPLE.replace("b: 4", "b: n/a") + "    order: [A]\n", 10, "examples[0].applications.A.sheets.e.b"),
    ],
)
def test_wrong_example_is_refused(text, line, at):
    assert refusals(text) == [(line, at)]


def test_all_faults_are_named_at_once():
    text = HEAD.replace("scale: {max: 10}}", "scale: {max: ten}}").replace("digits: 1", "digits: one") + "colour: red\n"

    assert refusals(text) == [
        (2, "criteria[0].scale.max"),
        (3, "criteria[1].scale.max"),
        (5, "digits"),
        (6, "colour"),
    ]


def test_exactly_zero_may_be_a_band_of_its_own():
    bands = "        - {from: 0, to: 0, value: 0}\n        - {from: 0, to: 100, value: 2}"
    text = criterion(BANDS.replace("of: own", "of: own\n      edge: lower") + bands)

    automatic = read_rules("rules.yaml", text).rules.criteria[0].automatic

    assert [automatic.value_for(value) for value in (0, 1)] == [0, 2]


@pytest.mark.parametrize(
    "text",
    ["", "- 1", "a: [", "a: &x 1\nb: *x", "a: 1\na: 2", "[" * 500, "a: .inf", "? [1]\n: 2", "\x00", "!!python/name:os.system x"],
)
def test_what_is_no_rules_file_is_refused_with_a_line(text):
    with pytest.raises(BadFile) as bad:
        read_rules("rules.yaml", text)

    assert str(bad.value).startswith("rules.yaml:")
