"""Questions to the curator."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.calls.actions import answer_question, ask_curator
from grants.calls.models import Question
from tests.factories.calls import make_call

NOW = timezone.now()


def test_ask_curator_tells_the_curator(officer, applicant):
    question = ask_curator(make_call(officer), text="Можно ли купить саженцы?", by=applicant, now=NOW)

    assert Notice.objects.get(kind="calls.asked").account == officer
    assert list(Question.objects.waiting()) == [question]


def test_ask_curator_twice_with_one_token_asks_once(officer, applicant):
    call = make_call(officer)

    first, second = (ask_curator(call, text="Можно?", by=applicant, now=NOW, once="t" * 20) for _ in range(2))

    assert first == second


def test_ask_curator_about_a_draft_is_refused(officer, applicant):
    with pytest.raises(Refused):
        ask_curator(make_call(officer, state="judging"), text="Когда итоги?", by=applicant, now=NOW)


@pytest.mark.parametrize("is_public", [True, False])
def test_answer_question_is_seen_by_whom_it_should(officer, applicant, stranger, is_public):
    question = ask_curator(make_call(officer), text="Можно?", by=applicant, now=NOW)

    answer_question(question, answer="Можно.", is_public=is_public, by=officer, now=NOW)

    seen = [Question.objects.visible_to(user).exists() for user in (applicant, officer, stranger, AnonymousUser())]
    assert seen == [True, True, is_public, is_public]
    assert Notice.objects.get(kind="calls.answered").account == applicant


def test_answer_question_twice_is_refused(officer, applicant):
    question = ask_curator(make_call(officer), text="Можно?", by=applicant, now=NOW)
    answer_question(question, answer="Можно.", is_public=False, by=officer, now=NOW)

    with pytest.raises(Refused):
        answer_question(question, answer="Нельзя.", is_public=False, by=officer, now=NOW)


def test_ask_curator_for_a_caller_answers_the_caller(officer, resident, signed_in):
    call, browser = make_call(officer), signed_in(officer)
    browser.post(f"/ru/desk/people/{resident.person.uid}/act-for/", {"why": "Звонит"})

    browser.post(f"/ru/desk/calls/{call.slug}/ask/", {"text": "Можно ли вдвоём?", "once": "t" * 20})

    question, entry = Question.objects.get(), Entry.objects.get(verb="calls.ask")
    answer_question(question, answer="Можно.", is_public=False, by=officer, now=NOW)
    assert (question.asked_by, entry.by, entry.for_id) == (resident, officer, resident.person.pk)
    assert Notice.objects.get(kind="calls.answered").account == resident


def test_ask_curator_for_a_caller_is_the_officers(officer, applicant, stranger):
    with pytest.raises(Refused):
        ask_curator(make_call(officer), text="Можно?", by=stranger, for_=applicant.person, now=NOW)
