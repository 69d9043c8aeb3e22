"""Every letter of calls in both languages; each deadline finds whom it should."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from fund.notices.letters import write
from fund.notices.models import Notice
from fund.notices.registry import DEADLINES
from grants.calls import notices
from grants.calls.actions import amend_regulation, answer_question, ask_curator, cancel_call, open_call
from tests.factories.calls import make_call, make_draft_call

NOW = timezone.now()


@pytest.fixture
def told(officer, applicant):
    """One notice of every kind that is told by a verb."""
    call = make_call(officer, now=NOW)
    answer_question(ask_curator(call, text="Можно?", by=applicant, now=NOW), answer="Да.", is_public=True, by=officer, now=NOW)
    version = amend_regulation(
        call,
        reason="Партнёр",
        by=officer,
        now=NOW,
        envelope=Decimal(2_000_000),
        dates={"closes": call.deadline + timedelta(hours=1)},
        clarification={"ru": "Так.", "en": ""},
    )
    notices.tell_amended(version, to=[applicant], now=NOW)
    cancel_call(call, why="Ошибка", by=officer, now=NOW)
    open_call(make_call(officer, now=NOW, state="announced"), by=None, now=NOW + timedelta(days=6))
    return Notice.objects.filter(kind__startswith="calls.")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_letters_are_whole(told, language):
    kinds = {notice.kind for notice in told}

    letters = [write(notice, language) for notice in told]

    assert kinds == {"calls.opened", "calls.amended", "calls.cancelled", "calls.asked", "calls.answered"}
    assert all(letter.subject and letter.text and letter.html and letter.link for letter in letters)


def test_opening_is_due_for_a_draft_nobody_announced(officer):
    call = make_draft_call(officer, now=NOW, opens=NOW + timedelta(days=2), closes=NOW + timedelta(days=9))

    due = list(DEADLINES["calls.opening"].find(NOW, NOW + timedelta(days=3)))

    assert [(one.thing, one.account, one.at) for one in due] == [(call, officer, call.opens_at)]


def test_deciding_is_due_for_directors(officer, director):
    call = make_call(officer, now=NOW, state="judging", decided_by=NOW + timedelta(days=21))

    due = list(DEADLINES["calls.deciding"].find(NOW, NOW + timedelta(days=30)))

    assert [(one.thing, one.account) for one in due] == [(call, director)]


def test_answer_is_due_until_it_is_given(officer, applicant):
    question = ask_curator(make_call(officer, now=NOW), text="Можно?", by=applicant, now=NOW)
    later = NOW + timedelta(days=2)

    before = list(DEADLINES["calls.answer_due"].find(later, later + timedelta(days=1)))
    answer_question(question, answer="Да.", is_public=False, by=officer, now=later)
    after = list(DEADLINES["calls.answer_due"].find(later, later + timedelta(days=1)))

    assert [one.account for one in before] == [officer]
    assert after == []
