"""Decisions are pending until one release, their money is held at once, every departure has its reason."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from fund.core.errors import Conflict as Stale
from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.applications.actions import withdraw_application
from grants.applications.models import Application
from grants.councils.actions import decide, follow_ranking, free_withdrawn, release
from grants.councils.models import Decision, Outcome
from grants.councils.queries import board_of
from grants.reviews.models import Conflict
from grants.reviews.queries import ranking_of
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]

REASON = "Совет видит в проекте пользу для всего города."


@pytest.fixture(scope="module")
def built(module_db):
    """Four applications of 100,000 each: 25, 20, 15 and 5 points; two fit the envelope, the last is below the threshold."""
    officer, now = play("officer"), timezone.now()
    call = make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)
    judged = make_judged(call, officer=officer, now=now, scores=[("5", "5"), ("4", "4"), ("3", "3"), ("1", "1")])
    return SimpleNamespace(**locals())


officer, now, call, judged = parts("officer", "now", "call", "judged")


def states() -> list[str]:
    return list(Application.objects.order_by("pk").values_list("state", flat=True))


def test_the_ranking_follows_the_regulation(call, judged, now):
    rows = ranking_of(call, now=now)

    assert [row.pk for row in rows] == [a.pk for a in judged]
    assert [row.total for row in rows] == [25, 20, 15, 5]
    assert [row.outcome for row in rows] == ["funded", "funded", "reserve", "declined"]
    assert rows[0].n == 2


def test_the_ranking_is_computed_anew_when_a_sheet_changes(call, judged, officer, now):
    from grants.reviews.actions import reopen_sheet

    ranking_of(call, now=now)
    reopen_sheet(sheet=judged[0].sheets.first(), why="Ошибка в листе", by=officer, now=now)

    assert ranking_of(call, now=now)[0].n == 1


def test_decide_holds_the_money_and_tells_nobody(call, judged, director, now):
    before = Notice.objects.count()

    decide(application=judged[0], outcome="fund", by=director, now=now)

    call.refresh_from_db()
    judged[0].refresh_from_db()
    assert (call.promised, judged[0].state, Notice.objects.count()) == (Decimal(100_000), "under_review", before)


def test_a_changed_mind_frees_the_money_and_keeps_both(call, judged, director, now):
    decide(application=judged[0], outcome="fund", by=director, now=now)
    decide(application=judged[0], outcome="decline", why=REASON, by=director, now=now)

    call.refresh_from_db()
    assert call.promised == 0
    assert list(Decision.objects.values_list("number", "outcome")) == [(1, "fund"), (2, "decline")]


def test_a_departure_from_the_ranking_needs_a_reason(judged, director, now):
    with pytest.raises(Refused) as refusal:
        decide(application=judged[0], outcome="decline", by=director, now=now)
    assert refusal.value.field == "why"

    decide(application=judged[0], outcome="decline", why=REASON, by=director, now=now)


def test_a_cut_amount_needs_a_reason(judged, director, now):
    with pytest.raises(Refused) as refusal:
        decide(application=judged[0], outcome="fund", amount=Decimal(90_000), by=director, now=now)
    assert refusal.value.field == "why"


@pytest.mark.parametrize("amount", ["0", "-1", "100000.01"])
def test_the_amount_is_above_zero_and_within_the_request(judged, director, now, amount):
    with pytest.raises(Refused) as refusal:
        decide(application=judged[0], outcome="fund", amount=Decimal(amount), why=REASON, by=director, now=now)
    assert refusal.value.field == "amount"


def test_the_envelope_is_not_exceeded(call, judged, director, now):
    decide(application=judged[0], outcome="fund", by=director, now=now)
    decide(application=judged[1], outcome="fund", by=director, now=now)

    with pytest.raises(Refused) as refusal:
        decide(application=judged[2], outcome="fund", why=REASON, by=director, now=now)

    call.refresh_from_db()
    assert (refusal.value.code, call.promised) == ("envelope", Decimal(200_000))


def test_only_a_director_without_ties_decides(judged, director, officer, expert, now):
    for other in (officer, expert, judged[0].owner):
        with pytest.raises(Refused):
            decide(application=judged[0], outcome="fund", by=other, now=now)

    Conflict.objects.create(application=judged[0], expert=director, kind="friend", declared_at=now)
    with pytest.raises(Refused):
        decide(application=judged[0], outcome="fund", by=director, now=now)


def test_a_stale_page_decides_nothing(judged, director, now):
    decide(application=judged[0], outcome="fund", by=director, now=now, seen=0)

    with pytest.raises(Stale):
        decide(application=judged[0], outcome="decline", why=REASON, by=director, now=now, seen=0)


def test_decisions_are_never_changed(judged, director, now):
    decide(application=judged[0], outcome="fund", by=director, now=now)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.update(amount=1)


def test_follow_ranking_decides_the_rest(call, judged, director, now):
    decide(application=judged[1], outcome="reserve", why=REASON, by=director, now=now)

    assert follow_ranking(call=call, by=director, now=now) == 3
    assert list(Outcome.objects.order_by("application").values_list("decision__outcome", flat=True)) == [
        "fund", "reserve", "reserve", "decline",
    ]  # fmt: skip


def test_release_moves_all_and_writes_to_all(call, judged, director, now):
    follow_ranking(call=call, by=director, now=now)

    assert release(call=call, by=director, now=now) == 4

    call.refresh_from_db()
    assert states() == ["funded", "funded", "reserve", "declined"]
    assert call.state == "released"
    assert list(Application.objects.order_by("pk").values_list("granted", "reserve_place")) == [
        (Decimal(100_000), None), (Decimal(100_000), None), (None, 1), (None, None),
    ]  # fmt: skip
    kinds = Notice.objects.filter(kind__startswith="councils.").order_by("pk").values_list("kind", "account")
    assert list(kinds) == [
        ("councils.funded", judged[0].owner_id),
        ("councils.funded", judged[1].owner_id),
        ("councils.reserved", judged[2].owner_id),
        ("councils.declined", judged[3].owner_id),
    ]


def test_release_waits_for_every_decision(call, judged, director, now):
    decide(application=judged[0], outcome="fund", by=director, now=now)

    with pytest.raises(Refused) as refusal:
        release(call=call, by=director, now=now)

    assert refusal.value.code == "obstacle"
    assert set(states()) == {"under_review"}


def test_release_happens_once(call, judged, director, now):
    follow_ranking(call=call, by=director, now=now)
    release(call=call, by=director, now=now)

    with pytest.raises(Refused):
        release(call=call, by=director, now=now)
    assert Notice.objects.filter(kind__startswith="councils.").count() == 4


def test_only_a_director_releases(call, judged, director, officer, now):
    follow_ranking(call=call, by=director, now=now)

    with pytest.raises(Refused):
        release(call=call, by=officer, now=now)


def test_a_withdrawal_frees_what_was_held(call, judged, director, now):
    follow_ranking(call=call, by=director, now=now)
    withdraw_application(application=judged[0], by=judged[0].owner, now=now + timedelta(hours=1))

    assert free_withdrawn(call=call, now=now) == 1

    call.refresh_from_db()
    assert (call.promised, Outcome.objects.count()) == (Decimal(100_000), 3)


def test_the_board_adds_up(call, judged, director, now):
    decide(application=judged[0], outcome="fund", by=director, now=now)

    board = board_of(call, now=now)

    assert (board.passing, board.passing_sum, board.given, board.undecided) == (2, 200_000, 100_000, 3)
    assert [line.is_cut for line in board.lines] == [False, True, False, False]
    assert [line.sum for line in board.lines] == [100_000, 200_000, 300_000, 400_000]


def test_an_applicant_learns_nothing_before_the_release(call, judged, director, now):
    owner = judged[0].owner
    follow_ranking(call=call, by=director, now=now)
    assert not Outcome.objects.visible_to(owner).exists()

    release(call=call, by=director, now=now)

    assert Outcome.objects.visible_to(owner).get().decision.outcome == "fund"
