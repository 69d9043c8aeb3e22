"""A regulation file that is wrong: every fault with its line and path; what stands between a right one and its opening."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grants.calls.regulation import obstacles, read_regulation
from grants.calls.regulation.checks import profile_faults
from grants.scoring.faults import path
from grants.scoring.marked import BadFile

TEXT = (Path(__file__).parent.parent.parent / "examples" / "heritage.yaml").read_text()


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("envelope: 4_000_000", "envelope: 700_000", "costs.most"),
        ("envelope: 4_000_000", "envelope: 0", "money.envelope"),
        ("envelope: 4_000_000", "envelope: -5", "money.envelope"),
        ("closes: 2027-03-01 18:00", "closes: 2027-01-01 18:00", "timeline.closes"),
        ("closes: 2027-03-01 18:00", "closes: 2027-01-18 10:00", "timeline.closes"),
        ("judged_by: 2027-04-02 18:00", "judged_by: 2027-02-02 18:00", "timeline.judged_by"),
        ("judged_by: 2027-04-02 18:00", "judged_by: soon", "timeline.judged_by"),
        ("judged_by: 2027-04-02 18:00", "judged_by: 2027-04-31 18:00", "timeline.judged_by"),
        ("judged_by: 2027-04-02 18:00", "judged_by: 2027-04-02", "timeline.judged_by"),
        ("projects_until: 2027-12-15", "projects_until: 2027-01-15", "timeline.projects_until"),
        ("zone: Europe/Kaliningrad", "zone: Europe/Gusev", "timeline.zone"),
        ("zone: Europe/Kaliningrad", "zone: ../../etc/passwd", "timeline.zone"),
        ("zone: Europe/Kaliningrad", "zone: [1]", "timeline.zone"),
        ("opens: 2027-01-18 10:00", "opens: 0001-01-01 00:00", "timeline.opens"),
        ("opens: 2027-01-18 10:00", "opens: 0001-01-01T00:00+14:00", "timeline.opens"),
        ("judged_by: 2027-04-02 18:00", "judged_by: 9999-12-31T23:59-12:00", "timeline.judged_by"),
        ("judged_by: 2027-04-02 18:00", "judged_by: 1807000000", "timeline.judged_by"),
        ("projects_until: 2027-12-15", "projects_until: 21168", "timeline.projects_until"),
        ("projects_until: 2027-12-15", "projects_until: 9999-12-15", "timeline.projects_until"),
        ("envelope: 4_000_000", "envelope: 4_000_000_", "money.envelope"),
        ("envelope: 4_000_000", "envelope: .inf", "money.envelope"),
        ("envelope: 4_000_000", "envelope: ４００００００", "money.envelope"),
        ("envelope: 4_000_000", "envelope: !!binary 4", "money.envelope"),
        ("envelope: 4_000_000", "envelope: &money 4_000_000", "money.envelope"),
        ("key: heritage-2027", 'key: "heritage\\0"', "call.key"),
        ("key: heritage-2027", 'key: "heritage\\ud800"', "call.key"),
        ("key: heritage-2027", "key: Наследие 2027", "call.key"),
        ("number_prefix: НА", "number_prefix: на", "call.number_prefix"),
        ("applicants: [team, organisation]", "applicants: [team, team]", "call.applicants[1]"),
        ("applicants: [team, organisation]", "applicants: [company]", "call.applicants[0]"),
        ("format: 1", "format: 2", "format"),
        ("from: 15.5, to: 30", "from: 16, to: 30", "rules.criteria[3].automatic.bands[1].from"),
        ("range: {min: 0, max: 90}", "range: {min: 0, max: 80}", "rules.criteria[3].automatic.bands[2].to"),
        ("max: 90\n          decimals", "max: 95\n          decimals", "rules.criteria[3].automatic.range"),
        ("of: partner_percent", "of: partner", "rules.criteria[3].automatic.of"),
        ("selection: {rule: best_total}", "selection: {rule: partial}", "rules.selection.rule"),
        ("threshold: 2\n", "threshold: 2\n      weight: -1\n", "rules.criteria[0].weight"),
        ("expect: {total: 4.5, passed", "expect: {total: 4.4, passed", "rules.examples[0].applications.НА-27-001.expect.total"),
        ("comment_min: 150", "comment_min: 150\n  colour: red", "review.colour"),
        ("  experts: 3\n", "", "review.experts"),
        ("per_applicant: 2", "per_applicant: two", "call.per_applicant"),
        ('summary:\n    ru: "До', 'summary:\n    de: "До', "call.summary.de"),
    ],
)
def test_wrong_regulation_is_refused_at_its_line(old, new, at):
    assert TEXT.count(old) >= 1
    text = TEXT.replace(old, new, 1)

    with pytest.raises(BadFile) as bad:
        read_regulation("heritage.yaml", text)

    problems = {problem.at: problem for problem in bad.value.problems}
    assert at in problems
    assert str(problems[at]).startswith(f"heritage.yaml:{problems[at].line}: {at}: ")
    if new and "examples" not in at:
        assert abs(problems[at].line - line_of(text, new)) <= new.count("\n") + 4 or at in (
            "costs.most",
            "rules.criteria[3].automatic.range",
        )


def test_an_optional_question_cannot_feed_a_criterion_that_needs_a_value():
    text = TEXT.replace("      na_allowed: true\n      automatic:", "      automatic:")

    with pytest.raises(BadFile, match="may stay unanswered"):
        read_regulation("heritage.yaml", text)


@pytest.mark.parametrize(("written", "said"), [('""', "a date"), ("1807000000", "a bare number")])
def test_an_empty_date_is_not_called_a_number(written, said):
    text = TEXT.replace("projects_until: 2027-12-15", f"projects_until: {written}")

    with pytest.raises(BadFile, match=rf"timeline\.projects_until: .*{said}"):
        read_regulation("heritage.yaml", text)


def test_bands_must_reach_the_greatest_request():
    text = TEXT.replace(
        "thresholds: {total: 3,", "thresholds:\n    total_by_amount: [{up_to: 500_000, threshold: 3}]\n    "
    ).replace("\n     every_expert: 2.5}", "\n    every_expert: 2.5")

    with pytest.raises(BadFile, match=r"the bands end at 500000; no band holds larger requests, up to 800000"):
        read_regulation("heritage.yaml", text)


def test_instants_are_the_clock_on_the_wall_of_the_zone():
    text = TEXT.replace("closes: 2027-03-01 18:00", "closes: 2027-03-01T16:00+00:00")

    moved = read_regulation("heritage.yaml", text)

    assert moved == read_regulation("heritage.yaml", TEXT)
    assert moved.timeline.closes == datetime(2027, 3, 1, 16, tzinfo=UTC)


def test_a_right_regulation_can_open_before_it_closes():
    regulation = read_regulation("heritage.yaml", TEXT)

    assert obstacles(regulation, now=datetime(2027, 1, 1, tzinfo=UTC), programmes=["heritage"], themes=["heritage", "city"]) == []
    late = obstacles(regulation, now=datetime(2027, 3, 1, 16, tzinfo=UTC))
    assert [(path(fault.at), fault.reason.code) for fault in late] == [("timeline.closes", "past")]


def test_opening_needs_known_programme_themes_and_examples():
    regulation = read_regulation("heritage.yaml", TEXT)
    bare = regulation.model_copy(update={"rules": regulation.rules.model_copy(update={"examples": ()})})

    found = obstacles(bare, now=datetime(2027, 1, 1, tzinfo=UTC), programmes=["creative"], themes=["heritage"])

    assert [path(fault.at) for fault in found] == ["call.programme", "call.themes[1]", "rules.examples"]
    assert profile_faults(regulation) == []


def test_an_editor_may_keep_examples_that_are_still_wrong():
    text = TEXT.replace("expect: {total: 4.5, passed", "expect: {total: 4.4, passed")

    regulation = read_regulation("heritage.yaml", text, prove=False)

    (fault,) = obstacles(regulation, now=datetime(2027, 1, 1, tzinfo=UTC))
    assert (path(fault.at), str(fault.reason)) == (
        "rules.examples[0].applications.НА-27-001.expect.total",
        "the example expects 4.4, the rules give 4.5",
    )


@pytest.mark.parametrize("clock", ["2027-03-28 02:30", "2027-10-31 02:30"])
def test_a_time_at_which_clocks_change_needs_its_offset(clock):
    text = TEXT.replace("zone: Europe/Kaliningrad", "zone: Europe/Berlin").replace("opens: 2027-01-18 10:00", f"opens: {clock}")

    with pytest.raises(BadFile) as bad:
        read_regulation("heritage.yaml", text)

    (problem,) = bad.value.problems
    assert (problem.at, problem.line, problem.reason.code) == ("timeline.opens", line_of(text, "opens:"), "clock")


def test_a_wrong_zone_is_named_alone():
    with pytest.raises(BadFile) as bad:
        read_regulation("heritage.yaml", TEXT.replace("zone: Europe/Kaliningrad", "zone: Europe/Gusev"))

    assert [problem.at for problem in bad.value.problems] == ["timeline.zone"]


@pytest.mark.parametrize("title", ['"Имя\\nDe: кто"', '"\u200b"'])
def test_a_title_is_one_line_that_can_be_seen(title):
    old = next(line for line in TEXT.splitlines() if line.startswith("  title:"))

    with pytest.raises(BadFile) as bad:
        read_regulation("heritage.yaml", TEXT.replace(old, f"  title: {title}", 1))

    assert [problem.at for problem in bad.value.problems] == ["call.title"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("key: heritage-2027", "key: Heritage", "small Latin letters and digits"),
        ("number_prefix: НА", "number_prefix: на", "one to four capital letters"),
        ("applicants: [team, organisation]", "applicants: [company]", "this must be person, team, organisation"),
    ],
)
def test_what_is_expected_is_said_without_patterns(old, new, said):
    with pytest.raises(BadFile) as bad:
        read_regulation("heritage.yaml", TEXT.replace(old, new, 1))

    assert said in str(bad.value.problems[0])
