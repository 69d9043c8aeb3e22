"""Proposals to a meeting without a call: handed in, reworded, withdrawn, voted on; the meeting closes once each is decided."""

import pytest
from django.db import DatabaseError, transaction

from fund.core.errors import Conflict, Refused
from fund.notices.models import Notice
from grants.councils.actions import (
    cast_vote,
    close_item,
    close_meeting,
    hand_in,
    postpone_item,
    put_to_vote,
    reword,
    sign_protocol,
    withdraw_motion,
)
from grants.councils.floor import floor_of
from grants.councils.models import Motion, Wording
from tests.factories.councils import vote_all
from tests.factories.floor import (
    TOPICS,
    make_carried,
    make_floor,
    make_motion,
    make_open_floor,
    make_side,
)

pytestmark = pytest.mark.django_db


def test_hand_in_by_link_stands_on_the_list_and_tells_the_secretary(meeting, side, officer, now):
    motion = hand_in(meeting=meeting, text=" Проложить маршрут. ", side=side, topic=meeting.topics.first(), by=None, now=now)

    assert (motion.text, motion.author, motion.item.number, motion.item.state) == ("Проложить маршрут.", side.name, 1, "waiting")
    assert [notice.account for notice in Notice.objects.filter(kind="councils.handed_in")] == [officer]


def test_hand_in_twice_with_one_token_is_one_proposal(meeting, side, now):
    first, second = (hand_in(meeting=meeting, text="Раз.", side=side, by=None, now=now, once="c" * 20) for _ in range(2))

    assert first == second
    assert Motion.objects.count() == 1


def test_hand_in_for_somebody_else_is_the_secretarys(meeting, side, officer, council, stranger, now):
    mine, theirs = (meeting.members.get(account=one) for one in council[:2])
    hand_in(meeting=meeting, text="Своё.", member=mine, by=council[0], now=now)
    hand_in(meeting=meeting, text="С места.", said_by="Марина Одинцова", by=officer, now=now)

    refused = []
    for by, whose in (
        (council[0], {"member": theirs}),
        (council[0], {"side": side}),
        (council[0], {"said_by": "Кто-то"}),
        (stranger, {"said_by": "Я"}),
        (None, {"said_by": "Я"}),
    ):
        with pytest.raises(Refused) as refusal:
            hand_in(meeting=meeting, text="Чужое.", by=by, now=now, **whose)
        refused.append(refusal.value.code)

    assert refused == ["who"] * 5
    assert [motion.author for motion in Motion.objects.all()] == [council[0].person.short_name, "Марина Одинцова"]


def test_hand_in_by_a_side_of_another_meeting_is_refused(meeting, officer, director, now):
    other = make_floor(officer=officer, director=director, members=[], now=now)
    foreign = make_side(other, officer=officer, now=now)

    with pytest.raises(Refused):
        hand_in(meeting=meeting, text="Чужое.", side=foreign, by=None, now=now)


def test_reword_keeps_every_wording(meeting, officer, now):
    motion = make_motion(meeting, officer=officer, now=now, text="Маршрут.")

    reword(motion=motion, text="Пеший маршрут.", seen=1, by=officer, now=now)
    reword(motion=motion, text="Пеший маршрут, 14 км.", seen=2, by=officer, now=now)

    line = floor_of(meeting).lines[0]
    assert (line.text, [one.text for one in line.earlier]) == ("Пеший маршрут, 14 км.", ["Маршрут.", "Пеший маршрут."])


def test_reword_on_top_of_anothers_wording_is_a_conflict(meeting, officer, director, now):
    motion = make_motion(meeting, officer=officer, now=now, text="Маршрут.")
    reword(motion=motion, text="Пеший маршрут.", seen=1, by=director, now=now)

    with pytest.raises(Conflict):
        reword(motion=motion, text="Лыжня.", seen=1, by=officer, now=now)
    assert Wording.objects.count() == 2


def test_reword_during_the_vote_or_by_a_member_is_refused(meeting, officer, council, now):
    make_open_floor(meeting, officer=officer, now=now)
    motion = make_motion(meeting, officer=officer, now=now)
    with pytest.raises(Refused):
        reword(motion=motion, text="Другое.", seen=1, by=council[0], now=now)
    put_to_vote(item=motion.item, by=officer, now=now)

    with pytest.raises(Refused):
        reword(motion=motion, text="Другое.", seen=1, by=officer, now=now)


def test_wordings_are_append_only(meeting, officer, now):
    make_motion(meeting, officer=officer, now=now)

    with pytest.raises(DatabaseError), transaction.atomic():
        Wording.objects.update(text="Подменили.")


def test_withdraw_is_its_authors_and_the_secretarys(meeting, officer, council, now):
    own, other = (
        hand_in(meeting=meeting, text="Своё.", member=meeting.members.get(account=one), by=one, now=now) for one in council[:2]
    )
    with pytest.raises(Refused):
        withdraw_motion(motion=other, by=council[0], now=now)

    withdraw_motion(motion=own, by=council[0], now=now)
    withdraw_motion(motion=other, by=officer, now=now)

    assert set(Motion.objects.values_list("item__state", flat=True)) == {"withdrawn"}


def test_a_proposal_is_carried_by_votes_lost_reworded_and_carried(meeting, officer, council, now):
    make_open_floor(meeting, officer=officer, now=now)
    motion = make_motion(meeting, officer=officer, now=now)
    vote_all(motion.item, "+---0", officer=officer, now=now)
    assert close_item(item=motion.item, by=officer, now=now) == "lost"
    reword(motion=motion, text="Проложить маршрут к лету.", seen=1, by=officer, now=now)
    vote_all(motion.item, "+++-0", officer=officer, now=now)

    assert close_item(item=motion.item, by=officer, now=now) == "carried"

    line = floor_of(meeting).lines[0]
    assert (line.count.tally.yes, line.count.tally.no, line.count.tally.abstained) == (3, 1, 1)
    assert [one.round for one in motion.wordings.all()] == [0, 1]


def test_a_vote_is_for_members_who_came(meeting, side, officer, council, stranger, now):
    make_open_floor(meeting, officer=officer, now=now)
    motion = make_motion(meeting, officer=officer, now=now)
    put_to_vote(item=motion.item, by=officer, now=now)

    with pytest.raises(Refused):
        cast_vote(item=motion.item, member=meeting.members.first(), choice="for", by=stranger, now=now)


def test_close_meeting_waits_for_every_proposal_and_issues_the_protocol(meeting, side, officer, director, now):
    make_open_floor(meeting, officer=officer, now=now, sides=[side])
    make_carried(meeting, officer=officer, now=now, text="Обучить волонтёров.")
    left = make_motion(meeting, officer=officer, now=now)
    with pytest.raises(Refused):
        close_meeting(meeting=meeting, by=officer, now=now)
    postpone_item(item=left.item, by=officer, now=now)

    paper = close_meeting(meeting=meeting, by=officer, now=now)
    for who in (officer, director):
        sign_protocol(meeting=meeting, by=who, now=now)

    words = {code: str(paper.text(code)) for code in ("ru", "en")}
    assert [("Обучить волонтёров." in text, side.name in text, TOPICS[0][0] in text) for text in words.values()] == [
        (True,) * 3
    ] * 2
    assert meeting.signed_at == now
