"""Twenty open pages of one section saved at once: one is kept, nineteen are told; on either database."""

import time

import pytest
from django.db import connection
from django.utils import timezone

from fund.core.errors import Conflict
from fund.questions import actions
from fund.questions.models import Answers
from tests.concurrency import at_once
from tests.factories.people import make_organisation
from tests.factories.questions import ask, make_section

TIMES = 20
SECTION = make_section(ask("title"))
EXACT = {"kept": 1, "conflicts": TIMES - 1, "errors": 0, "savings": 1}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thing(applicant):
    thing = make_organisation(applicant)
    Answers.objects.create(**Answers.key(thing))
    return thing


def save_all(thing, by, prepare=None) -> dict:
    def act(number: int):
        given = {"values": {"title": f"Двор {number}"}, "version": 0, "tab": f"page-number-{number}"}
        return actions.save_answers(of=thing, section=SECTION, by=by, now=timezone.now(), **given)

    answers = at_once(act, TIMES, prepare=prepare)
    counted = {
        "kept": sum(isinstance(one, Answers) for one in answers),
        "conflicts": sum(isinstance(one, Conflict) for one in answers),
        "errors": sum(isinstance(one, Exception) and not isinstance(one, Conflict) for one in answers),
        "savings": Answers.objects.about(thing).get().savings.count(),
    }
    print(connection.vendor, counted)
    return counted


def test_save_answers_keeps_one_of_many_at_once(thing, applicant):
    assert save_all(thing, applicant) == EXACT


def read_without_a_lock(of) -> Answers:
    return Answers.objects.about(of).get()


def read_slowly(answers, part, quickly=Answers.last_saving):
    """Long enough for the others to read the same before anybody writes."""
    last = quickly(answers, part)
    time.sleep(0.5)
    return last


def defer() -> None:
    """SQLite's own default: the lock is taken at the first write, after the reading it rests on."""
    connection.transaction_mode = "DEFERRED"


def test_save_answers_without_the_lock_does_not(thing, applicant, monkeypatch):
    """The control: PostgreSQL loses the row's lock, SQLite its immediate transaction."""
    monkeypatch.setattr(actions, "lock_answers", read_without_a_lock)
    monkeypatch.setattr(Answers, "last_saving", read_slowly)

    assert save_all(thing, applicant, defer if connection.vendor == "sqlite" else None) != EXACT
