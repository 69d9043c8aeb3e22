"""Which places flip if a weight moves, the average changes, an expert is missing."""

from decimal import Decimal

from grants.scoring.ranking import rank
from grants.scoring.stability import stability
from tests.factories.scoring import make_criterion, make_entry, make_rules, make_sheets

RULES = make_rules(make_criterion("a", weight=1), make_criterion("b", weight=1), digits=2)


def field(**rows):
    entries = [make_entry(name, 100) for name in rows]
    return entries, [s for name, given in rows.items() for s in make_sheets(name, *[{"a": a, "b": b} for a, b in given])]


def test_every_small_change_is_tried_and_reported():
    seen = []

    found = stability(RULES, *field(A=[(6, 4), (6, 4)], B=[(4, 5), (4, 5)]), progress=lambda done, of: seen.append((done, of)))

    assert [(s.kind, s.of) for s in found.scenarios] == [
        ("weight_up", "a"),
        ("weight_down", "a"),
        ("weight_up", "b"),
        ("weight_down", "b"),
        ("aggregation", "median"),
        ("expert_out", "a"),
        ("expert_out", "b"),
    ]
    assert seen == [(number, 7) for number in range(1, 8)]


def test_a_place_that_hangs_on_a_weight_flips():
    entries, sheets = field(A=[(7, 4)], B=[(4, 7)])
    rules = RULES.model_copy(update={"ties": make_rules(make_criterion("a"), ties=[{"criterion": "a"}]).ties})

    found = stability(rules, entries, sheets, envelope=Decimal(100))

    flips = {
        (s.kind, s.of): ([(m.application, m.before, m.after) for m in s.moves], s.enters, s.leaves)
        for s in found.scenarios
        if s.moved
    }
    swap = ([("A", 1, 2), ("B", 2, 1)], ("B",), ("A",))
    assert flips == {
        ("weight_down", "a"): swap,
        ("weight_up", "b"): swap,
        ("expert_out", "a"): ([("A", 1, None), ("B", 2, None)], (), ("A",)),
    }
    assert (found.best, found.worst, found.solid) == ({"A": 1, "B": 1}, {"A": None, "B": None}, set())


def test_a_clear_lead_is_solid():
    entries, sheets = field(A=[(9, 9)] * 3, B=[(5, 5)] * 3, C=[(1, 1)] * 3)

    found = stability(RULES, entries, sheets, envelope=Decimal(200))

    assert found.solid == {"A", "B"}
    assert (found.best, found.worst) == ({"A": 1, "B": 2, "C": 3}, {"A": 1, "B": 2, "C": 3})
    assert not any(s.moved for s in found.scenarios)


def test_each_scenario_is_the_ranking_made_again():
    entries, sheets = field(A=[(7, 4), (2, 9)], B=[(4, 7), (8, 1)], C=[(5, 5), (5, 6)], D=[(3, 3), (9, 9)])

    for normalisation in ("none", "z_score"):
        rules = RULES.model_copy(update={"normalisation": normalisation})
        base = {row.application: row.place for row in rank(rules, entries, sheets).rows}
        for scenario in stability(rules, entries, sheets).scenarios:
            if scenario.kind != "expert_out":
                continue
            again = rank(rules, entries, [s for s in sheets if s.expert != scenario.of])
            changed = {row.application: row.place for row in again.rows if row.place != base[row.application]}
            assert {move.application: move.after for move in scenario.moves} == changed


def test_ranking_weights_and_weights_by_amount_move_too():
    rules = make_rules(
        make_criterion("a", weight_by_amount=[{"up_to": 50, "weight": 1}, {"weight": 2}]), make_criterion("b", ranking_weight=2)
    )

    found = stability(rules, *field(A=[(6, 5)], B=[(5, 6)]))

    assert {s.of for s in found.scenarios if s.kind == "weight_up" and s.moved} == {"a", "b"}
