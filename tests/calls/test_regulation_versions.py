"""Versions of a regulation: digests, differences, and the three changes an open call permits."""

from pathlib import Path

import pytest

from grants.calls.regulation import differences, digest, read_regulation, refused_changes

TEXT = (Path(__file__).parent.parent.parent / "examples" / "living_yard.yaml").read_text()


def version(*changes):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_regulation("yard.yaml", text, prove=False)


BASE = version()


def test_digest_knows_what_is_said_not_how():
    same = version(("weight: 6", "weight: 6.00"), ("3_200_000", "3200000"), ("2027-04-12 18:00", "2027-04-12T18:00+02:00"))

    assert digest(same) == digest(BASE)
    assert digest(version(("weight: 6", "weight: 6.01"))) != digest(BASE)


def test_differences_match_things_by_their_key():
    changed = version(
        ("      weight: 6\n", "      weight: 5\n"),
        ("        - {key: name, type: short_text, max_length: 60,", "        - {key: called, type: short_text, max_length: 60,"),
        ('    - {key: fees, cap_percent: 25, label: {ru: "Гонорары", en: "Fees"}}\n', ""),
    )

    found = {(change.path, change.kind) for change in differences(BASE, changed)}

    assert found == {
        ("questions.sections.essence.questions.name", "removed"),
        ("questions.sections.essence.questions.called", "added"),
        ("costs.categories.fees", "removed"),
        ("rules.criteria.use.weight", "changed"),
    }


def test_differences_see_a_new_order():
    ties = ("    - criterion: use\n    - spread\n", "    - spread\n    - criterion: use\n")
    sections = BASE.questions.model_copy(update={"sections": BASE.questions.sections[::-1]})

    assert [change.path for change in differences(BASE, version(ties))] == ["rules.ties[0]", "rules.ties[1]"]
    (moved,) = differences(BASE, BASE.model_copy(update={"questions": sections}))
    assert (moved.path, moved.kind, moved.after) == ("questions.sections", "moved", ["files", "team", "plan", "place", "essence"])


def test_nothing_differs_from_itself():
    assert differences(BASE, BASE) == []


CLARIFIED = TEXT + "\nclarifications:\n  - {on: 2027-03-05, text: {ru: Остановка — тоже двор., en: A bus stop is a yard too.}}\n"


@pytest.mark.parametrize(
    "changes",
    [
        [("closes: 2027-04-12 18:00", "closes: 2027-04-14 18:00")],
        [("judged_by: 2027-05-03", "judged_by: 2027-05-05"), ("released_by: 2027-05-12", "released_by: 2027-05-13")],
        [("envelope: 3_200_000", "envelope: 3_200_000.01")],
        [(TEXT, CLARIFIED)],
    ],
)
def test_open_call_permits(changes):
    assert refused_changes(BASE, version(*changes)) == []


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ([("closes: 2027-04-12 18:00", "closes: 2027-04-12 17:59")], "timeline.closes"),
        ([("opens: 2027-03-01 10:00", "opens: 2027-03-02 10:00")], "timeline.opens"),
        ([("  appeals_until: 2027-05-19 18:00\n", "")], "timeline.appeals_until"),
        ([("grace_minutes: 10", "grace_minutes: 20")], "timeline.grace_minutes"),
        ([("envelope: 3_200_000", "envelope: 3_100_000")], "money.envelope"),
        ([("weight: 6", "weight: 7")], "rules.criteria.use.weight"),
        ([("threshold: 3\n", "threshold: 2\n")], "rules.criteria.use.threshold"),
        ([("rule: stop", "rule: skip")], "rules.selection.rule"),
        ([("own_percent: 10", "own_percent: 5")], "costs.own_percent"),
        ([("experts: 3", "experts: 2")], "review.experts"),
        ([("Живой двор, весна 2027", "Живой двор, лето 2027")], "call.title.ru"),
        ([("max_length: 60", "max_length: 61")], "questions.sections.essence.questions.name.max_length"),
    ],
)
def test_open_call_refuses(changes, at):
    assert [change.path for change in refused_changes(BASE, version(*changes))] == [at]


def test_a_clarification_once_given_stays():
    clarified = version((TEXT, CLARIFIED))

    assert [change.path for change in refused_changes(clarified, BASE)] == ["clarifications[0]"]
    assert refused_changes(clarified, version((TEXT, CLARIFIED.replace("тоже двор", "не двор")))) != []
