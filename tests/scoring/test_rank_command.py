"""`rank` on the command line: fixed columns, exit codes, errors as FILE:LINE, no database."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

COLUMNS = ["place", "application", "n", "total", "mean", "median", "deviation", "spread", "passed", "reason", "outcome", "amount"]
RULES = """envelope: 500
criteria: [{key: idea, title: Идея, scale: {max: 100}}]
sheet_total: sum
digits: 1
thresholds: {total: 50}
ties: [vote, lot]
"""
SCORES = "application,expert,criterion,value\nA,e,idea,90\nA,f,idea,81\nB,e,idea,40\nC,e,idea,60\nD,e,idea,60\n"
APPLICATIONS = "application,amount,minimum,submitted\nA,300,,\nB,100,,\nC,150,,\nD,150,,\n"


@pytest.fixture
def files(tmp_path):
    found = {}
    for name, text in (("rules.yaml", RULES), ("scores.csv", SCORES), ("applications.csv", APPLICATIONS)):
        (tmp_path / name).write_text(text)
        found[name.split(".")[0]] = str(tmp_path / name)
    return found


def rank(*args, **options):
    out, err = StringIO(), StringIO()
    with translation.override("en"):
        try:
            call_command("rank", *args, stdout=out, stderr=err, **options)
            code = 0
        except SystemExit as left:
            code = left.code
    return code, out.getvalue(), err.getvalue()


def test_rank_prints_json(files):
    code, out, err = rank(**files)

    rows = json.loads(out)
    assert (code, err) == (0, "")
    assert [list(row) for row in rows] == [COLUMNS] * 4
    assert rows[0] == {
        "place": 1,
        "application": "A",
        "n": 2,
        "total": "85.5",
        "mean": "85.5",
        "median": "85.5",
        "deviation": "6.4",
        "spread": "9.0",
        "passed": True,
        "reason": "",
        "outcome": "funded",
        "amount": "300.00",
    }
    assert [(row["application"], row["place"], row["outcome"]) for row in rows[1:]] == [
        ("C", 2, "undecided"),
        ("D", 2, "undecided"),
        ("B", None, "declined"),
    ]
    assert rows[3]["reason"] == "the total 40 is below 50"


def test_rank_prints_csv(files):
    _, out, _ = rank(**files, format="csv")

    head, first, *_, last = list(csv.reader(StringIO(out)))
    assert head == COLUMNS
    assert first == ["1", "A", "2", "85.5", "85.5", "85.5", "6.4", "9.0", "true", "", "funded", "300.00"]
    assert last == ["", "B", "1", "40.0", "40.0", "40.0", "", "0.0", "false", "the total 40 is below 50", "declined", "0.00"]


def test_rank_writes_no_formula_into_csv(files, tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text("application,expert,criterion,value\n=1+1,e,idea,90\n")

    _, out, _ = rank(rules=files["rules"], scores=str(scores), format="csv")

    assert list(csv.reader(StringIO(out)))[1][1] == "'=1+1"


def test_rank_takes_the_vote_and_the_seed(files):
    rows = json.loads(rank(**files, votes=["D, C"])[1])

    assert [(row["application"], row["outcome"]) for row in rows[:3]] == [("A", "funded"), ("D", "funded"), ("C", "reserve")]


def test_rank_takes_a_lot_with_those_it_was_drawn_among(files):
    words = ["--rules", files["rules"], "--scores", files["scores"]]
    with open(files["rules"]) as opened:
        rules = opened.read()
    with open(files["rules"], "w") as opened:
        opened.write(rules.replace("[vote, lot]", "[lot]"))

    among_others, among_them, among_all = (
        [row["place"] for row in json.loads(rank(*words, "--lot-seed", "seed", *among)[1])[1:3]]
        for among in (["A", "B"], ["C", "D"], [])
    )

    assert (among_others, among_them, among_all) == ([2, 2], [2, 3], [2, 3])


@pytest.mark.parametrize("typed", [["--votes", "D,Cc"], ["--lot-seed", "seed", "C", "Cc"]])
def test_rank_refuses_a_name_that_is_no_application(files, typed):
    words = [f"--{name}={path}" for name, path in files.items()]

    with pytest.raises(CommandError, match="“Cc” is not among the applications"):
        rank(*words, *typed)


def test_rank_without_applications_divides_nothing(files):
    rows = json.loads(rank(rules=files["rules"], scores=files["scores"])[1])

    assert [(row["outcome"], row["amount"]) for row in rows] == [("passed", "0.00")] * 3 + [("declined", "0.00")]


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("rules", "digits: 1", "digits: 9", "4: digits: "),
        ("rules", "scale: {max: 100}", "scale: {max: 100}, weight: 0", "2: criteria: all weights are zero"),
        ("scores", "B,e,idea,40", "B,e,ideal,40", "4: criterion: there is no criterion “ideal”"),
        ("scores", "B,e,idea,40", "B,e,idea,400", "4: value: 400 lies outside the scale 0 to 100"),
        ("scores", "B,e,idea,40", "B,e,idea,1e999999999", "4: value: “1e999999999” is not a number"),
        ("applications", "C,150", "C,150.005", "4: amount: "),
        ("applications", "C,150", "C,1e999999999", "4: amount: “1e999999999” is not a number"),
    ],
)
def test_rank_refuses_a_wrong_file(files, name, old, new, line):
    with open(files[name]) as opened:
        text = opened.read()
    with open(files[name], "w") as opened:
        opened.write(text.replace(old, new))

    code, out, err = rank(**files)

    assert (code, out) == (1, "")
    assert err.startswith(f"{files[name]}:{line}")


def test_rank_of_a_whole_regulation(tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text(
        "application,expert,criterion,value\n" + "".join(f"A,e,{key},4\n" for key in ("excellence", "impact", "implementation"))
    )

    code, out, _ = rank(rules="examples/horizon.yaml", scores=str(scores))

    assert (code, json.loads(out)[0]["total"]) == (0, "12.00")
