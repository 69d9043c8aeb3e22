"""Judging: one replacement of a sheet, one more expert where they diverge, one appeal against a result, comments cleared by one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.core.errors import Conflict, Refused
from grants.applications.models import Application
from grants.results.actions import Cleared, clear_comments, file_appeal
from grants.results.models import Appeal, Clearance
from grants.results.queries import chosen_so_far, comments_of
from grants.reviews.actions import call_expert, decline_sheet, replace_sheet
from grants.reviews.models import Divergence, Sheet
from tests.concurrency import account, anew, at_once, counted, without_locks
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet

TIMES = 3
NOW = timezone.now().replace(microsecond=0)
DUE = NOW + timedelta(days=20)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW, state="judging", divergence="{spread: 10, then: expert}")


@pytest.fixture
def application(call):
    return make_admitted(call, now=NOW)


@pytest.fixture
def experts(db):
    return [make_expert() for _ in range(TIMES)]


# A replacement --------------------------------------------------------------------------------------------------------


@pytest.fixture
def lost(application, expert, officer):
    sheet = make_sheet(application, expert, officer=officer, now=NOW)
    decline_sheet(sheet=sheet, why="Отпуск", by=expert, now=NOW)
    return sheet


def replace_all(lost, officer, experts, prepare=None) -> dict:
    """Several officers, each with the expert of their choice."""

    def act(number: int):
        sheet = Sheet.objects.select_related("application__call").get(pk=lost.pk)
        return replace_sheet(sheet=sheet, expert=account(experts[number]), due_at=DUE, by=account(officer), now=NOW)

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, sheets=Sheet.objects.live().count())


def test_replace_asks_one_expert_whoever_chooses_at_once(lost, officer, experts):
    assert replace_all(lost, officer, experts) == {"done": 1, "refused": TIMES - 1, "errors": 0, "sheets": 1}


def test_replace_with_the_same_expert_at_once_is_one_sheet(lost, officer, experts):
    assert replace_all(lost, officer, experts[:1] * TIMES) == {"done": TIMES, "refused": 0, "errors": 0, "sheets": 1}


def test_replace_without_the_lock_runs_into_the_database(lost, officer, experts):
    assert replace_all(lost, officer, experts, without_locks(TIMES))["errors"] > 0


# One more expert ------------------------------------------------------------------------------------------------------


@pytest.fixture
def diverging(application, officer, experts):
    for one, mark in zip(experts, ("5", "1"), strict=False):
        hand_in(make_sheet(application, one, officer=officer, now=NOW), now=NOW, use=mark, plan=mark)
    assert Divergence.objects.get(application=application).stands
    return application


def call_all(diverging, officer, prepare=None) -> dict:
    others = [make_expert() for _ in range(TIMES)]

    def act(number: int):
        application = Application.objects.select_related("call").get(pk=diverging.pk)
        return call_expert(application=application, expert=account(others[number]), due_at=DUE, by=account(officer), now=NOW)

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, sheets=Sheet.objects.live().count())


CALLED = {"done": 1, "refused": TIMES - 1, "errors": 0, "sheets": 3}


def test_one_more_expert_is_called_once(diverging, officer):
    assert call_all(diverging, officer) == CALLED


def test_one_more_expert_without_the_lock_is_three(diverging, officer):
    assert call_all(diverging, officer, without_locks(TIMES)) != CALLED


# Comments cleared by two officers -------------------------------------------------------------------------------------


@pytest.fixture
def commented(application, expert, officer):
    sheet = make_sheet(application, expert, officer=officer, now=NOW)
    hand_in(sheet, now=NOW, remark="Автор не бывал в этом дворе.", use="4", plan="4")
    return application


def clear_all(commented, officer, prepare=None) -> dict:
    """Two pages opened before anybody chose: one shows the words, the other withholds them."""
    comment = comments_of(commented)[0]
    seen, which = chosen_so_far([comment]), (comment.hand_in.pk, comment.part)
    choices = [Cleared(*which, "cleared"), Cleared(*which, "withheld", why="Узнаётся")]

    def act(number: int):
        return clear_comments(application=anew(commented), choices=[choices[number]], by=account(officer), now=NOW, seen=seen)

    answers = at_once(act, 2, prepare=prepare)
    return counted(answers, told=sum(isinstance(one, Conflict) for one in answers), rows=Clearance.objects.count())


CLEARED = {"done": 1, "refused": 1, "errors": 0, "told": 1, "rows": 1}


def test_clear_by_two_at_once_keeps_one_and_tells_the_other(commented, officer):
    assert clear_all(commented, officer) == CLEARED


def test_clear_without_the_lock_runs_into_the_database(commented, officer):
    assert clear_all(commented, officer, without_locks(2))["errors"] > 0


# An appeal ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def refused(application):
    """Not admitted a moment ago: there is something to appeal against."""
    Application.objects.filter(pk=application.pk).update(state="not_admitted", reasons=["other"], remark="Нет сметы.")
    return Application.objects.get(pk=application.pk)


def file_all(refused, prepare=None) -> dict:
    def act(_number: int):
        facts = {"grounds": ["count"], "text": "Смета была приложена: см. опись документов на второй странице."}
        return file_appeal(application=anew(refused), by=account(refused.owner), now=NOW, **facts)

    answers = at_once(act, TIMES, prepare=prepare)
    codes = {one.code for one in answers if isinstance(one, Refused)}
    return counted(answers, appeals=Appeal.objects.count(), codes=codes)


def test_an_appeal_is_filed_once(refused, monkeypatch):
    told = file_all(refused)

    assert told == {"done": 1, "refused": TIMES - 1, "errors": 0, "appeals": 1, "codes": {"twice"}}


def test_an_appeal_without_the_lock_runs_into_the_database(refused):
    assert file_all(refused, without_locks(TIMES))["errors"] > 0
