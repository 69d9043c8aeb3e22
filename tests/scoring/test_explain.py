"""How a score came about: contributions add up to the total, names are gone, the steps are there."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.scoring.explain import contributions, explain
from grants.scoring.numbers import snapped
from grants.scoring.ranking import rank
from grants.scoring.sheets import Sheet
from tests.factories.scoring import make_criterion, make_entry, make_rules, make_sheets, ranked

# The sheets of docs and mock-up: five criteria 0–5 in halves, weights 6, 4, 4, 4, 2 out of 100.
YARD = [
    {"key": key, "weight": weight, "scale": {"max": 5, "step": "0.5"}, "na_allowed": key == "team"}
    for key, weight in (("use", 6), ("idea", 4), ("plan", 4), ("costs", 4), ("team", 2))
]
NIGHT = (
    {"use": 4, "idea": 4.5, "plan": 2.5, "costs": 2.5, "team": 3},
    {"use": 4.5, "idea": 5, "plan": 3, "costs": 2, "team": 3.5},
    {"use": 4, "idea": 4, "plan": 3.5, "costs": 2, "team": 4},
)


def explained(rules, *rows, amount=287_000, envelope=None, **parts):
    entry, sheets = make_entry("A", amount, **parts), make_sheets("A", *rows)
    return explain(rules, entry, sheets, rank(rules, [entry], sheets, envelope=envelope))


def test_explanation_retraces_the_published_score():
    rules = make_rules(*YARD, thresholds={"total_by_amount": [{"up_to": 200_000, "threshold": 55}, {"threshold": 60}]})

    found = explained(rules, *NIGHT)

    assert [str(round(step.contribution, 1)) for step in found.criteria] == ["25.0", "18.0", "12.0", "8.7", "7.0"]
    assert [sheet.total for sheet in found.sheets] == [68, 70, 74]
    assert (str(found.row.total), found.threshold, str(found.margin), found.greatest, found.adds_up) == (
        "70.7",
        60,
        "10.7",
        100,
        True,
    )
    use = found.criteria[0]
    assert (use.share, use.greatest, sorted(use.values)) == (Decimal("0.3"), 30, [4, 4, Decimal("4.5")])
    assert (str(use.statistics.mean), str(use.statistics.deviation)) == ("4.17", "0.29")


def test_explanation_names_no_expert():
    assert "E1" not in repr(explained(make_rules(*YARD), *NIGHT))
    entry, sheets = make_entry("A", 1), [Sheet("A", "Анна", {"idea": Decimal(5)}), Sheet("A", "Борис", {"idea": Decimal(7)})]

    assert "Анна" not in repr(explain(make_rules(), entry, sheets, rank(make_rules(), [entry], sheets)))


def test_nearest_anchors():
    anchors = {0: "Нет", 4: "Да", 5: "Образцово"}
    rules = make_rules({"key": "idea", "scale": {"max": 5, "step": "0.5"}, "anchors": anchors})

    assert explained(rules, 4.5, 4.5).criteria[0].nearest == (4, 5)
    assert explained(rules, 1, 2).criteria[0].nearest == (0,)


def test_median_and_trimmed_say_which_sheets_count():
    assert [s.counts for s in explained(make_rules(aggregation="median"), 10, 20, 90, 40).sheets] == [False, True, True, False]
    assert [s.counts for s in explained(make_rules(aggregation="trimmed"), 10, 20, 90).sheets] == [False, True, False]


def test_line_and_money_left_before():
    rules = make_rules()
    entries, sheets = ranked(rules, A=(90, 300), B=(80, 150), C=(70, 100))
    ranking = rank(rules, entries, sheets, envelope=Decimal(500))

    found = explain(rules, entries[2], [sheets[2]], ranking)

    assert (found.ranked, found.line, found.left_before, found.reason.code) == (3, 80, 50, "no_room")


def test_normalisation_is_a_step_of_its_own():
    rules = make_rules(normalisation="z_score")
    entries = [make_entry(f"A{n}") for n in range(6)]
    sheets = [s for n in range(6) for s in make_sheets(f"A{n}", 30 + 10 * n, 40 + 10 * n, 50 + 10 * n)]

    found = explain(rules, entries[0], sheets[:3], rank(rules, entries, sheets))

    assert snapped(found.unrounded - found.normalisation) == 40
    assert not found.adds_up


def test_an_application_without_sheets_is_explained_too():
    found = explained(make_rules())

    assert (found.unrounded, found.sheets, found.reason.code, found.criteria[0].contribution) == (None, (), "no_total", 0)


value = st.one_of(st.none(), st.integers(0, 10).map(Decimal))
rows = st.lists(st.fixed_dictionaries({"a": value, "b": value, "c": value}), max_size=6)


@pytest.mark.parametrize("aggregation", ["mean", "median", "trimmed", "criterion_mean", "criterion_median"])
@given(rows=rows, method=st.sampled_from(["mean", "sum"]), out_of=st.sampled_from([None, 100]))
def test_contributions_add_up_to_the_total(aggregation, rows, method, out_of):
    criteria = [make_criterion(key, weight=weight, na_allowed=True) for key, weight in (("a", 3), ("b", 1), ("c", 5))]
    rules = make_rules(*criteria, aggregation=aggregation, sheet_total=method, out_of=out_of, digits=6)
    entry, sheets = make_entry("A"), [Sheet("A", str(n), row) for n, row in enumerate(rows)]

    points = contributions(rules, entry, sheets)

    total = rank(rules, [entry], sheets).row("A").total
    assert round(sum(points.values()), 6) == (total or 0)
