"""The board: its line moves with the decisions, its counts with each choice, and it hides what is closed to the reader."""

import re

import pytest
from django.urls import resolve, reverse
from django.utils import timezone

from grants.councils.actions import decide, follow_ranking, release
from grants.councils.queries import board_of
from grants.reviews.models import Conflict
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WHY = "Такой проект в городе уже идёт, с теми же людьми."
HTMX = {"HX-Request": "true"}


def judged_call(officer, amount=100_000, **facts):
    call = make_call(officer, now=NOW, state="judging", envelope=250_000, most=250_000, **facts)
    scores = [("5", "5"), ("4", "4"), ("4", "3"), ("3", "3"), ("1", "1")]
    return call, make_judged(call, officer=officer, now=NOW, scores=scores, amount=amount)


def cut(board) -> int | None:
    return next((line.row.place for line in board.lines if line.is_cut), None)


def test_the_line_stands_where_the_envelope_ends(officer):
    call, _judged = judged_call(officer)

    board = board_of(call, now=NOW)

    assert (cut(board), board.passing, board.passing_sum, board.left) == (2, 2, 200_000, 50_000)


def test_a_refusal_moves_the_line_down(officer, director):
    call, judged = judged_call(officer)
    decide(application=judged[0], outcome="decline", why=WHY, by=director, now=NOW)

    board = board_of(call, now=NOW)

    assert (cut(board), board.passing, board.passing_sum) == (3, 2, 200_000)


def test_a_cut_amount_leaves_room_for_another(officer, director):
    call, judged = judged_call(officer)
    decide(application=judged[0], outcome="fund", amount=50_000, why=WHY, by=director, now=NOW)

    board = board_of(call, now=NOW)

    assert (cut(board), board.passing, board.passing_sum) == (3, 3, 250_000)


def test_funding_from_below_moves_the_line_past_it(officer, director):
    call, judged = judged_call(officer)
    decide(application=judged[3], outcome="fund", why=WHY, by=director, now=NOW)

    board = board_of(call, now=NOW)

    assert (cut(board), board.passing, board.passing_sum) == (4, 2, 200_000)


def test_nobody_within_the_envelope_draws_no_line(officer):
    call, _judged = judged_call(officer, amount=251_000)

    board = board_of(call, now=NOW)

    assert (cut(board), board.passing) == (None, 0)


def test_the_line_stays_when_its_own_row_is_closed_to_the_reader(officer, director):
    call, judged = judged_call(officer)
    Conflict.objects.create(application=judged[1], expert=director, kind="friend", declared_at=NOW)

    board = board_of(call, now=NOW, reader=director)

    assert cut(board) == 1
    assert [line.is_near for line in board.lines] == [True, True, True, False]


def test_a_choice_in_the_list_recounts_chips_figures_and_line(officer, director, signed_in):
    _call, judged = judged_call(officer)

    answer = signed_in(director).post(
        reverse("councils:decide", args=[judged[0].uid]),
        {"outcome": "decline", "seen": "0", "why": WHY, "show": "undecided"},
        headers=HTMX,
    )
    page = answer.content.decode()

    chips = {key: count for key, _label, count, _current in answer.context["chips"]}
    assert (chips["all"], chips["undecided"]) == (5, 4)
    assert f"afterend:[id='{judged[2].uid}']" in page
    assert [page.count(f'id="{name}"') for name in ("chips", "figures", "totals")] == [1, 1, 1]


def test_each_row_says_n_mean_median_and_deviation(officer, director, signed_in):
    call, _judged = judged_call(officer)

    page = signed_in(director).get(reverse("councils:list", args=[call.slug])).content.decode()

    assert "n=2" in page
    assert "среднее 25 · медиана 25 · отклонение 0" in page.replace("\xa0", " ")


def names_lead_to(client, call) -> set[str]:
    """The kinds of pages to which the names in the list are links."""
    page = client.get(reverse("councils:list", args=[call.slug])).content.decode()
    return {resolve(address).view_name for address in re.findall(r"<td><a href=\"(/[^\"]+)\">", page)}


def test_a_name_leads_to_the_decision_or_to_the_marks_of_who_decides_nothing(officer, director, signed_in):
    call, _judged = judged_call(officer)

    assert names_lead_to(signed_in(director), call) == {"councils:decide"}
    assert names_lead_to(signed_in(officer), call) == {"reviews:disagreement"}


def test_after_the_release_names_lead_to_the_marks(officer, director, signed_in):
    call, _judged = judged_call(officer)
    follow_ranking(call=call, by=director, now=NOW)
    release(call=call, by=director, now=NOW)

    browser = signed_in(director)

    assert names_lead_to(browser, call) == {"reviews:disagreement"}
    assert "/desk/decisions/" not in browser.get(reverse("councils:release", args=[call.slug])).content.decode()
