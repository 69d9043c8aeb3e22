"""The moves of a call: what each needs, what it leaves behind, who may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.calls.actions import (
    announce_call,
    archive_call,
    cancel_call,
    close_call,
    decide_call,
    import_call,
    open_call,
    release_call,
    start_judging,
)
from grants.calls.actions.adopting import adopt
from grants.calls.models import Call
from grants.calls.regulation import read_regulation
from grants.calls.tasks import open_and_close_at
from tests.factories.calls import make_call, make_draft_call, make_regulation

NOW = timezone.now()
SOON = {"opens": NOW + timedelta(days=5), "closes": NOW + timedelta(days=25)}


def test_open_call_takes_applications(officer):
    call = make_draft_call(officer, now=NOW)

    open_call(call, by=officer, now=NOW)

    assert call.is_open_at(NOW)
    assert list(Call.objects.open(NOW)) == [call]
    assert Entry.objects.about(call).last().verb == "calls.open"


def test_open_call_before_its_day_opens_it_now(officer):
    call = make_draft_call(officer, now=NOW, **SOON)

    open_call(call, by=officer, now=NOW)

    assert call.opens_at <= NOW
    assert call.version.number == 2


def test_open_call_refuses_a_deadline_in_the_past(officer):
    call = make_draft_call(officer, now=NOW, opens=NOW - timedelta(days=9), closes=NOW - timedelta(days=1))

    with pytest.raises(Refused) as refusal:
        open_call(call, by=officer, now=NOW)

    assert refusal.value.field == "closes"
    assert Call.objects.get().state == "draft"


def test_open_call_is_refused_while_a_worked_example_is_wrong(officer):
    text = make_regulation(NOW, key="yard")
    call = import_call(file="yard.yaml", text=text, by=officer, now=NOW)
    adopt(call, read_regulation("yard.yaml", text.replace("total: 18.0", "total: 17.5"), prove=False), by=officer, now=NOW)

    with pytest.raises(Refused, match="17,5") as refusal:
        open_call(call, by=officer, now=NOW)

    assert refusal.value.code == "obstacle"
    assert Call.objects.get().state == "draft"


def test_open_call_is_refused_to_others(officer, applicant, director):
    call = make_draft_call(officer, now=NOW)

    for account in (applicant, director):
        with pytest.raises(Refused) as refusal:
            open_call(call, by=account, now=NOW)
        assert refusal.value.code == "who"


def test_announced_call_opens_and_closes_by_the_clock(officer):
    call = make_draft_call(officer, now=NOW, **SOON)
    announce_call(call, by=officer, now=NOW)

    states = []
    for days in (0, 4, 5, 24, 26):
        open_and_close_at(NOW + timedelta(days=days, seconds=1))
        call.refresh_from_db()
        states.append(call.state)

    assert states == ["announced", "announced", "open", "open", "closed"]
    assert Notice.objects.get(kind="calls.opened").account == officer


def test_announced_call_takes_applications_before_the_clock_has_recorded_it(officer):
    call = make_draft_call(officer, now=NOW, **SOON)
    announce_call(call, by=officer, now=NOW)

    assert not call.is_open_at(SOON["opens"] - timedelta(seconds=1))
    assert call.is_open_at(SOON["opens"])


def test_open_and_close_twice_changes_nothing(officer):
    call = make_call(officer, now=NOW)
    late = call.closes_at + timedelta(seconds=1)

    open_and_close_at(late)
    open_and_close_at(late)

    assert [entry.verb for entry in Entry.objects.about(call)].count("calls.close") == 1


@pytest.mark.parametrize(("seconds", "is_open"), [(0, True), (299, True), (300, True), (301, False)])
def test_is_open_counts_the_grace(officer, seconds, is_open):
    call = make_call(officer, now=NOW, grace=5)

    assert call.is_open_at(call.deadline + timedelta(seconds=seconds)) is is_open


def test_is_open_for_one_applicant_with_an_extension(officer):
    call = make_call(officer, now=NOW, state="closed")
    later = NOW + timedelta(days=2)

    assert not call.is_open_at(NOW)
    assert call.is_open_at(NOW, extension=later)
    assert not call.is_open_at(later + timedelta(seconds=1), extension=later)


def test_close_call_is_refused_while_it_takes_applications(officer):
    call = make_call(officer, now=NOW)

    with pytest.raises(Refused):
        close_call(call, now=NOW)


def test_decide_and_release_are_the_directors(officer, director):
    call = make_call(officer, now=NOW, state="closed")
    start_judging(call, by=officer, now=NOW)

    with pytest.raises(Refused):
        decide_call(call, by=officer, now=NOW)
    decide_call(call, by=director, now=NOW)
    release_call(call, by=director, now=NOW)

    assert Call.objects.get().state == "released"


def test_cancel_call_needs_a_reason_and_says_it(officer):
    call = make_call(officer, now=NOW)

    with pytest.raises(Refused) as refusal:
        cancel_call(call, why=" ", by=officer, now=NOW)
    cancel_call(call, why="Ошибка в порогах", by=officer, now=NOW)

    assert refusal.value.field == "why"
    assert (call.state, call.cancelled_why, call.cancelled_at) == ("cancelled", "Ошибка в порогах", NOW)
    assert Notice.objects.filter(kind="calls.cancelled").count() == 1


@pytest.mark.parametrize("state", ["draft", "announced", "open", "closed", "judging", "decided"])
def test_cancel_call_from_anywhere_before_the_release(officer, director, state):
    call = make_call(officer, now=NOW, state="judging" if state == "decided" else state)
    if state == "decided":
        decide_call(call, by=director, now=NOW)

    cancel_call(call, why="Ошибка в порогах", by=officer, now=NOW)

    assert Call.objects.get().state == "cancelled"


def test_archive_call_follows_the_release_alone(officer, director):
    call = make_call(officer, now=NOW, state="judging")
    with pytest.raises(Refused):
        archive_call(call, by=officer, now=NOW)
    decide_call(call, by=director, now=NOW)
    release_call(call, by=director, now=NOW)

    archive_call(call, by=officer, now=NOW)

    assert Call.objects.get().state == "archived"


def test_cancel_call_after_the_release_is_refused(officer, director):
    call = make_call(officer, now=NOW, state="judging")
    decide_call(call, by=director, now=NOW)
    release_call(call, by=director, now=NOW)

    with pytest.raises(Refused):
        cancel_call(call, why="Поздно", by=officer, now=NOW)


def test_open_call_for_a_caller_names_both(officer, resident):
    call = make_draft_call(officer, now=NOW)

    open_call(call, by=officer, for_=resident.person, now=NOW)

    entry = Entry.objects.about(call).get(verb="calls.open")
    assert (entry.by, entry.for_id) == (officer, resident.person.pk)
