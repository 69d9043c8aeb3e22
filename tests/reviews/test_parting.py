"""Equals parted by a lot or by the chair: nobody draws until the result pleases, and the ranking uses what stands."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from fund.core.errors import Refused
from fund.lots.drawing import lot_of, spoken
from fund.lots.models import Draw
from grants.councils.actions import follow_ranking, release
from grants.reviews.actions import commit_lot, draw_lot, reopen_sheet, reveal_lot, vote_tie
from grants.reviews.models import Conflict, Sheet, Vote
from grants.reviews.queries import draws_of, equals_among, ranking_of, waiting_for_lot
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_expert, make_judged, make_sheet
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
WHY = "Второй проект нужнее: в посёлке такого ещё нет."
NOW = timezone.now()


def judged_call(officer, ties):
    scores = [("5", "5"), ("4", "4"), ("4", "4"), ("3", "3")]
    call = make_call(officer, now=NOW, state="judging", envelope=250_000, most=200_000, ties=ties)
    return call, make_judged(call, officer=officer, now=NOW, scores=scores)


@pytest.fixture(scope="module")
def built(module_db):
    """In each call the second and the third stand level, the envelope holds one of them."""
    officer, director = play("officer"), play("director")
    calls = {"lot_call": judged_call(officer, "[lot]"), "vote_call": judged_call(officer, "[vote, lot]")}
    return SimpleNamespace(officer=officer, director=director, **calls)


officer, director, lot_call, vote_call = parts("officer", "director", "lot_call", "vote_call")


def draw_among(call, director, words="дождь"):
    draw = commit_lot(call=call, by=director, now=NOW)
    draw_lot(call=call, draw=draw, words=words, by=director, now=NOW)
    reveal_lot(call=call, draw=draw, by=director, now=NOW)
    return draw


def places(call) -> dict[str, tuple]:
    return {row.number: (row.place, row.outcome) for row in ranking_of(call, now=NOW)}


def test_equals_on_the_line_are_undecided_until_the_lot(lot_call):
    call, (first, second, third, fourth) = lot_call  # noqa: RUF059

    (equals,) = equals_among(ranking_of(call, now=NOW))

    assert (equals.pending, equals.numbers, equals.is_on_line) == ("lot", [second.number, third.number], True)
    assert places(call)[second.number] == places(call)[third.number] == (2, "undecided")


def test_the_ranking_uses_the_lot_once_it_is_revealed(lot_call, director):
    call, (first, second, third, fourth) = lot_call
    draw = commit_lot(call=call, by=director, now=NOW)
    draw_lot(call=call, draw=draw, words="дождь", by=director, now=NOW)
    assert places(call)[second.number] == (2, "undecided")

    reveal_lot(call=call, draw=draw, by=director, now=NOW)

    seed = spoken(draw.seed, "дождь")
    won, lost = sorted((second.number, third.number), key=lambda number: lot_of(seed, number))
    assert places(call) == {
        first.number: (1, "funded"),
        won: (2, "funded"),
        lost: (3, "reserve"),
        fourth.number: (4, "reserve"),
    }


def test_follow_leaves_equals_out_until_the_lot(lot_call, director):
    call, _judged = lot_call

    assert follow_ranking(call=call, by=director, now=NOW) == 2
    draw_among(call, director)
    assert follow_ranking(call=call, by=director, now=NOW) == 2


def test_nobody_draws_twice_among_the_same(lot_call, director):
    call, _judged = lot_call
    commit_lot(call=call, by=director, now=NOW)

    with pytest.raises(Refused):
        commit_lot(call=call, by=director, now=NOW)
    assert waiting_for_lot(call, ranking_of(call, now=NOW)) == []


def test_pressing_twice_commits_once(lot_call, director):
    call, _judged = lot_call

    first, second = (commit_lot(call=call, by=director, now=NOW, once="t" * 20) for _ in range(2))

    assert (first, Draw.objects.count()) == (second, 1)


def test_a_draw_holds_among_those_it_was_made_among(lot_call, officer, director):
    """One who comes level later was in no list: another draw is needed, among all of them."""
    call, (first, second, third, fourth) = lot_call  # noqa: RUF059
    early = draw_among(call, director)
    for sheet in Sheet.objects.filter(application=fourth):
        reopen_sheet(sheet=sheet, why="Ошибка в листе", by=officer, now=NOW)
        sheet.refresh_from_db()
        hand_in(sheet, now=NOW, use="4", plan="4")

    (waiting,) = waiting_for_lot(call, ranking_of(call, now=NOW))
    assert waiting.numbers == [second.number, third.number, fourth.number]
    draw_among(call, director, words="снег")

    assert [draw.codes() for draw in draws_of(call)] == [waiting.numbers, early.codes()]
    assert waiting_for_lot(call, ranking_of(call, now=NOW)) == []
    assert sorted(place for place, _ in places(call).values()) == [1, 2, 3, 4]


def test_only_a_free_director_draws(lot_call, officer, director, expert):
    call, (_first, second, _third, _fourth) = lot_call
    for user in (officer, expert):
        with pytest.raises(Refused):
            commit_lot(call=call, by=user, now=NOW)
    Conflict.objects.create(application=second, expert=director, kind="friend", declared_at=NOW)

    with pytest.raises(Refused):
        commit_lot(call=call, by=director, now=NOW)


def test_the_list_opens_with_the_release(lot_call, director, officer, stranger):
    from fund.lots.models import Participant

    call, judged = lot_call
    draw_among(call, director)
    readers = (AnonymousUser(), stranger, judged[1].owner, officer, director)
    assert [Participant.objects.visible_to(user).count() for user in readers] == [0, 0, 0, 2, 2]

    follow_ranking(call=call, by=director, now=NOW)
    release(call=call, by=director, now=NOW)

    assert [Participant.objects.visible_to(user).count() for user in readers] == [2, 2, 2, 2, 2]


def test_a_director_who_competes_reads_no_list(lot_call, director):
    from fund.lots.models import Participant

    call, judged = lot_call
    draw_among(call, director)
    assert Participant.objects.visible_to(director).exists()
    judged[0].owner = director
    judged[0].save()

    assert not Participant.objects.visible_to(type(director).objects.get(pk=director.pk)).exists()


def test_anyone_computes_the_draw_from_the_page(lot_call, director, client, tmp_path, settings):
    """The program printed on the page, run on the file the page gives."""
    call, _judged = lot_call
    draw = draw_among(call, director, words="дождь будет")
    follow_ranking(call=call, by=director, now=NOW)
    closed = json.loads(client.get(reverse("lots:inputs", args=[draw.uid])).content)
    release(call=call, by=director, now=NOW)
    answer = client.get(reverse("lots:inputs", args=[draw.uid]))
    (tmp_path / "draw.json").write_bytes(answer.content)

    program = settings.BASE_DIR / "templates/lots/recompute.txt"
    ran = subprocess.run([sys.executable, program, "draw.json"], cwd=tmp_path, capture_output=True, check=True)

    printed = [tuple(line.split()) for line in ran.stdout.decode().splitlines()]
    assert printed == [(str(one.place), one.code, one.lot) for one in draw.order()]
    assert (closed["participants"], closed["salt"]) == (None, None)
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("key", "value"), [("seed", "другой"), ("participants", ["ЖД-1", "ЖД-2"])])
def test_the_program_refuses_what_was_changed(lot_call, director, client, tmp_path, settings, key, value):
    call, _judged = lot_call
    draw = draw_among(call, director)
    follow_ranking(call=call, by=director, now=NOW)
    release(call=call, by=director, now=NOW)
    inputs = json.loads(client.get(reverse("lots:inputs", args=[draw.uid])).content)
    (tmp_path / "draw.json").write_text(json.dumps(inputs | {key: value}))

    program = settings.BASE_DIR / "templates/lots/recompute.txt"
    ran = subprocess.run([sys.executable, program, "draw.json"], cwd=tmp_path, capture_output=True, check=False)

    assert ran.returncode == 1
    assert b"is not the one" in ran.stderr


def test_the_chair_parts_equals_with_a_reason(vote_call, director):
    call, (_first, second, third, _fourth) = vote_call

    with pytest.raises(Refused) as refusal:
        vote_tie(call=call, order=[third.number, second.number], why="Так", by=director, now=NOW)
    assert refusal.value.field == "why"
    vote_tie(call=call, order=[third.number, second.number], why=WHY, by=director, now=NOW)

    assert places(call)[third.number] == (2, "funded")
    assert places(call)[second.number] == (3, "reserve")


def test_a_changed_vote_is_a_further_row(vote_call, director):
    call, (_first, second, third, _fourth) = vote_call
    for order in ([third.number, second.number], [second.number, third.number]):
        vote_tie(call=call, order=order, why=WHY, by=director, now=NOW)

    assert places(call)[second.number] == (2, "funded")
    assert list(Vote.objects.values_list("number", flat=True)) == [1, 2]


def test_a_vote_names_exactly_the_equals(vote_call, director):
    call, (first, second, third, _fourth) = vote_call
    for order in ([second.number], [first.number, second.number, third.number], [second.number, second.number]):
        with pytest.raises(Refused):
            vote_tie(call=call, order=order, why=WHY, by=director, now=NOW)


def test_a_lot_waits_for_the_vote(vote_call, director):
    call, _judged = vote_call

    with pytest.raises(Refused):
        commit_lot(call=call, by=director, now=NOW)


def test_a_third_expert_who_parts_them_makes_the_lot_idle(lot_call, officer, director):
    call, (_first, second, third, _fourth) = lot_call
    draw_among(call, director)
    hand_in(make_sheet(third, make_expert(), officer=officer, now=NOW), now=NOW, use="5", plan="5")

    assert places(call)[third.number][0] == 2
    assert places(call)[second.number][0] == 3
