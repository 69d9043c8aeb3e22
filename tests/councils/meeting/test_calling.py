"""A council meeting: called with an agenda from the ranking, moved, cancelled, opened; whom a tie keeps from what."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fund.core.errors import Refused
from fund.notices.actions import declare
from fund.notices.models import Notice
from grants.applications.models import Application
from grants.councils.actions import (
    call_meeting,
    cancel_meeting,
    cast_vote,
    open_meeting,
    recuse_member,
    reschedule_meeting,
)
from grants.councils.models import Item, Meeting
from grants.councils.queries.votes import count_of
from grants.councils.sitting import sitting_of
from grants.reviews.models import Conflict
from tests.factories.councils import item_of, make_council, make_meeting, vote_all
from tests.factories.people import make_account

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


# Calling -------------------------------------------------------------------------------------------------------------


def test_call_makes_the_agenda_from_the_ranking(meeting, judged):
    items = list(meeting.items.all())

    assert [(item.number, item.outcome, item.amount) for item in items] == [
        (1, "fund", Decimal(100_000)), (2, "fund", Decimal(100_000)), (3, "reserve", None), (4, "", None),
    ]  # fmt: skip
    assert [[entry.application_id for entry in item.entries.all()] for item in items] == [
        [judged[0].pk], [judged[1].pk], [judged[2].pk], [judged[3].pk, judged[4].pk],
    ]  # fmt: skip


def test_the_agenda_shows_where_the_envelope_ends(meeting, now):
    assert [line.is_cut for line in sitting_of(meeting, now=now).lines] == [False, True, False, False]


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
