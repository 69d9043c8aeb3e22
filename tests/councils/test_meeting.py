"""A council meeting: agenda from the ranking, quorum, recusals, votes, results that are pending decisions, the protocol."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from fund.audit.models import Entry as AuditEntry
from fund.core.errors import Refused
from fund.documents.actions import draw_paper
from fund.documents.models import Paper
from fund.documents.visibility import may_read
from fund.notices.actions import declare
from fund.notices.models import Notice
from grants.applications.models import Application
from grants.councils.actions import (
    break_tie,
    call_meeting,
    cancel_meeting,
    cast_vote,
    close_item,
    close_meeting,
    open_meeting,
    postpone_item,
    propose,
    put_to_vote,
    recuse_member,
    reissue_protocol,
    release,
    reschedule_meeting,
    resume_item,
    separate,
    sign_protocol,
)
from grants.councils.models import Ballot, Decision, Item, Meeting, Outcome, Vote
from grants.councils.queries.votes import count_of
from grants.councils.sitting import sitting_of
from grants.councils.voting import Tally, needed, verdict
from grants.reviews.models import Conflict
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.councils import item_of, make_council, make_meeting, make_open, vote_all
from tests.factories.people import make_account
from tests.factories.reviews import make_judged
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
REASON = "Собственник дома отозвал согласие письмом от 9 ноября."
SCORES = [("5", "5"), ("4", "4"), ("3", "3"), ("1", "1"), ("1", "1")]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(scope="module")
def built(module_db):
    """100,000 each: two fit, the third is in the reserve, two are below the threshold."""
    officer, director, council, now = play("officer"), play("director"), make_council(4), timezone.now()
    call = make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)
    judged = make_judged(call, officer=officer, now=now, scores=SCORES)
    return SimpleNamespace(**locals())


officer, director, council, now, call, judged = parts("officer", "director", "council", "now", "call", "judged")


@pytest.fixture
def meeting(call, judged, officer, director, council, now):
    return make_meeting(call, officer=officer, director=director, members=council, now=now)


@pytest.fixture
def sitting(meeting, officer, now):
    """Under way; all five came."""
    return make_open(meeting, officer=officer, now=now)


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


# Calling -------------------------------------------------------------------------------------------------------------


def test_call_makes_the_agenda_from_the_ranking(meeting, judged):
    items = list(meeting.items.all())

    assert [(item.number, item.outcome, item.amount) for item in items] == [
        (1, "fund", Decimal(100_000)), (2, "fund", Decimal(100_000)), (3, "reserve", None), (4, "", None),
    ]  # fmt: skip
    assert [[entry.application_id for entry in item.entries.all()] for item in items] == [
        [judged[0].pk], [judged[1].pk], [judged[2].pk], [judged[3].pk, judged[4].pk],
    ]  # fmt: skip


def test_call_invites_everyone_with_a_calendar_entry(meeting, council, director, officer):
    told = Notice.objects.filter(kind="councils.called")

    assert {one.account for one in told} == {*council, director, officer}
    assert all(one.calendar for one in told)


def test_call_replayed_makes_one_meeting(call, judged, officer, director, council, now):
    once = "x" * 24
    first = make_meeting(call, officer=officer, director=director, members=council, now=now, once=once)

    assert make_meeting(call, officer=officer, director=director, members=council, now=now, once=once) == first
    with pytest.raises(Refused) as refusal:
        make_meeting(call, officer=officer, director=director, members=council, now=now)
    assert (refusal.value.code, Meeting.objects.count()) == ("live", 1)


def test_who_competes_sits_in_no_council(call, judged, officer, director, now):
    with pytest.raises(Refused) as refusal:
        make_meeting(call, officer=officer, director=director, members=[judged[0].owner], now=now)

    assert refusal.value.code == "competes"


@pytest.mark.parametrize("who", ["council_member", "stranger", "accountant"])
def test_only_officers_and_directors_call(request, who, call, judged, officer, director, council, now):
    with pytest.raises(Refused):
        call_meeting(
            call=call,
            starts_at=now + timedelta(days=1),
            place="x",
            members=council,
            chair=director,
            secretary=officer,
            by=request.getfixturevalue(who),
            now=now,
        )


def test_reschedule_tells_the_old_time_and_moves_the_calendar(meeting, officer, now):
    reschedule_meeting(meeting=meeting, starts_at=now + timedelta(days=3), place="Зал", by=officer, now=now)

    told = Notice.objects.filter(kind="councils.rescheduled").first()
    assert told.calendar["sequence"] == 1
    assert Notice.objects.filter(kind="councils.rescheduled").count() == 6


def test_members_are_reminded_a_day_and_two_hours_before(meeting, now):
    declare(now=meeting.starts_at - timedelta(hours=23))
    declare(now=meeting.starts_at - timedelta(hours=1))

    ahead = Notice.objects.filter(kind="councils.sitting").order_by("ahead").values_list("ahead", flat=True)
    assert list(ahead) == [timedelta(hours=2)] * 6 + [timedelta(hours=24)] * 6


def test_cancel_wants_a_reason_and_tells_everyone(meeting, officer, now):
    with pytest.raises(Refused):
        cancel_meeting(meeting=meeting, why=" ", by=officer, now=now)

    cancel_meeting(meeting=meeting, why="Нет света", by=officer, now=now)

    assert Notice.objects.filter(kind="councils.meeting_cancelled").count() == 6


def test_a_meeting_opens_once_it_is_known_who_came(meeting, officer, now):
    with pytest.raises(Refused) as refusal:
        open_meeting(meeting=meeting, by=officer, now=now)

    assert refusal.value.code == "attendance"


# Recusals ------------------------------------------------------------------------------------------------------------


def test_a_tie_found_by_rule_closes_the_item_to_the_member(call, judged, officer, director, now):
    tied = make_account("Артём", "Белов", roles=["council_member"])
    tied.person.household = judged[0].owner.person.household
    tied.person.save()
    meeting = make_meeting(call, officer=officer, director=director, members=[*make_council(3), tied], now=now)

    item = item_of(meeting, judged[0])

    assert not Item.objects.visible_to(tied).filter(pk=item.pk).exists()
    assert not Application.objects.visible_to(tied).filter(pk=judged[0].pk).exists()
    assert Application.objects.visible_to(tied).filter(pk=judged[1].pk).exists()
    assert (count_of(item).needed, count_of(item_of(meeting, judged[1])).needed) == (3, 4)  # of four, of five


def test_a_tied_application_never_hides_in_a_list(call, judged, officer, director, now):
    tied = make_account("Артём", "Белов", roles=["council_member"])
    Conflict.objects.create(application=judged[4], expert=tied, kind="friend", declared_by=tied, declared_at=now)

    meeting = make_meeting(call, officer=officer, director=director, members=[*make_council(3), tied], now=now)

    assert item_of(meeting, judged[4]).entries.count() == 1


def test_recuse_closes_at_once_and_the_vote_does_not_count(sitting, judged, council, officer, now):
    item = item_of(sitting, judged[0])
    vote_all(item, "+++++", officer=officer, now=now)

    recuse_member(item=item, application=judged[0], kind="friend", by=council[0], now=now)

    count = count_of(Item.objects.get(pk=item.pk))
    assert (count.tally.yes, count.present, count.needed) == (4, 4, 3)
    assert not Item.objects.visible_to(council[0]).filter(pk=item.pk).exists()
    with pytest.raises(Refused):
        cast_vote(item=item, member=sitting.members.get(account=council[0]), choice="against", by=council[0], now=now)


def test_recuse_takes_the_application_out_of_a_list(sitting, judged, council, now):
    item = item_of(sitting, judged[3])

    recuse_member(item=item, application=judged[4], kind="friend", by=council[0], now=now)

    assert Item.objects.visible_to(council[0]).filter(pk=item.pk).exists()
    assert item_of(sitting, judged[4]).number == 5


def test_the_agenda_opens_applications_to_members_alone(sitting, judged, council, stranger):
    assert Application.objects.visible_to(council[0]).count() == 5
    assert Application.objects.visible_to(stranger).count() == 0
    assert Application.objects.visible_to(make_council(1)[0]).count() == 0


def test_a_seat_ends_with_the_role(sitting, council, admin, now):
    from fund.people.actions import revoke_role
    from fund.people.models import RoleGrant

    revoke_role(RoleGrant.objects.get(account=council[0], role="council_member"), by=admin, now=now)
    vars(council[0]).pop("_grants", None)

    assert not Meeting.objects.visible_to(council[0]).exists()
    assert not Application.objects.visible_to(council[0]).exists()


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


# Closing, protocol, release --------------------------------------------------------------------------------------------


def decide_everything(sitting, officer, now) -> None:
    for item in sitting.items.all():
        vote_all(item, "++++0", officer=officer, now=now)
        close_item(item=item, by=officer, now=now)


def test_close_wants_every_item_decided(sitting, officer, now):
    with pytest.raises(Refused) as refusal:
        close_meeting(meeting=sitting, by=officer, now=now)

    assert refusal.value.code == "items"


def test_close_issues_the_protocol(sitting, judged, council, officer, director, now):
    decide_everything(sitting, officer, now)

    paper = close_meeting(meeting=sitting, by=officer, now=now)
    draw_paper(paper, now=now)

    with default_storage.open(Paper.objects.get(pk=paper.pk).drawn["ru"].path) as stored:
        told = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages).split())
    for words in ("Протокол", "Громова", "Северин", "4 : 0 : 1", "Поддержать", "100 000", judged[4].number):
        assert words in told
    assert {one.account for one in Notice.objects.filter(kind="councils.to_sign")} == {director, officer}


def test_the_protocol_names_the_recused_the_absent_and_who_signs(meeting, judged, council, officer, now):
    sitting = make_open(meeting, officer=officer, now=now, absent=council[3:])
    recuse_member(item=item_of(sitting, judged[0]), application=judged[0], kind="friend", by=council[0], now=now)
    for item in sitting.items.all():
        vote_all(item, "+ ++ " if item == item_of(sitting, judged[0]) else "++++ ", officer=officer, now=now)
        close_item(item=item, by=officer, now=now)

    said = str(close_meeting(meeting=sitting, by=officer, now=now).text("ru"))

    recused, absent = council[0].person, council[3].person
    for words in (recused.short_name, "Отводы", f"Не было: {absent.full_name}", "signatures", officer.person.full_name):
        assert words in said


def test_the_protocol_is_read_by_who_is_tied_to_nothing(sitting, judged, council, officer, stranger, now):
    decide_everything(sitting, officer, now)
    Conflict.objects.create(application=judged[0], expert=council[0], kind="friend", declared_by=council[0], declared_at=now)
    paper = close_meeting(meeting=sitting, by=officer, now=now)

    assert [may_read(paper, user) for user in (officer, council[1], council[0], stranger, judged[0].owner)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_release_waits_for_the_meeting_and_its_signatures(sitting, call, judged, officer, director, now):
    decide_everything(sitting, officer, now)
    with pytest.raises(Refused, match="не закрыто"):
        release(call=call, by=director, now=now)
    close_meeting(meeting=sitting, by=officer, now=now)
    with pytest.raises(Refused, match="не подписан"):
        release(call=call, by=director, now=now)
    sign_protocol(meeting=sitting, by=director, now=now)
    sign_protocol(meeting=sitting, by=officer, now=now)

    assert release(call=call, by=director, now=now) == 5


def test_a_protocol_issued_anew_voids_the_old_one_and_is_signed_again(sitting, officer, director, now):
    decide_everything(sitting, officer, now)
    first = close_meeting(meeting=sitting, by=officer, now=now)
    sign_protocol(meeting=sitting, by=director, now=now)

    second = reissue_protocol(meeting=sitting, why="Опечатка в месте", by=officer, now=now)

    sitting.refresh_from_db()
    assert (Paper.objects.get(pk=first.pk).is_void, second.sequence, sitting.chair_signed_at) == (True, 2, None)


def test_the_page_adds_up(sitting, judged, call, officer, now):
    decide_everything(sitting, officer, now)

    seen = sitting_of(sitting, now=now)

    assert (seen.given, seen.funded, seen.decided, len(seen.lines), seen.has_quorum) == (200_000, 2, 4, 4, True)


def test_an_applicant_learns_nothing(sitting, judged, officer, now):
    decide_everything(sitting, officer, now)
    owner = judged[0].owner

    assert not Meeting.objects.visible_to(owner).exists()
    assert not Item.objects.visible_to(owner).exists()
    assert not Outcome.objects.visible_to(owner).exists()
    assert not Notice.objects.filter(account=owner).exists()
