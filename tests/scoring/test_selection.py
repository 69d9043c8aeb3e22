"""The envelope divided: stop, skip, partial, best total; the reserve; and ties across the line."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.scoring import knapsack
from grants.scoring.faults import Faulty
from grants.scoring.knapsack import Item, best_set
from grants.scoring.ranking import rank
from grants.scoring.rules import Selection
from grants.scoring.selection import Candidate, select
from tests.factories.scoring import make_entry, make_rules, make_sheets, ranked


def candidates(*given):
    """(amount, value) or (amount, value, minimum), best first, each on its own place."""
    return [
        Candidate(f"A{place}", place, Decimal(one[0]), Decimal(one[1]), Decimal(one[2]) if len(one) > 2 else None)
        for place, one in enumerate(given, 1)
    ]


PUBLISHED = candidates((200, 91), (250, 88), (120, 84), (60, 80), (50, 78))


@pytest.mark.parametrize(
    ("rule", "funded"), [("stop", "A1 A2"), ("skip", "A1 A2 A5"), ("best_total", "A1 A3 A4 A5"), ("partial", "A1 A2")]
)
def test_published_case(rule, funded):
    selected = select(PUBLISHED, Decimal(500), Selection(rule=rule))

    assert sorted(selected.granted) == funded.split()
    assert selected.left == 500 - selected.spent >= 0


def test_partial_gives_the_rest_to_the_first_that_does_not_fit():
    selected = select(candidates((300, 90), (400, 80, 200), (50, 70)), Decimal(500), Selection(rule="partial"))

    assert selected.granted == {"A1": 300, "A2": 200}
    assert selected.reasons["A2"].code == "partial"
    assert selected.reserve == {"A3": 1}


@pytest.mark.parametrize("minimum", [(), (201,)])
def test_partial_stops_where_the_rest_is_too_small(minimum):
    selected = select(candidates((300, 90), (400, 80, *minimum), (50, 70)), Decimal(500), Selection(rule="partial"))

    assert selected.granted == {"A1": 300}


def test_partial_gives_nothing_of_nothing():
    selected = select(candidates((500, 90), (400, 80, 0)), Decimal(500), Selection(rule="partial"))

    assert selected.granted == {"A1": 500}


def test_reserve_is_limited_and_the_rest_declined():
    rules = make_rules(selection={"rule": "stop", "reserve": 1})
    entries, sheets = ranked(rules, A=(90, 100), B=(80, 100), C=(70, 100))

    rows = rank(rules, entries, sheets, envelope=Decimal(150)).rows

    assert [(row.outcome, row.reserve, row.amount) for row in rows] == [
        ("funded", None, 100),
        ("reserve", 1, 0),
        ("declined", None, 0),
    ]


def equals(*given):
    """Candidates (place, amount): those on one place are not parted yet."""
    return [
        Candidate(f"A{number}", place, Decimal(amount), Decimal(90 - place), Decimal(1))
        for number, (place, amount) in enumerate(given)
    ]


@pytest.mark.parametrize(
    ("rule", "given", "funded", "undecided"),
    [
        ("stop", [(1, 100), (1, 100)], "A0 A1", ""),
        ("stop", [(1, 300), (2, 200), (2, 200), (4, 1)], "A0", "A1 A2"),
        ("stop", [(1, 300), (2, 201), (2, 202), (4, 1)], "A0", ""),
        ("skip", [(1, 300), (2, 201), (2, 202), (4, 1)], "A0 A3", ""),
        ("skip", [(1, 300), (2, 150), (2, 201), (4, 100), (5, 300)], "A0 A1", ""),
        ("skip", [(1, 300), (2, 150), (2, 201), (4, 50), (5, 300)], "A0 A1 A3", ""),
        ("skip", [(1, 300), (2, 150), (2, 200), (4, 50), (5, 300)], "A0", "A1 A2 A3"),
        ("partial", [(1, 300), (2, 201), (2, 202)], "A0", "A1 A2"),
        ("best_total", [(1, 300), (1, 300)], "", "A0 A1"),
        ("best_total", [(1, 300), (1, 200), (1, 300)], "A1", "A0 A2"),
        ("best_total", [(1, 300), (1, 290)], "A1", ""),
        ("best_total", [(1, 200), (1, 200), (1, 200), (1, 200), (1, 200)], "", "A0 A1 A2 A3 A4"),
    ],
)
def test_a_tie_across_the_line_is_left_open(rule, given, funded, undecided):
    selected = select(equals(*given), Decimal(500), Selection(rule=rule))

    assert (" ".join(sorted(selected.granted)), " ".join(sorted(selected.undecided))) == (funded, undecided)
    assert {selected.reasons[name].code for name in selected.undecided} <= {"tied"}


@pytest.mark.parametrize(
    ("rule", "given", "reserve", "undecided"),
    [
        ("stop", [(1, 500), (2, 10), (3, 10), (3, 10), (5, 10)], "A1", "A2 A3"),
        ("stop", [(1, 500), (2, 10), (2, 10), (4, 10)], "A1 A2", ""),
        ("stop", [(1, 300), (2, 200), (2, 200), (4, 10), (5, 10)], "", "A1 A2 A3 A4"),
        ("best_total", [(1, 500), (2, 501), (2, 501), (2, 501)], "", "A1 A2 A3"),
    ],
)
def test_a_tie_across_the_limit_of_the_reserve_is_left_open(rule, given, reserve, undecided):
    selected = select(equals(*given), Decimal(500), Selection(rule=rule, reserve=2))

    assert (" ".join(selected.reserve), " ".join(sorted(selected.undecided))) == (reserve, undecided)
    assert {selected.reasons[name].code for name in selected.undecided} <= {"tied"}


def test_undecided_rows_are_named_and_decided_by_the_vote():
    rules = make_rules(ties=["vote"])
    entries = [make_entry(name, 300) for name in "AB"]
    sheets = make_sheets("A", 80) + make_sheets("B", 80)

    open_ranking = rank(rules, entries, sheets, envelope=Decimal(500))
    closed = rank(rules, entries, sheets, envelope=Decimal(500), votes=["B", "A"])

    assert [row.application for row in open_ranking.undecided] == ["A", "B"]
    assert open_ranking.spent == 0
    assert [(row.application, row.outcome) for row in closed.rows] == [("B", "funded"), ("A", "reserve")]


def test_best_total_counts_kopecks_and_tenths():
    rules = make_rules({"key": "idea", "scale": {"max": 100, "step": "0.1"}}, selection={"rule": "best_total"})
    entries, sheets = ranked(rules, A=("60.1", "250.01"), B=(60, 250), C=("59.9", 250))

    ranking = rank(rules, entries, sheets, envelope=Decimal(500))

    assert [row.application for row in ranking.rows if row.outcome == "funded"] == ["B", "C"]


items = st.lists(st.tuples(st.integers(0, 12), st.integers(-1, 6)).map(lambda pair: Item(*pair)), max_size=8)


@given(items, st.integers(0, 40))
@settings(max_examples=300)
def test_best_set_is_the_best_of_all_sets(given_items, capacity):
    def merit(places):
        held = [1 if place in places else 0 for place in range(len(given_items))]
        return (sum(given_items[p].value for p in places), -sum(given_items[p].cost for p in places), held)

    every = (set(c) for size in range(len(given_items) + 1) for c in combinations(range(len(given_items)), size))
    best = max(merit(places) for places in every if sum(given_items[p].cost for p in places) <= capacity)

    assert merit(best_set(given_items, capacity)) == best


def test_best_set_says_when_it_cannot(monkeypatch):
    monkeypatch.setattr(knapsack, "MOST_SETS", 50)
    hard = [Item(10_000_019 + number * 7919 % 1_000_003, 10_000 + number * 7919 % 1_000_003 // 1000) for number in range(60)]

    with pytest.raises(Faulty, match="too hard"):
        best_set(hard, 200_000_000)
