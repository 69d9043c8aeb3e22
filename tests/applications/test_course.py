"""What an applicant is told of the course: what was done and when, what is planned, where it ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.moments import day, deadline, moment
from grants.applications.actions import admit_application, lapse_application, withdraw_application
from grants.applications.course import steps_of
from grants.applications.queries import history
from tests.factories.applications import make_draft, make_submitted
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def call(now):
    return make_call(now=now)


def course(application, now):
    return steps_of(application, history(application), now)


def test_a_draft_is_told_the_plan(call, applicant, now):
    draft, timeline = make_draft(call, applicant, now=now), call.regulation.timeline
    decided = timeline.released_by or timeline.decided_by

    assert course(draft, now) == [
        ("Черновик создан", day(now, now), "done"),
        ("Заполнение и отправка", f"до {deadline(draft.deadline, now)}", "now"),
        ("Проверка документов", f"до {day(timeline.checked_by, now)}. Возможно, понадобятся исправления", ""),
        ("Оценка экспертами", f"до {day(timeline.judged_by, now)}", ""),
        ("Решение и разбор", f"до {day(decided, now)}" if decided else "", ""),
    ]


def test_what_is_done_says_when_it_was_done(call, officer, now):
    application = make_submitted(call, now=now)
    then = call.closes_at + HOUR
    admit_application(application=application, by=officer, now=then)
    application.refresh_from_db()

    steps = course(application, then)

    assert steps[1:3] == [
        ("Отправлена", moment(application.submitted_at, then), "done"),
        ("Проверка документов", f"Допущена к оценке {day(then, then)}", "done"),
    ]
    assert [state for _, _, state in steps] == ["done", "done", "done", "now", ""]


def test_a_plan_overtaken_by_time_is_not_said_as_if_it_held(call, officer, now):
    application = make_submitted(call, now=now)
    admit_application(application=application, by=officer, now=call.closes_at + HOUR)
    application.refresh_from_db()
    judged = call.regulation.timeline.judged_by

    steps = course(application, judged + HOUR)

    assert steps[3] == ("Оценка экспертами", f"по плану — до {day(judged, judged)}", "now")


def test_a_withdrawn_one_has_nothing_ahead(call, now):
    application = make_submitted(call, now=now)
    withdraw_application(application=application, by=application.owner, now=now + HOUR)
    application.refresh_from_db()

    assert course(application, now + HOUR) == [
        ("Черновик создан", day(application.created_at, now), "done"),
        ("Отправлена", moment(application.submitted_at, now), "done"),
        ("Отозвана", moment(now + HOUR, now), "done"),
    ]


def test_a_draft_that_was_not_sent_ends_there(call, applicant, now):
    draft, late = make_draft(call, applicant, now=now), call.closes_at + HOUR
    lapse_application(application=draft, now=late)
    draft.refresh_from_db()

    assert [title for title, _, _ in course(draft, late)] == ["Черновик создан", "Не подана в срок; черновик сохранён"]


@pytest.mark.parametrize("page", ["read", "set_applicant", "costs", "team", "files", "submit", "withdraw", "hand_over"])
def test_it_stands_beside_every_page_of_an_application(applicant, signed_in, page):
    draft = make_draft(make_call(now=timezone.now()), applicant, now=timezone.now())

    response = signed_in(applicant).get(reverse(f"applications:{page}", args=[draft.uid]))

    assert (response.status_code, [state for _, _, state in response.context["steps"]]) == (200, ["done", "now", "", "", ""])
