"""A regulation in plain words, in both languages."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

from grants.calls import wording
from grants.calls.models import Call
from grants.calls.regulation import read_regulation
from grants.calls.status import status_of
from grants.calls.wording.rubric import shares_of
from tests.factories.calls import make_call, make_regulation

NOW = timezone.now()
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_shipped_regulation_can_be_told(file, language):
    regulation = read_regulation(file.name, file.read_text(encoding="utf-8"))

    with translation.override(language):
        told = [
            *wording.rule_sentences(regulation),
            *(f"{title}: {words}" for title, words in wording.facts_of(regulation)),
            *(f"{title}: {words}" for title, words, _state in wording.steps_of(regulation, NOW)),
        ]

    assert all(told)
    assert len(wording.criteria_of(regulation.rules)) == len(regulation.rules.criteria)


@pytest.mark.parametrize(
    ("applicants", "youngest", "ru", "en"),
    [
        (["person"], 18, "Жители", "Residents"),
        (["person", "team"], 14, "Жители и команды, от 14 лет", "Residents and teams, aged 14 or over"),
        (["team", "organisation", "person"], 18, "Жители, команды, организации", "Residents, teams, organisations"),
    ],
)
def test_who_applies(applicants, youngest, ru, en):
    said = []
    for language in ("ru", "en"):
        with translation.override(language):
            said.append(wording.who_applies(applicants, youngest))

    assert said == [ru, en]


def test_shares_are_of_the_greatest_total():
    rules = read_regulation("x", make_regulation(NOW)).rules

    with translation.override("en"):
        assert shares_of(rules) == ["60%", "40%"]


@pytest.mark.parametrize(
    ("hours", "key"), [(-24 * 11, "soon"), (-24 * 9, "open"), (1, "near"), (24 * 9 + 1, "last"), (24 * 10 + 1, "judging")]
)
def test_status_follows_the_clock(officer, hours, key):
    call = make_call(officer, now=NOW)
    Call.objects.filter(pk=call.pk).update(state="announced")
    call.refresh_from_db()

    assert status_of(call, NOW + timedelta(hours=hours)).key == key


def test_track_marks_the_present_step(officer):
    regulation = make_call(officer, now=NOW).regulation

    assert [state for _title, _words, state in wording.track_of(regulation, NOW)] == ["now", "", "", ""]
