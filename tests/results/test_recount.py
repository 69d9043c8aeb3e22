"""The files that compute a released ranking again: the command they name gives it, whatever lots and votes there were."""

import csv
import shlex
from io import StringIO

import pytest
from django.core.management import call_command

from grants.results.queries.recount import recount_files
from grants.reviews.actions import commit_lot, draw_lot, reveal_lot, vote_tie
from grants.reviews.queries import equals_among, ranking_of
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged

pytestmark = pytest.mark.django_db
WHY = "Второй проект нужнее: в посёлке такого ещё нет."
PAIRS = [("5", "5"), ("4", "4"), ("4", "4"), ("2", "2"), ("2", "2")]


@pytest.fixture
def judged(officer, now):
    """make(ties) is a call where the second and the third stand level, and so do the fourth and the fifth."""

    def made(ties: str):
        call = make_call(officer, now=now, state="judging", envelope=250_000, most=200_000, ties=ties)
        return call, make_judged(call, officer=officer, now=now, scores=PAIRS)

    return made


def recounted(call, folder, monkeypatch) -> list[tuple]:
    """What the command in the README prints, typed in the folder of the files as it stands there."""
    for name, text in recount_files(call).items():
        (folder / name).write_text(text)
    monkeypatch.chdir(folder)
    (line,) = [line for line in (folder / "README.txt").read_text().splitlines() if line.startswith("manage.py rank ")]
    printed = StringIO()
    call_command(*shlex.split(line)[1:], stdout=printed)
    rows = csv.DictReader(printed.getvalue().splitlines())
    return [(row["place"], row["application"], row["total"], row["outcome"], row["amount"]) for row in rows]


def stands(call, now) -> list[tuple]:
    rows = ranking_of(call, now=now)
    return [(str(row.place or ""), row.number, str(row.total), row.outcome, f"{row.amount:.2f}") for row in rows]


def draw(call, director, now, words) -> None:
    lot = commit_lot(call=call, by=director, now=now)
    draw_lot(call=call, draw=lot, words=words, by=director, now=now)
    reveal_lot(call=call, draw=lot, by=director, now=now)


def test_lots_hold_among_their_lists_outside_too(judged, director, officer, now, tmp_path, monkeypatch):
    call, _applications = judged("[lot]")
    draw(call, director, now, "it's «дождь» $HOME")
    make_judged(call, officer=officer, now=now, scores=[("3", "3"), ("3", "3")])
    draw(call, director, now, "снег")
    late = make_judged(call, officer=officer, now=now, scores=[("5", "4"), ("5", "4")])  # level, and no draw among them

    found = recounted(call, tmp_path, monkeypatch)

    assert found == stands(call, now)
    assert [one.numbers for one in equals_among(ranking_of(call, now=now))] == [sorted(one.number for one in late)]


def test_every_vote_of_the_chair_is_in_the_command(judged, director, officer, now, tmp_path, monkeypatch):
    call, (_first, second, third, *_others) = judged("[vote, lot]")
    vote_tie(call=call, order=[second.number, third.number], why=WHY, by=director, now=now)
    vote_tie(call=call, order=[third.number, second.number], why=WHY, by=director, now=now)
    fourth, fifth = make_judged(call, officer=officer, now=now, scores=[("5", "4"), ("5", "4")])
    vote_tie(call=call, order=[fifth.number, fourth.number], why=WHY, by=director, now=now)

    found = recounted(call, tmp_path, monkeypatch)

    assert found == stands(call, now)
    order = [row[1] for row in found]
    assert order.index(fifth.number) < order.index(fourth.number) < order.index(third.number) < order.index(second.number)
