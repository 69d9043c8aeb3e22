"""The protocol of admission: issued once all is decided, anew with the former one void."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.errors import Refused
from fund.core.forms import new_token
from fund.documents.models import Paper
from fund.notices.models import Notice
from grants.applications.actions import (
    accept_late,
    admit_application,
    admit_on_appeal,
    ask_late,
    issue_admission,
    lapse_application,
    refuse_application,
    refuse_late,
    withdraw_application,
)
from grants.applications.models import Application
from grants.applications.papers import ADMISSION
from grants.calls.actions import close_call
from tests.cast import play
from tests.factories.applications import make_draft, make_ready, make_submitted
from tests.factories.calls import make_call
from tests.factories.people import make_account
from tests.shared import parts

NOW = timezone.now().replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def built(module_db):
    """A closed call with one application of each kind, and the officer's decisions on them."""
    officer = play("officer")
    other_officer = make_account("Нина", "Громова", roles=["officer"], email="nina@example.org")
    call = make_call(officer, now=NOW)
    good, bad, gone = (make_submitted(call, now=NOW) for _ in range(3))
    taken, refused = (make_ready(call, now=NOW) for _ in range(2))
    make_draft(call, now=NOW)
    after = call.closes_at + HOUR
    for draft in (taken, refused):
        lapse_application(application=draft, now=after)
        ask_late(application=draft, why="Свет", by=draft.owner, now=after)
    close_call(call, now=after)
    admit_application(application=good, by=officer, now=after)
    refuse_application(application=bad, reasons=["off_theme"], remark="Не про двор.", by=officer, now=after)
    withdraw_application(application=gone, by=gone.owner, now=after)
    accept_late(application=taken, answer="Авария в сети подтверждена.", by=officer, now=after)
    admit_application(application=taken, by=officer, now=after)
    refuse_late(application=refused, answer="Причина не подтверждена.", by=officer, now=after)
    call.refresh_from_db()
    decided = call, good, bad, gone, taken, refused, after
    return SimpleNamespace(officer=officer, other_officer=other_officer, decided=decided)


officer, other_officer, decided = parts("officer", "other_officer", "decided")


def said(paper) -> dict[str, list]:
    """Heading → rows of the table under it, Russian."""
    found, current = {}, ""
    for block in paper.contents.texts["ru"]["blocks"]:
        if block["is"] == "heading":
            current = block["text"]
        elif block["is"] == "table":
            found[current] = block["rows"]
    return found


def test_the_protocol_lists_everyone_by_what_became_of_them(decided, officer):
    call, good, bad, gone, taken, refused, after = decided

    paper = issue_admission(call=call, by=officer, now=after)

    lists = said(paper)
    for one in (good, bad, gone, taken, refused):
        one.refresh_from_db()
    assert [row[0] for row in lists["Допущены к оценке"]] == [good.number, taken.number]
    assert [(row[0], row[3]) for row in lists["Не допущены"]] == [
        (bad.number, "Проект не относится к тому, что поддерживает конкурс\nНе про двор.")
    ]
    assert [row[3] for row in lists["Просьбы после срока"]] == [
        "Принята после срока\nАвария в сети подтверждена.",
        "После срока не принята\nПричина не подтверждена.",
    ]
    assert [row[0] for row in lists["Отозваны"]] == [gone.number]
    assert paper.number.startswith("ПД-")
    assert officer.person.full_name in str(paper.contents.texts["ru"])


def test_the_protocol_waits_for_the_last_decision(officer):
    call = make_call(officer, now=NOW)
    make_submitted(call, now=NOW)
    close_call(call, now=call.closes_at + HOUR)
    call.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        issue_admission(call=call, by=officer, now=call.closes_at + HOUR)

    assert refusal.value.code == "waiting"


def test_the_protocol_is_an_officers_who_competes_with_nobody(decided, director, officer):
    call, *_rest, after = decided
    rival = make_account("Нина", "Громова", roles=["officer"], email="rival@example.org")
    Application.objects.filter(pk=_rest[0].pk).update(owner=rival)

    for user in (director, rival):
        with pytest.raises(Refused) as refusal:
            issue_admission(call=call, by=user, now=after)
        assert refusal.value.code == "who"


def test_issuing_twice_with_one_token_issues_once(decided, officer):
    call, *_rest, after = decided
    token = new_token()

    papers = [issue_admission(call=call, by=officer, now=after, once=token) for _ in range(2)]

    assert papers[0] == papers[1]


def test_issuing_anew_asks_why_and_voids_the_former(decided, officer):
    call, *_rest, after = decided
    first = issue_admission(call=call, by=officer, now=after)
    with pytest.raises(Refused) as refusal:
        issue_admission(call=call, by=officer, now=after)

    second = issue_admission(call=call, why="Опечатка", by=officer, now=after)

    assert refusal.value.field == "why"
    assert Paper.objects.get(pk=first.pk).void.why == "Опечатка"
    assert list(Paper.objects.about(call).standing().filter(kind=ADMISSION)) == [second]


def test_an_upheld_appeal_issues_it_anew(decided, officer, other_officer):
    call, good, bad, *_rest, after = decided
    first = issue_admission(call=call, by=officer, now=after)

    admit_on_appeal(application=bad, by=other_officer, now=after + DAY, why="Тема подходит.")

    second = Paper.objects.about(call).standing().get(kind=ADMISSION)
    taken = Application.objects.get(pk=_rest[1].pk)
    assert [row[0] for row in said(second)["Допущены к оценке"]] == [good.number, bad.number, taken.number]
    assert Paper.objects.get(pk=first.pk).is_void
    assert Notice.objects.filter(kind="applications.reissued", account=call.curator).count() == 1


def test_the_page_says_what_changed_since(decided, officer, signed_in):
    call = decided[0]
    browser, address = signed_in(officer), reverse("applications:admission", args=[call.slug])

    answer = browser.post(address, {"once": new_token()})
    empty = browser.post(address, {"once": new_token(), "why": " "})

    assert (answer.status_code, empty.status_code) == (302, 422)
    assert Paper.objects.about(call).filter(kind=ADMISSION).count() == 1


def test_the_protocol_is_read_by_officers_and_directors_alone(decided, officer, director, stranger, expert, signed_in):
    call, good, *_rest, after = decided
    paper = issue_admission(call=call, by=officer, now=after)
    addresses = (paper.get_absolute_url(), reverse("applications:admission", args=[call.slug]))

    answers = [
        [signed_in(user).get(one).status_code for one in addresses] for user in (officer, director, good.owner, stranger, expert)
    ]

    assert answers == [[200, 200], [200, 200], [404, 404], [404, 404], [404, 404]]
