"""Changing an open call: later, more, clearer; nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.calls import notices
from grants.calls.actions import amend_regulation, reschedule_call
from grants.calls.models import Version
from tests.factories.calls import make_call, make_draft_call

NOW = timezone.now()


def test_amend_moves_the_deadline_later(officer):
    call = make_call(officer, now=NOW, grace=5)
    later = call.deadline + timedelta(days=3)
    judged = call.regulation.timeline.judged_by

    version = amend_regulation(call, reason="Праздники", by=officer, now=NOW, dates={"closes": later})

    assert (call.deadline, call.closes_at) == (later, later + timedelta(minutes=5))
    assert (version.number, version.is_amendment, version.reason) == (2, True, "Праздники")
    assert call.regulation.timeline.judged_by == judged


def test_amend_gives_more_money(officer):
    call = make_call(officer, now=NOW)

    amend_regulation(call, reason="Добавил партнёр", by=officer, now=NOW, envelope=Decimal(1_500_000))

    assert call.envelope == Decimal(1_500_000)


def test_amend_adds_a_clarification(officer):
    call = make_call(officer, now=NOW)

    amend_regulation(call, reason="Спрашивали", by=officer, now=NOW, clarification={"ru": "Саженцы — это материалы.", "en": ""})

    assert [one.text.ru for one in call.regulation.clarifications] == ["Саженцы — это материалы."]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"dates": {"closes": NOW + timedelta(days=1)}}, "closes"),
        ({"envelope": Decimal(900_000)}, "envelope"),
        ({"dates": {"closes": NOW + timedelta(days=400)}}, "checked_by"),
        ({}, None),
    ],
)
def test_amend_refuses_everything_else(officer, change, field):
    call = make_call(officer, now=NOW)

    with pytest.raises(Refused) as refusal:
        amend_regulation(call, reason="Так надо", by=officer, now=NOW, **change)

    assert refusal.value.field == field
    assert Version.objects.count() == 1


def test_amend_needs_a_reason(officer):
    call = make_call(officer, now=NOW)

    with pytest.raises(Refused) as refusal:
        amend_regulation(call, reason="", by=officer, now=NOW, envelope=Decimal(2_000_000))

    assert refusal.value.field == "reason"


def test_amend_never_reopens_a_closed_call(officer):
    call = make_call(officer, now=NOW, state="closed")

    with pytest.raises(Refused) as refusal:
        amend_regulation(call, reason="Просили", by=officer, now=NOW, dates={"closes": NOW + timedelta(days=2)})

    assert refusal.value.code == "passed"


def test_tell_amended_tells_everyone_once(officer, applicant, teammate):
    call = make_call(officer, now=NOW)
    version = amend_regulation(call, reason="Больше денег", by=officer, now=NOW, envelope=Decimal(2_000_000))

    told = [notices.tell_amended(version, to=[applicant, teammate], now=NOW + timedelta(minutes=n)) for n in (0, 1)]

    assert told == [2, 0]
    assert Notice.objects.filter(kind="calls.amended").count() == 2


def test_reschedule_before_the_opening_is_free(officer):
    call = make_draft_call(officer, now=NOW)
    dates = {"opens": NOW + timedelta(days=1), "closes": NOW + timedelta(days=8)}

    reschedule_call(call, dates=dates, by=officer, now=NOW)

    assert (call.opens_at, call.deadline) == (dates["opens"], dates["closes"])


@pytest.mark.parametrize(
    ("dates", "field", "code"),
    [
        ({"closes": NOW - timedelta(days=1)}, "closes", "past"),
        ({"opens": NOW + timedelta(days=11)}, "closes", "order"),
        ({"judged_by": NOW + timedelta(days=1)}, "judged_by", "order"),
    ],
)
def test_reschedule_names_the_date_that_is_wrong(officer, dates, field, code):
    call = make_draft_call(officer, now=NOW)

    with pytest.raises(Refused) as refusal:
        reschedule_call(call, dates=dates, by=officer, now=NOW)

    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_reschedule_an_open_call_is_refused(officer):
    call = make_call(officer, now=NOW)

    with pytest.raises(Refused):
        reschedule_call(call, dates={"closes": NOW + timedelta(days=99)}, by=officer, now=NOW)
