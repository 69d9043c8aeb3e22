"""Each published case stands as a worked example in a regulation that is shipped, so that a fund begins with it."""

from decimal import Decimal
from pathlib import Path

import pytest

from grants.scoring.files import read_rules
from grants.scoring.marked import BadFile

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def rules_of(name):
    return read_rules(name, (EXAMPLES / name).read_text())


def applications_of(name):
    """Every application of every worked example of a shipped regulation; a file whose examples do not come out is no rules."""
    rules, _envelope = rules_of(name)
    return [one for example in rules.examples for one in example.applications.values()]


def expected(name, *figures):
    """What the examples of a regulation expect, application by application, where they expect all of these figures."""
    found = (one.expect for one in applications_of(name) if set(figures) <= one.expect.model_fields_set)
    return [tuple(getattr(expect, figure) for figure in figures) for expect in found]


def test_the_passing_score_depends_on_the_band():
    found = {(one.amount, one.expect.total, one.expect.passed) for one in applications_of("ten_criteria.yaml")}

    assert {
        (Decimal("500000"), Decimal(60), True),
        (Decimal("500000.01"), Decimal("64.9"), False),
        (Decimal("3000000"), Decimal(65), True),
        (Decimal("10000001"), Decimal("69.9"), False),
    } <= found


def test_horizon_thresholds_and_ties():
    found = expected("horizon.yaml", "total", "passed")

    assert found.count((Decimal("12.5"), True)) >= 2
    assert {(Decimal("12.5"), False), (Decimal("9.5"), False)} <= set(found)


def test_horizon_order_flips_between_the_two_rankings():
    def scores_by_place(name):
        example = rules_of(name).rules.examples[0]
        return {one.expect.place: tuple(one.sheets["consensus"].values()) for one in example.applications.values()}

    plain, innovation = scores_by_place("horizon.yaml"), scores_by_place("horizon_innovation.yaml")
    first, second = (Decimal("4.5"), Decimal(4), Decimal(4)), (Decimal(4), Decimal("4.5"), Decimal(4))
    assert (plain[1], plain[2]) == (first, second)
    assert (innovation[1], innovation[2]) == (second, first)
    assert (Decimal("9.5"), Decimal(11), False) in expected("horizon_innovation.yaml", "total", "ranking", "passed")


def test_no_score_is_never_a_zero():
    assert (Decimal("4.5"), True) in expected("heritage.yaml", "total", "passed")
    assert (Decimal("7.14"), True) in expected("first_step.yaml", "total", "passed")


def test_a_hole_in_the_bands_of_the_partners_share_is_refused():
    text = (EXAMPLES / "heritage.yaml").read_text()
    holed = text.replace("{from: 15.5,", "{from: 15.6,")
    assert holed != text

    with pytest.raises(BadFile, match=r"heritage.yaml:\d+: rules.criteria\[3\].automatic.bands\[\d\].from: .*15.5"):
        read_rules("heritage.yaml", holed)


@pytest.mark.parametrize(
    ("name", "funded"),
    [("living_yard.yaml", [91, 88]), ("first_step.yaml", [91, 88, 78]), ("heritage.yaml", [91, 84, 80, 78])],
)
def test_an_envelope_of_500_is_divided_by_each_rule(name, funded):
    """Stop, skip, best total: the scores of the published case, on each regulation's own scale."""
    rules, _envelope = rules_of(name)
    (example,) = [one for one in rules.examples if one.envelope == 500]
    scale = {"living_yard.yaml": 1, "first_step.yaml": 10, "heritage.yaml": 20}[name]

    asked = [(one.expect.total * scale, one.amount) for one in example.applications.values()]
    given = [one.expect.total * scale for one in example.applications.values() if one.expect.outcome == "funded"]

    assert asked == [(91, 200), (88, 250), (84, 120), (80, 60), (78, 50)]
    assert given == funded
