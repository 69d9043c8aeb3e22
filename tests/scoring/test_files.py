"""Scores and applications from files: every error by line and column, nothing half taken."""

import pytest

from grants.scoring.files import read_rules, read_text
from grants.scoring.marked import BadFile
from grants.scoring.tables import read_applications, read_scores
from tests.factories.scoring import make_criterion, make_rules

RULES = make_rules(make_criterion("a"), make_criterion("b", na_allowed=True))
HEAD = "application,expert,criterion,value\n"
AUTOMATIC = make_rules(
    make_criterion("a"),
    {
        "key": "own",
        "automatic": {
            "of": "own_percent",
            "range": {"min": 0, "max": 100},
            "bands": [{"from": 0, "to": 100, "value": 1}],
        },
    },
    thresholds={"total_by_amount": [{"up_to": 1000, "threshold": 5}]},
)


def problems(read, *args):
    with pytest.raises(BadFile) as bad:
        read("file.csv", *args)
    return [(problem.line, problem.at, problem.reason.code) for problem in bad.value.problems]


def test_scores_become_sheets():
    text = "\ufeffapplication;expert;criterion;value\nЖД-1;anna;a;7,0\nЖД-1;anna;b;\n\n"

    (sheet,) = read_scores("file.csv", text, RULES)

    assert (sheet.application, sheet.expert, sheet.scores) == ("ЖД-1", "anna", {"a": 7, "b": None})


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("A,e,a,11\nA,e,b,1", [(2, "value", "off_scale")]),
        ("A,e,a,1.5\nA,e,b,1", [(2, "value", "off_step")]),
        ("A,e,a,\nA,e,b,1", [(2, "value", "na")]),
        ("A,e,a,x\nA,e,b,1", [(2, "value", "not_a_number")]),
        ("A,e,a,1.0000001\nA,e,b,1", [(2, "value", "decimals")]),
        ("A,e,a,1_0\nA,e,b,1", [(2, "value", "not_a_number")]),
        ("A,e,a,٣\nA,e,b,1", [(2, "value", "not_a_number")]),
        ("A,e,a,1\nA,e\0,b,1", [(3, "", "character")]),
        ('A,e,b,1\nA,e,a,"1\nB,e,a,1\nB,e,b,1', [(3, "", "csv")]),
        ("A,e,a,1\nA,e,z,1\nA,e,b,1", [(3, "criterion", "unknown")]),
        ("A,e,a,1\nA,e,a,1\nA,e,b,1", [(3, "criterion", "twice")]),
        ("A,e,a,1", [(2, "criterion", "missing")]),
        ("A,e,a,1,9\nA,e,b,1", [(2, "", "csv")]),
        (",e,a,1", [(2, "application", "missing")]),
        ("A,,a,1", [(2, "expert", "missing")]),
        ('A,e,a,"1', [(2, "", "csv")]),
        ("A,e,a,12\nA,e,b,99\nB,e,a,1", [(2, "value", "off_scale"), (3, "value", "off_scale"), (4, "criterion", "missing")]),
    ],
)
def test_scores_are_refused(rows, found):
    assert problems(read_scores, HEAD + rows, RULES) == found


@pytest.mark.parametrize("head", ["", "application,expert,criterion\n", "application,expert,criterion,value,comment\n"])
def test_scores_need_their_four_columns(head):
    assert problems(read_scores, head + "A,e,a,1\n", RULES) == [(1, "", "csv")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_machine_ends_them(end):
    assert len(read_scores("file.csv", (HEAD + "A,e,a,1\nA,e,b,1\n").replace("\n", end), RULES)) == 1


def test_a_problem_is_one_line_whatever_the_names_hold():
    with pytest.raises(BadFile) as bad:
        read_scores("file.csv", HEAD + f'"A\nB{"x" * 500}",e,a,1\n', RULES)

    (problem,) = bad.value.problems
    assert str(problem).count("\n") == 0
    assert len(str(problem)) < 200


def test_scores_of_an_unknown_application_are_refused():
    known = read_applications("apps.csv", "application,amount\nA,5\n", RULES)

    assert problems(read_scores, HEAD + "B,e,a,1\nB,e,b,1\n", RULES, known)[0] == (2, "application", "unknown")


def test_automatic_criteria_have_no_rows():
    assert problems(read_scores, HEAD + "A,e,a,1\nA,e,own,1\n", AUTOMATIC) == [(3, "value", "automatic")]
    assert len(read_scores("file.csv", HEAD + "A,e,a,1\n", AUTOMATIC)) == 1


def test_applications_become_entries():
    text = 'application,amount,minimum,submitted,own_percent,name\nA,"1\u202f000,00",500,2027-03-01T10:00+02:00,15.5,Сад\n'

    entry = read_applications("file.csv", text, AUTOMATIC)["A"]

    assert (entry.amount, entry.minimum, entry.submitted.isoformat(), entry.values) == (
        1000,
        500,
        "2027-03-01T10:00:00+02:00",
        {"own_percent": entry.values["own_percent"]},
    )
    assert str(entry.values["own_percent"]) == "15.5"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("A,1000.01,,,5", [(2, "amount", "no_band")]),
        ("A,,,,5", [(2, "amount", "no_amount")]),
        ("A,-1,,,5", [(2, "amount", "not_money")]),
        ("A,1.001,,,5", [(2, "amount", "not_money")]),
        ("A,много,,,5", [(2, "amount", "not_a_number")]),
        ("A,1e400,,,5", [(2, "amount", "not_a_number")]),
        ("A,1_000,,,5", [(2, "amount", "not_a_number")]),
        ("A,１０,,,5", [(2, "amount", "not_a_number")]),
        ("A,10,,2027-03-01T10:00+02:00,5\nB,10,,2027-03-01T10:00,5", [(3, "submitted", "zones")]),
        ("A,10,11,,5", [(2, "minimum", "minimum")]),
        ("A,10,,вчера,5", [(2, "submitted", "not_a_moment")]),
        ("A,10,,,", [(2, "own_percent", "missing")]),
        ("A,10,,,101", [(2, "own_percent", "off_range")]),
        ("A,10,,,5\nA,10,,,5", [(3, "application", "twice")]),
        (",10,,,5", [(2, "application", "missing")]),
    ],
)
def test_applications_are_refused(row, found):
    text = f"application,amount,minimum,submitted,own_percent\n{row}\n"

    assert problems(read_applications, text, AUTOMATIC) == found


def test_applications_need_the_values_of_automatic_criteria():
    assert problems(read_applications, "application,amount\nA,10\n", AUTOMATIC) == [(1, "", "csv")]


def test_rules_stand_alone_or_inside_a_regulation():
    alone = "criteria: [{key: a, title: А, scale: {max: 5}}]\nsheet_total: sum\ndigits: 1\n"
    inside = "call: {anything: here}\nmoney: {envelope: 500}\nrules:\n" + "".join(f"  {line}\n" for line in alone.splitlines())

    assert read_rules("f", alone).envelope is None
    assert read_rules("f", alone + "envelope: 300\n").envelope == 300
    assert read_rules("f", inside).envelope == 500
    with pytest.raises(BadFile) as bad:
        read_rules("f", inside.replace("max: 5", "max: 0"))
    assert str(bad.value).startswith("f:4: rules.criteria[0].scale.max: ")


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", "application\nэ".encode("cp1251")])
def test_a_file_must_be_utf8(raw, tmp_path):
    path = tmp_path / "scores.csv"
    path.write_bytes(raw)

    with pytest.raises(BadFile, match="not UTF-8"):
        read_text(str(path))


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(BadFile, match=r"none\.csv:1: the file cannot be read: No such file"):
        read_text(str(tmp_path / "none.csv"))
