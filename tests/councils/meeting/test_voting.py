"""Votes of a council: quorum, majorities, equals parted by the chair; a carried item is a pending decision."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from fund.audit.models import Entry as AuditEntry
from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.councils.actions import (
    break_tie,
    cast_vote,
    close_item,
    postpone_item,
    propose,
    put_to_vote,
    resume_item,
    separate,
)
from grants.councils.models import Ballot, Decision, Meeting, Outcome, Vote
from grants.councils.queries.votes import count_of
from grants.councils.voting import Tally, needed, verdict
from grants.reviews.models import Conflict
from tests.factories.councils import item_of, make_meeting, make_open, vote_all

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
REASON = "Собственник дома отозвал согласие письмом от 9 ноября."


# Arithmetic ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "recused", "share", "wanted"),
    [(9, 0, "2/3", 6), (9, 3, "2/3", 4), (7, 0, "1/2", 4), (5, 5, "2/3", 1), (5, 1, "1", 4)],
)
def test_the_quorum_is_counted_without_those_recused(members, recused, share, wanted):
    assert needed(members, recused, Fraction(share)) == wanted


@pytest.mark.parametrize(
    ("votes", "casting", "said"),
    [
        ((4, 3, 0), "", "carried"),
        ((3, 4, 9), "", "lost"),
        ((3, 3, 1), "", "tied"),
        ((3, 3, 1), "for", "carried"),
        ((0, 0, 5), "against", "lost"),
        ((3, 3, 0), "abstain", "tied"),
        ((4, 3, 0), "against", "carried"),
    ],
)
def test_more_for_than_against_carries_and_the_chair_parts_equals(votes, casting, said):
    assert verdict(Tally(*votes), casting) == said


# Voting --------------------------------------------------------------------------------------------------------------


def test_a_carried_item_is_a_pending_decision(sitting, judged, call, officer, now):
    before = Notice.objects.count()
    item = item_of(sitting, judged[0])
    vote_all(item, "++++-", officer=officer, now=now)

    assert close_item(item=item, by=officer, now=now) == "carried"

    decision = Decision.objects.get()
    call.refresh_from_db()
    judged[0].refresh_from_db()
    assert (decision.outcome, decision.amount, decision.item, call.promised) == ("fund", 100_000, item, 100_000)
    assert (judged[0].state, Notice.objects.count()) == ("under_review", before)
    assert Outcome.objects.pending().count() == 1


def test_a_lost_item_waits_for_another_proposal(sitting, judged, officer, now):
    item = item_of(sitting, judged[0])
    vote_all(item, "+----", officer=officer, now=now)

    assert close_item(item=item, by=officer, now=now) == "lost"
    assert Decision.objects.count() == 0

    propose(item=item, outcome="decline", why=REASON, by=officer, now=now)
    vote_all(item, "+++--", officer=officer, now=now)
    close_item(item=item, by=officer, now=now)
    assert (Decision.objects.get().outcome, item.round) == ("decline", 2)


def test_a_departure_wants_its_reason(sitting, judged, officer, now):
    item = item_of(sitting, judged[0])
    propose(item=item, outcome="fund", amount=Decimal(80_000), by=officer, now=now)
    vote_all(item, "+++++", officer=officer, now=now)

    with pytest.raises(Refused) as refusal:
        close_item(item=item, by=officer, now=now)
    assert (refusal.value.field, Decision.objects.count()) == ("why", 0)

    close_item(item=item, why=REASON, by=officer, now=now)
    assert (Decision.objects.get().amount, Decision.objects.get().why) == (80_000, REASON)


def test_a_list_gets_what_the_ranking_says(sitting, judged, officer, now):
    item = item_of(sitting, judged[3])
    vote_all(item, "+++++", officer=officer, now=now)
    close_item(item=item, by=officer, now=now)

    assert list(Decision.objects.order_by("pk").values_list("application", "outcome")) == [
        (judged[3].pk, "decline"),
        (judged[4].pk, "decline"),
    ]


def test_equal_votes_are_parted_by_the_chair(sitting, judged, officer, now):
    item = item_of(sitting, judged[0])
    vote_all(item, "++--0", officer=officer, now=now)  # the chair has the first seat

    assert count_of(item).verdict == "carried"
    close_item(item=item, by=officer, now=now)
    assert Decision.objects.count() == 1


def test_a_chair_who_abstained_is_asked_for_the_casting_vote(sitting, judged, director, council, officer, now):
    item = item_of(sitting, judged[0])
    vote_all(item, "0++--", officer=officer, now=now)

    with pytest.raises(Refused) as refusal:
        close_item(item=item, by=officer, now=now)
    with pytest.raises(Refused):
        break_tie(item=item, choice="for", by=council[0], now=now)
    break_tie(item=item, choice="for", by=director, now=now)

    assert refusal.value.code == "tied"
    assert close_item(item=item, by=officer, now=now) == "carried"


def test_no_quorum_no_decision(meeting, judged, council, officer, now):
    make_open(meeting, officer=officer, now=now, absent=council[:2])  # three of five came, four are needed

    with pytest.raises(Refused) as refusal:
        put_to_vote(item=item_of(meeting, judged[0]), by=officer, now=now)

    assert refusal.value.code == "quorum"


def test_too_few_votes_close_nothing(sitting, judged, officer, now):
    item = item_of(sitting, judged[0])
    vote_all(item, "+++  ", officer=officer, now=now)

    with pytest.raises(Refused) as refusal:
        close_item(item=item, by=officer, now=now)

    assert refusal.value.code == "quorum"


def test_a_changed_mind_is_a_further_row_and_the_last_counts(sitting, judged, council, officer, now):
    item = item_of(sitting, judged[0])
    vote_all(item, "+++++", officer=officer, now=now)
    seat = sitting.members.get(account=council[0])

    cast_vote(item=item, member=seat, choice="against", by=council[0], now=now)
    cast_vote(item=item, member=seat, choice="against", by=council[0], now=now)

    assert list(Vote.objects.filter(member=seat).values_list("number", "choice")) == [(1, "for"), (2, "against")]
    assert count_of(item).tally == Tally(4, 1, 0)


def test_votes_cannot_be_changed(sitting, judged, officer, now):
    vote_all(item_of(sitting, judged[0]), "+++++", officer=officer, now=now)

    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.update(choice="against")
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.all()._raw_delete("default")


def test_who_keeps_the_minutes_writes_down_raised_hands_and_the_journal_names_both(sitting, judged, council, officer, now):
    item = item_of(sitting, judged[0])
    put_to_vote(item=item, by=officer, now=now)
    seat = sitting.members.get(account=council[1])

    cast_vote(item=item, member=seat, choice="for", by=officer, now=now)

    entry = AuditEntry.objects.filter(verb="councils.cast_vote").get()
    assert (entry.by, entry.for_id) == (officer, council[1].person.pk)
    with pytest.raises(Refused):
        cast_vote(item=item, member=seat, choice="against", by=council[0], now=now)


def test_a_secret_ballot_tells_nobody_who_voted_how(call, judged, officer, director, council, now):
    meeting = make_meeting(call, officer=officer, director=director, members=council, now=now, ballot="secret")
    make_open(meeting, officer=officer, now=now)
    item = item_of(meeting, judged[0])
    vote_all(item, "++++-", officer=officer, now=now)

    assert set(Vote.objects.values_list("choice", flat=True)) == {""}
    assert not any("choice" in entry.facts for entry in AuditEntry.objects.filter(verb="councils.cast_vote"))
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ["against", "for", "for", "for", "for"]
    assert count_of(item).tally == Tally(4, 1, 0)
    with pytest.raises(Refused):  # what lies in the box stays
        cast_vote(item=item, member=meeting.members.get(account=council[0]), choice="against", by=council[0], now=now)
    with pytest.raises(Refused):  # and nobody puts it there for another
        cast_vote(item=item, member=meeting.members.get(account=council[0]), choice="for", by=officer, now=now)


def test_who_is_absent_does_not_vote(meeting, judged, council, officer, now):
    make_open(meeting, officer=officer, now=now, absent=council[:1])
    item = item_of(meeting, judged[0])
    put_to_vote(item=item, by=officer, now=now)

    with pytest.raises(Refused):
        cast_vote(item=item, member=meeting.members.get(account=council[0]), choice="for", by=council[0], now=now)


def test_the_secretary_who_is_tied_lets_another_close_the_item(sitting, judged, officer, director, now):
    item = item_of(sitting, judged[0])
    vote_all(item, "+++++", officer=officer, now=now)
    Conflict.objects.create(application=judged[0], expert=officer, kind="friend", declared_by=officer, declared_at=now)

    with pytest.raises(Refused):
        close_item(item=item, by=officer, now=now)
    assert not Meeting.objects.visible_to(officer).exists()  # the sums would tell of what is closed
    assert close_item(item=item, by=director, now=now) == "carried"


def test_separate_puts_an_application_on_its_own(sitting, judged, officer, now):
    own = separate(item=item_of(sitting, judged[3]), application=judged[3], by=officer, now=now)

    assert (own.number, own.outcome) == (5, "decline")
    with pytest.raises(Refused):
        separate(item=item_of(sitting, judged[4]), application=judged[4], by=officer, now=now)


def test_postpone_and_take_up_again(sitting, judged, officer, now):
    item = item_of(sitting, judged[0])
    postpone_item(item=item, by=officer, now=now)
    resume_item(item=item, by=officer, now=now)

    assert item.state == "waiting"
