"""Keeping answers: nothing typed is lost, a stale tab overwrites nobody, one's own late reply is no conflict."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.core.errors import Conflict, Refused
from fund.questions.actions import save_answers
from fund.questions.queries import answers_of
from tests.factories.people import make_organisation
from tests.factories.questions import ask, make_section

NOW = timezone.now()
SECTION = make_section(ask("title"), ask("sum", "money"), ask("files", "file"))


@pytest.fixture
def thing(applicant):
    return make_organisation(applicant)


def save(thing, values, *, by, version=0, tab="", now=NOW, **more):
    return save_answers(of=thing, section=SECTION, values=values, version=version, by=by, now=now, tab=tab, **more)


def test_save_answers_keeps_what_is_wrong_as_typed(thing, applicant):
    save(thing, {"title": "", "sum": "четыреста тысяч", "unknown": "x", "files": ["uid"]}, by=applicant)

    answers = answers_of(thing)
    assert answers.values == {"title": "", "sum": "четыреста тысяч"}
    assert (answers.saved_at, answers.saved_by, answers.version_of("about")) == (NOW, applicant, 1)


def test_save_answers_leaves_other_questions_alone(thing, applicant):
    save(thing, {"title": "Двор", "sum": "5"}, by=applicant)

    save(thing, {"sum": "6"}, by=applicant, version=1)

    assert answers_of(thing).values == {"title": "Двор", "sum": "6"}


def test_save_answers_of_a_stale_page_overwrites_nobody(thing, applicant, teammate):
    save(thing, {"title": "Двор"}, by=applicant, tab="tab-of-anna")

    with pytest.raises(Conflict) as caught:
        save(thing, {"title": "Сквер"}, by=teammate, tab="tab-of-ilya")

    assert answers_of(thing).values == {"title": "Двор"}
    assert caught.value.theirs == {"values": {"title": "Двор"}, "at": NOW, "by": "Анна Мельник", "version": 1}


def test_save_answers_after_having_seen_theirs_is_meant(thing, applicant, teammate):
    save(thing, {"title": "Двор"}, by=applicant)

    save(thing, {"title": "Сквер"}, by=teammate, version=1)

    assert answers_of(thing).values == {"title": "Сквер"}
    kept = answers_of(thing).savings.order_by("version").values_list("values", "saved_by")
    assert list(kept) == [({"title": "Двор"}, applicant.pk), ({"title": "Сквер"}, teammate.pk)]


def test_save_answers_whose_reply_was_lost_is_no_conflict(thing, applicant):
    save(thing, {"title": "Дв"}, by=applicant, tab="one-page")

    save(thing, {"title": "Двор"}, by=applicant, tab="one-page")

    assert answers_of(thing).values == {"title": "Двор"}


def test_save_answers_in_another_window_of_the_same_person_is_a_conflict(thing, applicant):
    save(thing, {"title": "Двор"}, by=applicant, tab="one-page")

    with pytest.raises(Conflict):
        save(thing, {"title": "Сквер"}, by=applicant, tab="other-page")


def test_save_answers_that_change_nothing_is_neither_conflict_nor_saving(thing, applicant, teammate):
    save(thing, {"title": "Двор"}, by=applicant)

    save(thing, {"title": "Двор", "sum": ""}, by=teammate)

    assert answers_of(thing).saved_by == applicant
    assert answers_of(thing).savings.count() == 1


def test_save_answers_of_one_sitting_is_one_saving(thing, applicant):
    for seconds, title in ((0, "Д"), (30, "Дв"), (299, "Двор"), (301, "Двор у реки")):
        save(thing, {"title": title}, by=applicant, tab="one-page", now=NOW + timedelta(seconds=seconds))

    kept = answers_of(thing).savings.order_by("version").values_list("version", "values")
    assert list(kept) == [(3, {"title": "Двор"}), (4, {"title": "Двор у реки"})]


@pytest.mark.parametrize("value", ["a\x00b", "ы" * 40_001, ["x"] * 201])
def test_save_answers_that_cannot_be_stored_is_refused(thing, applicant, value):
    with pytest.raises(Refused) as caught:
        save(thing, {"title": value}, by=applicant)

    assert (caught.value.field, answers_of(thing).pk) == ("title", None)


def test_save_answers_remembers_what_people_want_to_come_back_to(thing, applicant):
    save(thing, {"title": "Двор"}, by=applicant, finished=False)
    assert answers_of(thing).postponed == ["about"]

    save(thing, {"title": "Двор"}, by=applicant, finished=True)
    assert answers_of(thing).postponed == []


def test_save_answers_for_a_caller_names_both(thing, applicant, officer):
    save(thing, {"title": "Двор"}, by=officer, for_=applicant.person)

    saving = answers_of(thing).savings.get()
    assert (saving.saved_by, saving.saved_for) == (officer, applicant.person)
