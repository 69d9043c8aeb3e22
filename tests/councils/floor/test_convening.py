"""A meeting without a call: convened with an agenda, seen by its members; sides are invited and answer by link."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fund.core.errors import Refused
from fund.documents.models import Paper
from fund.documents.visibility import may_read
from fund.notices.actions import declare
from fund.notices.models import Notice
from grants.councils.actions import (
    answer_invitation,
    convene,
    hand_in,
    invite_side,
    remove_topic,
    reschedule_meeting,
    reword,
    set_topic,
    withdraw_side,
)
from grants.councils.links import side_of, token_of
from grants.councils.models import Meeting, Motion, Side
from tests.factories.floor import (
    TITLE,
    TOPICS,
    make_floor,
    make_held,
    make_motion,
    make_open_floor,
    make_side,
)
from tests.factories.people import make_account

pytestmark = pytest.mark.django_db


def kinds(**about) -> list[str]:
    return list(Notice.objects.filter(**about).order_by("pk").values_list("kind", flat=True))


# Convening, the agenda ------------------------------------------------------------------------------------------------


def test_convene_seats_members_writes_the_agenda_and_invites(meeting, officer, director, council, now):
    found = [(topic.number, topic.title, topic.speaker) for topic in meeting.topics.all()]

    assert (meeting.call, meeting.title, meeting.state, meeting.quorum) == (None, TITLE, "called", "2/3")
    assert found == [(1, *TOPICS[0]), (2, *TOPICS[1])]
    assert [seat.account for seat in meeting.members.all()] == [director, *council]
    told = Notice.objects.filter(kind="councils.convened").exclude(calendar=None)
    assert {notice.account for notice in told} == {officer, director, *council}


def test_convene_twice_with_one_token_is_one_meeting(officer, director, council, now):
    first, second = (make_floor(officer=officer, director=director, members=council, now=now, once="a" * 20) for _ in range(2))

    assert first == second
    assert Notice.objects.filter(kind="councils.convened").count() == 6


@pytest.mark.parametrize("who", ["stranger", "expert", "council_member", "accountant"])
def test_convene_is_for_officers_and_directors(request, officer, director, council, now, who):
    by = request.getfixturevalue(who)

    with pytest.raises(Refused):
        convene(
            title=TITLE,
            starts_at=now + timedelta(days=1),
            place="Зал",
            topics=[],
            members=council,
            chair=director,
            secretary=officer,
            by=by,
            now=now,
        )
    assert not Meeting.objects.exists()


def test_convene_in_the_past_is_refused(officer, director, council, now):
    with pytest.raises(Refused) as refusal:
        make_floor(officer=officer, director=director, members=council, now=now, starts_at=now)
    assert refusal.value.field == "starts_at"


def test_a_meeting_has_a_call_or_a_title(meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(title="")


def test_a_form_sent_again_after_its_topic_was_removed_is_refused(meeting, officer, now):
    facts = {"meeting": meeting, "title": "Разное", "speaker": "", "by": officer, "now": now, "once": "t" * 20}
    remove_topic(topic=set_topic(**facts), by=officer, now=now)

    with pytest.raises(Refused) as refused:
        set_topic(**facts)

    assert (refused.value.code, meeting.topics.count()) == ("gone", 2)


def test_topics_are_added_changed_and_removed(meeting, officer, stranger, now):
    motion = make_motion(meeting, officer=officer, now=now)
    added = set_topic(meeting=meeting, title="Разное", speaker="", by=officer, now=now)
    reword(motion=motion, text="Проложить маршрут.", topic=added, seen=1, by=officer, now=now)
    set_topic(meeting=meeting, topic=added, title="Прочее", speaker="Анна", minutes="Решили.", by=officer, now=now)
    with pytest.raises(Refused):
        set_topic(meeting=meeting, title="Чужое", speaker="", by=stranger, now=now)
    assert [topic.title for topic in meeting.topics.all()] == [*(title for title, _ in TOPICS), "Прочее"]

    remove_topic(topic=added, by=officer, now=now)

    assert meeting.topics.count() == 2
    assert Motion.objects.get().topic is None


# Invited sides --------------------------------------------------------------------------------------------------------


def test_invite_side_sends_a_letter_with_calendar_and_link(meeting, side, now):
    notice = Notice.objects.get(kind="councils.side_invited")

    assert notice.recipient.email == "sablin@example.org"
    assert notice.calendar["start"] == meeting.starts_at.isoformat()
    assert side_of(notice.link.removeprefix("/*/invited/").removesuffix("/")) == side
    assert not notice.deliveries.filter(channel="inbox").exists()


def test_invite_side_writes_in_the_language_of_the_side(meeting, officer, now):
    make_side(meeting, officer=officer, now=now, email="north@example.org", language="en")

    assert Notice.objects.get(kind="councils.side_invited").recipient.language == "en"


def test_invite_side_twice_by_token_is_one_and_by_address_is_refused(meeting, officer, now):
    first, second = (make_side(meeting, officer=officer, now=now, once="b" * 20) for _ in range(2))

    with pytest.raises(Refused) as refusal:
        make_side(meeting, officer=officer, now=now, email="SABLIN@example.org")

    assert (first, refusal.value.field) == (second, "email")
    assert Side.objects.count() == 1


def test_invite_side_by_a_member_is_refused(meeting, council, now):
    with pytest.raises(Refused):
        make_side(meeting, officer=council[0], now=now)


@pytest.mark.parametrize(
    ("answer", "delegate", "kept"), [("comes", "x", ""), ("declines", "x", ""), ("sends", "Пётр Шах", "Пётр Шах")]
)
def test_answer_invitation_is_kept_and_told_to_the_secretary(meeting, side, officer, now, answer, delegate, kept):
    answer_invitation(side=side, answer=answer, delegate=delegate, word=" Спасибо ", now=now)

    side.refresh_from_db()
    assert (side.answer, side.delegate, side.word, side.answered_at) == (answer, kept, "Спасибо", now)
    assert [notice.account for notice in Notice.objects.filter(kind="councils.side_answered")] == [officer]


def test_answer_that_sends_nobody_is_refused(side, now):
    with pytest.raises(Refused) as refusal:
        answer_invitation(side=side, answer="sends", delegate="  ", now=now)
    assert refusal.value.field == "delegate"


def test_answer_ends_when_the_meeting_opens(meeting, side, officer, now):
    make_open_floor(meeting, officer=officer, now=now)

    with pytest.raises(Refused):
        answer_invitation(side=side, answer="comes", now=now)


def test_withdraw_side_closes_its_link_and_tells_it(side, officer, now):
    token = token_of(side)
    assert side_of(token) == side

    withdraw_side(side=side, by=officer, now=now)

    assert side_of(token) is None
    assert kinds(of_id=side.pk, of_type="councils.side") == ["councils.side_invited", "councils.side_withdrawn"]


def test_withdraw_side_that_has_proposed_is_refused(meeting, side, officer, now):
    hand_in(meeting=meeting, text="Проложить маршрут.", side=side, by=None, now=now)

    with pytest.raises(Refused):
        withdraw_side(side=side, by=officer, now=now)


@pytest.mark.parametrize("token", ["x", "a:b:c"])
def test_a_foreign_link_opens_nothing(token, db):
    assert side_of(token) is None


def test_reschedule_tells_sides_and_moves_their_reminder(meeting, side, officer, now):
    later = meeting.starts_at + timedelta(days=3)
    declare(now=meeting.starts_at - timedelta(hours=23))
    assert Notice.objects.filter(kind="councils.side_sitting").count() == 1

    reschedule_meeting(meeting=meeting, starts_at=later, place="Ратуша", by=officer, now=now)
    declare(now=now)

    moved = Notice.objects.get(kind="councils.side_moved")
    assert (moved.calendar["sequence"], moved.calendar["start"]) == (1, later.isoformat())
    assert set(Notice.objects.get(kind="councils.side_sitting").deliveries.values_list("state", flat=True)) == {"cancelled"}


def test_a_side_that_stays_away_is_not_reminded(meeting, side, now):
    answer_invitation(side=side, answer="declines", now=now)

    declare(now=meeting.starts_at - timedelta(hours=23))

    assert not Notice.objects.filter(kind="councils.side_sitting").exists()


# Who sees it ----------------------------------------------------------------------------------------------------------


def test_members_and_sides_see_their_meeting_and_strangers_do_not(
    meeting, side, officer, director, council, stranger, expert, now
):
    invited = make_account("Игорь", "Саблин", email="sablin@example.org")
    other = make_floor(officer=officer, director=director, members=[], now=now)

    seen = {who: set(Meeting.objects.visible_to(who)) for who in (officer, director, council[0], invited, stranger, expert)}

    assert [seen[who] for who in (officer, director)] == [{meeting, other}] * 2
    assert [seen[who] for who in (council[0], invited)] == [{meeting}] * 2
    assert [seen[who] for who in (stranger, expert)] == [set()] * 2


def test_a_withdrawn_side_sees_nothing_any_more(meeting, side, officer, now):
    invited = make_account("Игорь", "Саблин", email="sablin@example.org")
    assert list(Meeting.objects.visible_to(invited)) == [meeting]

    withdraw_side(side=side, by=officer, now=now)

    assert list(Meeting.objects.visible_to(invited)) == []


def test_the_protocol_is_not_for_sides(officer, director, council, now):
    meeting, _side, _motions = make_held(officer=officer, director=director, members=council, now=now)
    invited = make_account("Игорь", "Саблин", email="sablin@example.org")
    paper = Paper.objects.about(meeting).get()

    assert [may_read(paper, who) for who in (officer, council[0], invited)] == [True, True, False]


def test_invite_by_organisation_shows_the_meeting_to_who_speaks_for_it(meeting, officer, now):
    from fund.people.models import Mandate, Organisation

    town = Organisation.objects.create(kind="informal", name="Приозёрск")
    speaker, claimant = make_account("Вера", "Ким"), make_account("Пётр", "Лис")
    Mandate.objects.create(organisation=town, person=speaker.person, claimed_at=now, confirmed_at=now)
    Mandate.objects.create(organisation=town, person=claimant.person, claimed_at=now)

    invite_side(
        meeting=meeting, name="Приозёрск", organisation=town, person="Глава", email="town@example.org", by=officer, now=now
    )

    assert [list(Meeting.objects.visible_to(who)) for who in (speaker, claimant)] == [[meeting], []]
