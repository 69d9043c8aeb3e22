"""Published cases: each file ranked by the `rank` command comes out as its worked example says."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from grants.scoring.files import read_rules

PUBLISHED = Path(__file__).parent.parent / "data" / "published"
REFUSED = {"cofinancing_hole.yaml": (12, "criteria[1].automatic.bands[2].from", "15.5")}
RANKED = sorted(path.name for path in PUBLISHED.glob("*.yaml") if path.name not in REFUSED)


def write_scores(folder, example):
    """The inputs of a worked example as the files that `rank` reads."""
    scores, applications = folder / "scores.csv", folder / "applications.csv"
    with scores.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["application", "expert", "criterion", "value"])
        for name, one in example.applications.items():
            for expert, values in one.sheets.items():
                writer.writerows([name, expert, key, "" if value is None else value] for key, value in values.items())
    with applications.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["application", "amount"])
        writer.writerows([name, one.amount or ""] for name, one in example.applications.items())
    return scores, applications


def rank(rules, scores, applications, form="json"):
    printed = StringIO()
    call_command("rank", rules=str(rules), scores=str(scores), applications=str(applications), format=form, stdout=printed)
    return printed.getvalue()


@pytest.mark.parametrize("name", RANKED)
def test_rank_published_case(name, tmp_path):
    path = PUBLISHED / name
    rules, _ = read_rules(name, path.read_text())
    (example,) = rules.examples

    rows = json.loads(rank(path, *write_scores(tmp_path, example)))

    found = {row["application"]: row for row in rows}
    compared = 0
    for application, one in example.applications.items():
        for figure in one.expect.model_fields_set & set(found[application]):
            assert as_written(found[application][figure]) == as_written(getattr(one.expect, figure)), (application, figure)
            compared += 1
    assert compared >= len(example.applications)
    if example.order:
        assert tuple(row["application"] for row in rows if row["passed"]) == example.order


def as_written(value):
    return value if value is None or isinstance(value, bool | int) else f"{float(value):.2f}" if is_number(value) else str(value)


def is_number(value):
    return str(value).replace(".", "", 1).replace("-", "", 1).isdigit()


@pytest.mark.parametrize("name", REFUSED)
def test_rank_refuses_bands_with_a_hole(name, tmp_path, capsys):
    path, (line, at, value) = PUBLISHED / name, REFUSED[name]
    errors = StringIO()

    with translation.override("en"), pytest.raises(SystemExit) as left:
        call_command("rank", rules=str(path), scores=str(path), stdout=StringIO(), stderr=errors)

    assert left.value.code == 1
    assert errors.getvalue().startswith(f"{path}:{line}: {at}: ")
    assert value in errors.getvalue()


def test_published_files_carry_what_was_published():
    """The figures themselves, so that no file can be bent to the code."""
    expected = {
        "envelope_stop.yaml": {"A", "B"},
        "envelope_skip.yaml": {"A", "B", "E"},
        "envelope_best_total.yaml": {"A", "C", "D", "E"},
    }
    asked = {"A": (91, 200), "B": (88, 250), "C": (84, 120), "D": (80, 60), "E": (78, 50)}
    for name, funded in expected.items():
        rules, envelope = read_rules(name, (PUBLISHED / name).read_text())
        applications = rules.examples[0].applications
        assert envelope == 500
        assert {key: (one.sheets["one"]["idea"], one.amount) for key, one in applications.items()} == asked
        assert {key for key, one in applications.items() if one.expect.outcome == "funded"} == funded
