"""What comes of a meeting without a call: who answers for each proposal, the outcome document, reports and their reminders."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fund.audit.models import Entry as AuditEntry
from fund.core.errors import Refused
from fund.documents.models import Paper
from fund.documents.visibility import may_read
from fund.notices.actions import declare
from fund.notices.models import Notice
from grants.councils.actions import (
    close_meeting,
    conceal_outcome,
    entrust,
    issue_outcome,
    publish_outcome,
    reissue_outcome,
    reopen_follow_up,
    report,
)
from grants.councils.floor import floor_of, progress_of
from grants.councils.models import FollowUp, Meeting, Motion, Resolution
from tests.factories.floor import (
    make_carried,
    make_held,
    make_open_floor,
)

pytestmark = pytest.mark.django_db


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
