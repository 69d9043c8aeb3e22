"""Equals parted step by step; what waits for a vote or a lot shares a place and says so."""

from datetime import UTC, datetime

import pytest

from fund.lots.drawing import lot_of
from grants.scoring.faults import Faulty
from grants.scoring.ranking import rank
from tests.factories.scoring import make_criterion, make_entry, make_rules, make_sheets


def rules_with(*ties, **parts):
    return make_rules(make_criterion("a"), make_criterion("b", na_allowed=True), ties=ties, **parts)


def places(rules, scores, **options):
    """`scores` by application: rows of (a, b). Gives places, and what is awaited."""
    submitted = options.pop("submitted", {})
    entries = [make_entry(name, submitted=submitted.get(name)) for name in scores]
    sheets = [s for name, rows in scores.items() for s in make_sheets(name, *[{"a": a, "b": b} for a, b in rows])]
    ranking = rank(rules, entries, sheets, **options)
    return [(row.application, row.place, row.tie.pending if row.tie else None) for row in ranking.rows], ranking


def test_criterion_decides():
    found, ranking = places(rules_with({"criterion": "b"}), {"A": [(6, 4)], "B": [(4, 6)]})

    assert found == [("B", 1, None), ("A", 2, None)]
    assert [step.criterion for step in ranking.row("A").tie.steps] == ["b"]


def test_a_criterion_without_a_value_comes_last():
    rules = rules_with({"criterion": "b"}, sheet_total="mean")

    found, _ = places(rules, {"A": [(5, None)], "B": [(5, 5)]})

    assert [name for name, _, _ in found] == ["B", "A"]


def test_where_lower_is_better_the_lower_criterion_comes_first():
    found, _ = places(rules_with({"criterion": "a"}, direction="lower"), {"A": [(6, 4)], "B": [(4, 6)]})

    assert [name for name, _, _ in found] == ["B", "A"]


def test_smaller_spread_comes_first():
    found, _ = places(rules_with("spread"), {"A": [(4, 4), (6, 6)], "B": [(5, 5), (5, 5)]})

    assert [name for name, _, _ in found] == ["B", "A"]


def test_earlier_submission_comes_first_and_an_unknown_one_last():
    early, late = datetime(2027, 3, 1, 10, tzinfo=UTC), datetime(2027, 3, 1, 11, tzinfo=UTC)

    found, _ = places(rules_with("submitted"), {"A": [(5, 5)], "B": [(5, 5)], "C": [(5, 5)]}, submitted={"A": late, "C": early})

    assert [name for name, _, _ in found] == ["C", "A", "B"]


def test_instants_with_and_without_a_zone_cannot_be_compared():
    instants = {"A": datetime(2027, 3, 1, 10, tzinfo=UTC), "B": datetime(2027, 3, 1, 10)}  # noqa: DTZ001 -- the point of it

    with pytest.raises(Faulty, match="time zone"):
        places(rules_with("submitted"), {"A": [(5, 5)], "B": [(5, 5)]}, submitted=instants)


def test_vote_is_awaited_shared_and_then_decides():
    scores = {"A": [(5, 5)], "B": [(5, 5)], "C": [(4, 4)]}

    assert places(rules_with("vote"), scores)[0] == [("A", 1, "vote"), ("B", 1, "vote"), ("C", 3, None)]
    assert places(rules_with("vote"), scores, votes=["B"])[0][0] == ("A", 1, "vote")
    assert places(rules_with("vote"), scores, votes=["B", "A"])[0] == [("B", 1, None), ("A", 2, None), ("C", 3, None)]


def test_a_missing_vote_is_not_replaced_by_the_lot():
    found, _ = places(rules_with("vote", "lot"), {"A": [(5, 5)], "B": [(5, 5)]}, lot_seed="seed")

    assert found == [("A", 1, "vote"), ("B", 1, "vote")]


def test_lot_is_awaited_and_then_decides_by_the_published_rule():
    scores = {name: [(5, 5)] for name in "ABCDE"}

    assert {pending for _, _, pending in places(rules_with("lot"), scores)[0]} == {"lot"}
    found, _ = places(rules_with("lot"), scores, lot_seed="Гусев")
    assert [name for name, _, _ in found] == sorted("ABCDE", key=lambda name: lot_of("Гусев", name))
    assert [place for _, place, _ in found] == [1, 2, 3, 4, 5]


def test_lot_of_is_what_sha256sum_prints():
    assert lot_of("Гусев 23.04.2027", "ЖД-26-014") == "d6b06d738859372b743418115c7371e06956f354bcd766627a623622b42122bd"


def test_a_chain_that_ends_leaves_equals():
    assert places(rules_with("spread"), {"A": [(5, 5)], "B": [(5, 5)]})[0] == [("A", 1, "end"), ("B", 1, "end")]


def test_steps_name_only_what_parted_an_application_from_its_equals():
    scores = {"A": [(6, 4)], "B": [(5, 5)], "C": [(5, 5)], "D": [(1, 1)]}

    _, ranking = places(rules_with({"criterion": "a"}, "lot"), scores, lot_seed="x")

    assert [step.by for step in ranking.row("A").tie.steps] == ["criterion"]
    assert [step.by for step in ranking.row("B").tie.steps] == ["criterion", "lot"]
    assert ranking.row("D").tie is None


def test_order_of_entries_does_not_show():
    scores = {"B": [(5, 5)], "A": [(5, 5)]}

    assert [name for name, _, _ in places(rules_with("vote"), scores)[0]] == ["A", "B"]
