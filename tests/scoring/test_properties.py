"""What holds for every ranking, whatever the sheets."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from grants.scoring.ranking import rank
from grants.scoring.sheets import Entry, Sheet
from tests.factories.scoring import make_criterion, make_rules

KEYS = ("a", "b", "c")
SELECTIONS = ("stop", "skip", "best_total", "partial")

value = st.one_of(st.none(), st.integers(0, 10).map(Decimal))
row = st.fixed_dictionaries(dict.fromkeys(KEYS, value))
weights = st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any)
field = st.lists(st.tuples(st.lists(row, max_size=4), st.integers(1, 400), st.integers(1, 400)), min_size=1, max_size=8)
aggregations = st.sampled_from(["mean", "median", "trimmed", "criterion_mean", "criterion_median"])


def make(weights, **parts):
    criteria = [make_criterion(key, weight=weight, na_allowed=True) for key, weight in zip(KEYS, weights, strict=True)]
    return make_rules(*criteria, **{"sheet_total": "mean", "digits": 2, "ties": ["spread", "lot"], **parts})


def inputs(drawn):
    entries, sheets = [], []
    for number, (rows, amount, minimum) in enumerate(drawn):
        entries.append(Entry(f"A{number}", Decimal(amount), Decimal(min(minimum, amount))))
        sheets += [Sheet(f"A{number}", f"E{expert}", scores) for expert, scores in enumerate(rows)]
    return entries, sheets


@given(field, weights, aggregations, st.randoms(use_true_random=False))
def test_order_of_sheets_and_entries_does_not_matter(drawn, weights, aggregation, dice):
    rules = make(weights, aggregation=aggregation)
    entries, sheets = inputs(drawn)
    first = rank(rules, entries, sheets, envelope=Decimal(500), lot_seed="s")
    dice.shuffle(entries)
    dice.shuffle(sheets)

    assert rank(rules, entries, sheets, envelope=Decimal(500), lot_seed="s") == first


@given(field, weights, aggregations, st.integers(2, 900))
def test_scaling_all_weights_changes_no_mean_total_and_no_order(drawn, weights, aggregation, factor):
    entries, sheets = inputs(drawn)

    first = rank(make(weights, aggregation=aggregation), entries, sheets, lot_seed="s")
    second = rank(make([weight * factor for weight in weights], aggregation=aggregation), entries, sheets, lot_seed="s")

    assert [(r.application, r.place, r.total) for r in second.rows] == [(r.application, r.place, r.total) for r in first.rows]


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_a_sheet_equal_to_the_mean_changes_nothing(scores):
    rules = make_rules({"key": "idea", "scale": {"min": 0, "max": 100}}, digits=2)
    entries = [Entry("A")]
    sheets = [Sheet("A", f"E{number}", {"idea": Decimal(score)}) for number, score in enumerate(scores)]
    mean = Decimal(sum(scores)) / len(scores)

    before = rank(rules, entries, sheets).row("A").total
    after = rank(rules, entries, [*sheets, Sheet("A", "mean", {"idea": mean})]).row("A").total

    assert after == before


@given(field, weights, st.integers(0, 10), st.integers(0, 10))
def test_a_higher_threshold_lets_nobody_in(drawn, weights, one, other):
    entries, sheets = inputs(drawn)
    low, high = sorted((one, other))

    def passing(threshold):
        rows = rank(make(weights, thresholds={"total": threshold}), entries, sheets).rows
        return {row.application for row in rows if row.passed}

    assert passing(high) <= passing(low)


@given(field, weights, st.sampled_from(SELECTIONS), st.integers(0, 1500), st.sampled_from([None, "seed"]))
@settings(max_examples=300)
def test_selection_never_exceeds_the_envelope(drawn, weights, rule, envelope, seed):
    entries, sheets = inputs(drawn)

    ranking = rank(make(weights, selection={"rule": rule}), entries, sheets, envelope=Decimal(envelope), lot_seed=seed)

    assert ranking.spent == sum(row.amount for row in ranking.rows) <= envelope
    for row in ranking.rows:
        assert 0 <= row.amount <= row.asked
        assert (row.amount > 0) <= (row.outcome == "funded")
        assert row.passed or row.outcome == "declined"


@given(field, weights, aggregations)
def test_a_lot_parts_all(drawn, weights, aggregation):
    entries, sheets = inputs(drawn)

    ranking = rank(make(weights, aggregation=aggregation), entries, sheets, envelope=Decimal(500), lot_seed="seed")

    placed = [row for row in ranking.rows if row.passed]
    assert [row.place for row in placed] == list(range(1, len(placed) + 1))
    assert ranking.undecided == ()
    assert all(one.ranking >= other.ranking for one, other in pairwise(placed))


@given(field, weights, aggregations, st.sampled_from(["mean", "sum"]), st.sampled_from([None, 100]))
def test_raising_one_score_lowers_no_total(drawn, weights, aggregation, method, out_of):
    entries, sheets = inputs(drawn)
    rules = make(weights, aggregation=aggregation, sheet_total=method, out_of=out_of)
    raised = [
        Sheet(s.application, s.expert, {key: None if v is None else min(v + 1, Decimal(10)) for key, v in s.scores.items()})
        for s in sheets
    ]

    before = {row.application: row.total for row in rank(rules, entries, sheets).rows}
    after = {row.application: row.total for row in rank(rules, entries, raised).rows}

    assert all(after[name] >= total for name, total in before.items() if total is not None)
