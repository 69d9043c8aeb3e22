"""A meeting without a call: sides answer by link, proposals are reworded and voted on, the outcome document, the follow-up."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from fund.audit.models import Entry as AuditEntry
from fund.core.errors import Conflict, Refused
from fund.documents.models import Paper
from fund.documents.visibility import may_read
from fund.notices.actions import declare
from fund.notices.models import Notice
from grants.councils.actions import (
    answer_invitation,
    cast_vote,
    close_item,
    close_meeting,
    conceal_outcome,
    convene,
    entrust,
    hand_in,
    invite_side,
    issue_outcome,
    postpone_item,
    publish_outcome,
    put_to_vote,
    reissue_outcome,
    remove_topic,
    reopen_follow_up,
    report,
    reschedule_meeting,
    reword,
    set_topic,
    sign_protocol,
    withdraw_motion,
    withdraw_side,
)
from grants.councils.floor import floor_of, progress_of
from grants.councils.links import side_of, token_of
from grants.councils.models import FollowUp, Meeting, Motion, Resolution, Side, Wording
from tests.factories.councils import make_council, vote_all
from tests.factories.floor import (
    TITLE,
    TOPICS,
    make_carried,
    make_floor,
    make_held,
    make_motion,
    make_open_floor,
    make_side,
)
from tests.factories.people import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def council():
    return make_council(4)


@pytest.fixture
def meeting(officer, director, council, now):
    return make_floor(officer=officer, director=director, members=council, now=now)


@pytest.fixture
def side(meeting, officer, now):
    return make_side(meeting, officer=officer, now=now)


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


# Proposals ------------------------------------------------------------------------------------------------------------


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


# The outcome document and its follow-up -------------------------------------------------------------------------------


@pytest.fixture
def held(officer, director, council, now):
    return make_held(officer=officer, director=director, members=council, now=now)


def test_issue_outcome_numbers_proposals_and_tells_members_and_sides(held, officer, council, now):
    meeting, side, _motions = held

    paper = issue_outcome(meeting=meeting, by=officer, now=now)

    clauses = next(block for block in paper.text("en")["blocks"] if block["is"] == "clauses")
    assert clauses["rows"] == [["1.", "Проложить маршрут."], ["2.", "Обучить волонтёров."]]
    assert paper.number.startswith("ИД-")
    assert list(Motion.objects.values_list("clause", flat=True)) == [1, 2]
    assert Notice.objects.filter(kind="councils.outcome_issued").count() == 6
    assert Notice.objects.get(kind="councils.side_outcome").recipient.email == side.email


def test_the_outcome_names_sides_and_the_fund_and_of_persons_the_chair(held, officer, director, council, now):
    meeting, side, _motions = held

    text = str(issue_outcome(meeting=meeting, by=officer, now=now).text("ru"))

    assert [name in text for name in (side.name, "Фонд GS", director.person.full_name)] == [True] * 3
    assert [who.person.last_name in text for who in (officer, *council)] == [False] * 5


def test_issue_outcome_before_all_is_entrusted_is_refused(meeting, officer, now):
    make_open_floor(meeting, officer=officer, now=now)
    make_carried(meeting, officer=officer, now=now)
    close_meeting(meeting=meeting, by=officer, now=now)

    with pytest.raises(Refused) as refusal:
        issue_outcome(meeting=meeting, by=officer, now=now)
    assert (refusal.value.code, Resolution.objects.count(), Paper.objects.count()) == ("entrust", 0, 1)


def test_issue_outcome_once_and_reissue_with_a_reason(held, officer, stranger, now):
    meeting, _side, _motions = held
    first = issue_outcome(meeting=meeting, by=officer, now=now)
    with pytest.raises(Refused):
        issue_outcome(meeting=Meeting.objects.get(pk=meeting.pk), by=officer, now=now)

    second = reissue_outcome(resolution=meeting.resolution, why="Опечатка.", by=officer, now=now)

    first.refresh_from_db()
    assert (first.is_void, second.is_void) == (True, False)
    assert Resolution.objects.count() == 1


def test_publish_is_the_directors_and_opens_the_paper_to_everyone(held, officer, director, stranger, now):
    meeting, _side, _motions = held
    paper = issue_outcome(meeting=meeting, by=officer, now=now)
    resolution = meeting.resolution
    with pytest.raises(Refused):
        publish_outcome(resolution=resolution, by=officer, now=now)
    seen = [may_read(paper, stranger)]

    publish_outcome(resolution=resolution, by=director, now=now)
    seen.append(may_read(paper, stranger))
    conceal_outcome(resolution=resolution, by=director, now=now)
    seen.append(may_read(paper, stranger))

    assert seen == [False, True, False]
    verbs = AuditEntry.objects.filter(verb__endswith="_outcome").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["councils.publish_outcome", "councils.conceal_outcome"]


def test_entrust_tells_the_responsible_and_is_for_carried_proposals(held, officer, stranger, now):
    _meeting, side, motions = held
    told = Notice.objects.filter(kind__in=["councils.entrusted", "councils.side_entrusted"]).order_by("pk")

    assert [(notice.kind, notice.recipient.email) for notice in told] == [
        ("councils.entrusted", officer.email),
        ("councils.side_entrusted", side.email),
    ]
    for due_on, by in ((now.date() - timedelta(days=1), officer), (now.date() + timedelta(days=9), stranger)):
        with pytest.raises(Refused):
            entrust(motion=motions[0], due_on=due_on, account=officer, by=by, now=now)


def test_a_follow_up_has_one_who_answers(held):
    _meeting, side, motions = held

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(motion=motions[0]).update(side=side)


def test_follow_ups_are_reminded_before_their_day_and_not_once_done(held, officer, now):
    _meeting, side, motions = held
    due_at = motions[0].follow_up.due_at
    reminders = Notice.objects.filter(kind__in=["councils.follow_up", "councils.side_follow_up"])

    declare(now=due_at - timedelta(days=6, hours=23))
    assert {notice.recipient.email for notice in reminders} == {officer.email, side.email}
    for motion in motions:
        report(follow_up=motion.follow_up, is_done=True, word="Сделано.", by=officer, now=now)
    declare(now=due_at - timedelta(hours=23))

    assert reminders.count() == 2


def test_a_moved_day_moves_the_reminder(held, officer, now):
    _meeting, _side, motions = held
    before = motions[0].follow_up.due_at

    entrust(motion=motions[0], due_on=(before + timedelta(days=40)).date(), account=officer, by=officer, now=now)
    declare(now=before - timedelta(days=6, hours=23))

    assert not Notice.objects.filter(kind="councils.follow_up").exists()


def test_report_is_for_who_answers_and_tells_the_secretary(held, officer, council, now):
    _meeting, _side, motions = held
    with pytest.raises(Refused):
        report(follow_up=motions[0].follow_up, is_done=True, word="Сделано.", by=council[0], now=now)
    with pytest.raises(Refused):
        report(follow_up=motions[0].follow_up, is_done=True, word="Сделано.", by=None, now=now)  # entrusted to no side
    with pytest.raises(Refused) as refusal:
        report(follow_up=motions[1].follow_up, is_done=False, word=" ", by=None, now=now)

    report(follow_up=motions[1].follow_up, is_done=False, word="Набрали девять человек.", by=None, now=now)

    found = FollowUp.objects.get(motion=motions[1])
    assert (refusal.value.field, found.state, found.word) == ("word", "not_done", "Набрали девять человек.")
    assert [notice.account for notice in Notice.objects.filter(kind="councils.reported")] == [officer]


def test_reopen_puts_it_back_with_another_day(held, officer, now):
    _meeting, _side, motions = held
    follow_up = motions[0].follow_up
    report(follow_up=follow_up, is_done=True, word="Сделано.", by=officer, now=now)
    day = date(now.year + 1, 6, 1)

    reopen_follow_up(follow_up=follow_up, why="Указатели упали.", due_on=day, by=officer, now=now)

    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.due_on, follow_up.word, follow_up.reported_at) == ("open", day, "", None)


def test_progress_counts_done_overdue_and_the_rest(held, officer, now):
    meeting, _side, motions = held
    report(follow_up=motions[0].follow_up, is_done=True, word="Сделано.", by=officer, now=now)

    lines = [line.motion for line in floor_of(meeting).lines]
    today, later = (progress_of(lines, now=at) for at in (now, now + timedelta(days=60)))

    assert [(one.done, one.overdue, one.not_done, one.open) for one in (today, later)] == [(1, 0, 0, 1), (1, 1, 0, 0)]


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
