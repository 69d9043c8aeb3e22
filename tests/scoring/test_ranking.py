"""Sheets in, places out: aggregation, thresholds, divergence, normalisation, the order of those who passed."""

from decimal import Decimal

import pytest

from grants.scoring.faults import Faulty
from grants.scoring.ranking import rank
from grants.scoring.sheets import Sheet
from tests.factories.scoring import make_criterion, make_entry, make_rules, make_sheets, ranked


def row_of(rules, *scores, amount=None, **parts):
    return rank(rules, [make_entry("A", amount, **parts)], make_sheets("A", *scores)).row("A")


@pytest.mark.parametrize(
    ("aggregation", "scores", "total"),
    [
        ("mean", (95, 75, 94, 75, 66), "81.0"),
        ("median", (95, 75, 94, 75, 66), "75.0"),
        ("trimmed", (95, 75, 94, 75, 66), "81.3"),
        ("median", (60, 70), "65.0"),
        ("trimmed", (60, 90), "75.0"),
        ("trimmed", (60, 70, 95), "70.0"),
        ("criterion_mean", (60, 71), "65.5"),
        ("criterion_median", (60, 70, 95), "70.0"),
    ],
)
def test_aggregation(aggregation, scores, total):
    assert str(row_of(make_rules(aggregation=aggregation), *scores).total) == total


def test_statistics_stand_beside_every_total():
    figures = row_of(make_rules(), 95, 75, 94, 75, 66).statistics

    assert (figures.n, *map(str, (figures.mean, figures.median, figures.deviation, figures.spread))) == (
        5,
        "81.0",
        "75.0",
        "12.9",
        "29.0",
    )
    assert row_of(make_rules(), 50).statistics.deviation is None


def test_no_sheet_is_no_total_and_no_pass():
    row = row_of(make_rules())

    assert (row.statistics.n, row.total, row.place, row.passed, row.reason.code, row.outcome) == (
        0,
        None,
        None,
        False,
        "no_total",
        "declined",
    )


def test_criterion_threshold_compares_the_unrounded_value():
    rules = make_rules(make_criterion("a", 5, threshold=3, scale={"max": 5, "step": "0.01"}))

    assert row_of(rules, {"a": 3}, {"a": "2.99"}).reason.facts == {"key": "a", "value": "2.995", "threshold": "3"}
    assert row_of(rules, {"a": "3.01"}, {"a": "2.99"}).passed


def test_total_threshold_compares_the_rounded_total():
    rules = make_rules({"key": "idea", "scale": {"max": 100, "step": "0.1"}}, thresholds={"total": 65})

    assert row_of(rules, "64.9", 65).passed
    assert not row_of(rules, "64.9", "64.9").passed


def test_out_if_every_expert_is_below():
    rules = make_rules(thresholds={"every_expert": 50})

    assert row_of(rules, 49, 49).reason.code == "below_every_expert"
    assert row_of(rules, 49, 50).passed


def test_a_criterion_nobody_answered_fails_no_threshold():
    rules = make_rules(make_criterion("a", threshold=5, na_allowed=True), make_criterion("b"))

    assert row_of(rules, {"a": None, "b": 3}).passed


def test_lower_is_better_turns_thresholds_and_order():
    rules = make_rules(direction="lower", thresholds={"total": 60})
    entries, sheets = ranked(rules, A=(60, 1), B=(20, 1), C=(61, 1))

    rows = rank(rules, entries, sheets).rows

    assert [(row.application, row.place) for row in rows] == [("B", 1), ("A", 2), ("C", None)]
    assert rows[-1].reason.say() == "the total 61 is above 60"


@pytest.mark.parametrize(
    ("scores", "diverges"), [((60, 80), True), ((60, "79.9"), False), ((30, 50), False), ((30, 60), True), ((90,), False)]
)
def test_divergence(scores, diverges):
    rules = make_rules({"key": "idea", "scale": {"max": 100, "step": "0.1"}}, divergence={"spread": 20}, thresholds={"total": 60})

    assert row_of(rules, *scores).diverges is diverges


def panel(count):
    """Three experts on `count` applications: the harsh one 10 below, the mild one 10 above."""
    entries = [make_entry(f"A{number}") for number in range(count)]
    sheets = [
        sheet for number in range(count) for sheet in make_sheets(f"A{number}", *[30 + number * 10 + d for d in (0, 10, 20)])
    ]
    return entries, sheets


def test_normalisation_brings_experts_to_one_measure_and_keeps_raw_beside():
    ranking = rank(make_rules(normalisation="z_score"), *panel(6))

    row = ranking.row("A0")
    assert ranking.is_normalised
    assert (str(row.total), str(row.statistics.spread), str(row.raw.mean), str(row.raw.spread)) == ("39.0", "0.0", "40.0", "20.0")


def test_normalisation_needs_three_experts_with_six_shared_sheets():
    five, two = panel(5), panel(6)

    assert not rank(make_rules(normalisation="z_score"), *five).is_normalised
    assert not rank(make_rules(normalisation="z_score"), two[0], [s for s in two[1] if s.expert != "c"]).is_normalised
    assert not rank(make_rules(), *panel(6)).is_normalised


def test_normalisation_does_not_count_a_sheet_without_a_total():
    criteria = ({"key": "idea", "scale": {"max": 100}, "na_allowed": True}, {"key": "style", "scale": {"max": 5}, "weight": 0})
    rules = make_rules(*criteria, normalisation="z_score")
    entries, sheets = panel(6)
    sheets[0] = Sheet("A0", "a", {"idea": None, "style": Decimal(3)})

    assert not rank(rules, entries, sheets).is_normalised


def test_normalisation_leaves_an_expert_without_deviation_alone():
    entries, sheets = panel(6)
    flat = [Sheet(entry.application, "flat", {"idea": Decimal(50)}) for entry in entries]

    row = rank(make_rules(normalisation="z_score"), entries, sheets + flat).row("A5")

    assert Decimal(50) in [round(total, 20) for total in row.sheets]


def test_spread_and_divergence_look_at_what_experts_gave():
    entries, sheets = panel(6)
    rules = make_rules(normalisation="z_score", divergence={"spread": 20})

    assert rank(rules, entries, sheets).row("A0").diverges


def test_ranking_weights_order_and_thresholds_do_not_see_them():
    rules = make_rules(make_criterion("e", 5), make_criterion("i", 5, ranking_weight=2), thresholds={"total": 7})
    entries = [make_entry("A"), make_entry("B"), make_entry("C")]
    sheets = [
        *make_sheets("A", {"e": 5, "i": 3}),
        *make_sheets("B", {"e": 3, "i": 4}),
        *make_sheets("C", {"e": 1, "i": 5}),
    ]

    rows = rank(rules, entries, sheets).rows

    assert [(row.application, row.total, row.ranking, row.passed) for row in rows] == [
        ("A", 8, 11, True),
        ("B", 7, 11, True),
        ("C", 6, 11, False),
    ]
    assert rows[0].place == rows[1].place == 1


def test_failed_applications_follow_by_total_and_those_without_one_come_last():
    rules = make_rules(thresholds={"total": 90})
    entries, sheets = ranked(rules, A=(10, 1), B=(50, 1), C=(95, 1))

    rows = rank(rules, [make_entry("Z"), *entries], sheets).rows

    assert [row.application for row in rows] == ["C", "B", "A", "Z"]


@pytest.mark.parametrize(
    ("entries", "sheets", "code"),
    [
        ([make_entry("A"), make_entry("A")], [], "twice"),
        ([make_entry("A")], make_sheets("B", 5), "unknown"),
        ([make_entry("A")], make_sheets("A", 5, 6, experts="aa"), "twice"),
    ],
)
def test_inputs_that_make_no_sense_are_refused(entries, sheets, code):
    with pytest.raises(Faulty) as fault:
        rank(make_rules(), entries, sheets)

    assert fault.value.reason.code == code


def test_an_envelope_needs_amounts():
    with pytest.raises(Faulty, match="no amount is given"):
        rank(make_rules(), [make_entry("A")], make_sheets("A", 5), envelope=Decimal(10))


def test_a_rubric_of_automatic_criteria_alone_needs_no_sheets():
    rules = make_rules(
        {
            "key": "own",
            "automatic": {
                "of": "own_percent",
                "range": {"min": 0, "max": 100},
                "bands": [{"from": 0, "to": 50, "value": 1}, {"from": 50, "to": 100, "value": 2}],
            },
        }
    )

    row = rank(rules, [make_entry("A", values={"own_percent": Decimal(70)})], []).row("A")

    assert (row.total, row.passed) == (2, True)
