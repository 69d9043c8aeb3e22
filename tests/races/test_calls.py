"""Calls: one draft of several sketches with one address, one version a change, as many questions as may wait, nobody untold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.calls.actions import (
    adopt_sketch,
    amend_regulation,
    ask_curator,
    begin_sketch,
    cancel_call,
    edit_regulation,
    open_call,
    questions,
)
from grants.calls.models import Call, Question, Sketch, Version
from grants.calls.sketching import entered
from tests.concurrency import account, anew, at_once, counted, without_locks
from tests.factories.calls import make_call, make_draft_call

TIMES = 3
NOW = timezone.now().replace(microsecond=0)
AHEAD = {"opens": NOW + timedelta(days=1), "closes": NOW + timedelta(days=9)}

pytestmark = pytest.mark.django_db(transaction=True)


# Putting in force -----------------------------------------------------------------------------------------------------


@pytest.fixture
def whole(officer):
    """What a whole regulation says in the editor, of a call that does not exist yet."""
    like = make_draft_call(officer, now=NOW, **AHEAD)
    data = {**entered(like.regulation), "curator": str(officer.pk)}
    return {**data, "call": {**data["call"], "key": "brand-new", "number_prefix": "ЯЯЯ"}}


def sketch_of(data, officer) -> Sketch:
    sketch = begin_sketch(title={"ru": "Новый", "en": ""}, by=officer, now=NOW)
    sketch.data = data
    sketch.save()
    return sketch


def adopt_all(sketches, officer, prepare=None) -> dict:
    def act(number: int):
        return adopt_sketch(anew(sketches[number]), by=account(officer), now=NOW)

    answers = at_once(act, len(sketches), prepare=prepare)
    codes = {one.code for one in answers if isinstance(one, Refused)}
    return counted(answers, calls=Call.objects.filter(slug="brand-new").count(), codes=codes)


ONE = {"done": 1, "refused": TIMES - 1, "errors": 0, "calls": 1}


def test_adopt_of_one_sketch_makes_one_call(whole, officer):
    assert adopt_all([sketch_of(whole, officer)] * TIMES, officer) == {**ONE, "codes": {"gone"}}


def test_adopt_of_one_sketch_without_the_lock_is_not_told_so(whole, officer):
    assert adopt_all([sketch_of(whole, officer)] * TIMES, officer, without_locks(TIMES)) != {**ONE, "codes": {"gone"}}


def test_adopt_of_several_with_one_address_makes_one_call_and_tells_the_others(whole, officer):
    """No row is there to be locked: on PostgreSQL all find the address free, and what the database says becomes words. On
    SQLite the others begin when the first has ended, and the sketch has a fault at its address then."""
    prepare = without_locks(TIMES) if connection.vendor == "postgresql" else None

    told = adopt_all([sketch_of(whole, officer) for _ in range(TIMES)], officer, prepare)

    assert told == {**ONE, "codes": {"taken" if connection.vendor == "postgresql" else "faulty"}}


# One sketch of a call, one version of a change --------------------------------------------------------------------------


def edit_all(call, officer, prepare=None) -> dict:
    answers = at_once(lambda _number: edit_regulation(anew(call), by=account(officer), now=NOW), TIMES, prepare=prepare)
    return counted(answers, sketches=Sketch.objects.count())


def test_edit_by_several_officers_is_one_sketch(officer):
    call = make_draft_call(officer, now=NOW, **AHEAD)

    assert edit_all(call, officer) == {"done": TIMES, "refused": 0, "errors": 0, "sketches": 1}


def test_edit_without_the_lock_runs_into_the_database(officer):
    call = make_draft_call(officer, now=NOW, **AHEAD)

    assert edit_all(call, officer, without_locks(TIMES))["errors"] > 0


def amend_all(call, officer, prepare=None) -> dict:
    """Each gives more money: whoever comes later builds on what the one before has put in force, and nothing is lost."""

    def act(number: int):
        words = {"ru": f"Пояснение {number}", "en": f"Clarification {number}"}
        return amend_regulation(anew(call), reason="Спрашивали", clarification=words, by=account(officer), now=NOW)

    answers = at_once(act, TIMES, prepare=prepare)
    told = anew(call).regulation.clarifications
    return counted(answers, versions=Version.objects.filter(call=call).count(), clarifications=len(told))


def test_amend_by_several_officers_loses_nothing(officer):
    call = make_call(officer, now=NOW)
    before = Version.objects.filter(call=call).count()

    assert amend_all(call, officer) == {
        "done": TIMES,
        "refused": 0,
        "errors": 0,
        "versions": before + TIMES,
        "clarifications": TIMES,
    }


def test_amend_without_the_lock_runs_into_the_database(officer):
    assert amend_all(make_call(officer, now=NOW), officer, without_locks(TIMES))["errors"] > 0


# Questions ------------------------------------------------------------------------------------------------------------


def ask_all(call, who, prepare=None) -> dict:
    answers = at_once(
        lambda number: ask_curator(anew(call), text=f"Вопрос {number}?", by=account(who), now=NOW), TIMES, prepare=prepare
    )
    return counted(answers, questions=Question.objects.count())


ASKED = {"done": 1, "refused": TIMES - 1, "errors": 0, "questions": 1}


@pytest.fixture
def one_more(officer, monkeypatch):
    """A call of whose curator one may ask one thing more."""
    monkeypatch.setattr(questions, "MOST_WAITING", 1)
    return make_call(officer, now=NOW)


def test_ask_from_many_windows_keeps_to_what_may_wait(one_more, resident):
    assert ask_all(one_more, resident) == ASKED


def test_ask_without_the_lock_does_not(one_more, resident):
    assert ask_all(one_more, resident, without_locks(TIMES)) != ASKED


# Cancelled by one while another opens it ------------------------------------------------------------------------------


def test_cancel_by_a_page_that_saw_a_draft_tells_whom_the_opening_concerned(officer):
    """The page was read before the call opened: the lock reads it anew, and the curator is told like everyone."""
    call = make_draft_call(officer, now=NOW)
    seen = anew(call)
    open_call(call, by=officer, now=NOW)

    cancel_call(seen, why="Ошибка в сроках", by=officer, now=NOW)

    assert Notice.objects.filter(kind="calls.cancelled", account=officer).exists()
