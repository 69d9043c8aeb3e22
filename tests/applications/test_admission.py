"""The checklist with who and when; the protocol of admission: issued once all is decided, anew with the former one void."""

from datetime import timedelta

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
    replace_application,
    save_section,
    tick_checks,
    withdraw_application,
)
from grants.applications.contents import contents_of
from grants.applications.formal import checklist
from grants.applications.models import Application, Likeness, Tick
from grants.applications.papers import ADMISSION
from grants.calls.actions import close_call
from tests.factories.applications import make_draft, make_ready, make_submitted
from tests.factories.calls import make_call
from tests.factories.people import make_account

NOW = timezone.now().replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def application(db):
    return make_submitted(make_call(now=NOW), now=NOW)


@pytest.fixture
def other_officer(db):
    return make_account("Нина", "Громова", roles=["officer"], email="nina@example.org")


def points(application, alike=()) -> dict:
    return {one.key: one for one in checklist(application, contents_of(application, day=NOW.date()), list(alike), day=NOW.date())}


def test_a_tick_says_who_and_when(application, officer):
    tick_checks(application=application, checks=["costs", "applicant", "nonsense"], by=officer, now=NOW)

    ticks = {key: one.tick for key, one in points(application).items() if one.tick}
    assert {key: (tick.ticked_by, tick.ticked_at) for key, tick in ticks.items()} == {
        "applicant": (officer, NOW),
        "costs": (officer, NOW),
    }


def test_two_officers_do_not_undo_each_other(application, officer, other_officer):
    tick_checks(application=application, checks=["costs"], known=[], by=officer, now=NOW)

    tick_checks(application=application, checks=["theme"], known=[], by=other_officer, now=NOW + HOUR)
    tick_checks(application=application, checks=[], known=["costs"], by=officer, now=NOW + HOUR)

    assert list(Tick.objects.values_list("point", "ticked_by")) == [("theme", other_officer.pk)]


def test_what_is_sent_anew_is_looked_at_anew(application, officer):
    tick_checks(application=application, checks=["costs"], by=officer, now=NOW)
    save_section(application=application, section="plan", values={"months": "5"}, version=1, by=application.owner, now=NOW + HOUR)
    replace_application(application=application, by=application.owner, now=NOW + HOUR)

    costs = points(application)["costs"]

    assert (costs.tick, costs.stale.ticked_by) == (None, officer)


def test_a_tick_of_an_older_sending_is_refused(application, officer, signed_in):
    browser, read = signed_in(officer), application.receipt.digest
    save_section(application=application, section="plan", values={"months": "5"}, version=1, by=application.owner, now=NOW + HOUR)
    replace_application(application=application, by=application.owner, now=NOW + HOUR)
    address = reverse("applications:check", args=[application.uid])

    stale = browser.post(address, {"checks": ["costs"], "receipt": read})
    fresh = browser.post(address, {"checks": ["costs"], "receipt": application.receipt.digest})

    assert (stale.status_code, "отправили заново" in stale.content.decode()) == (422, True)
    assert fresh.status_code == 302
    assert list(Tick.objects.values_list("receipt", "point")) == [(application.receipt_id, "costs")]


def test_the_record_says_what_it_knows_of_each_point(application):
    found = {key: one.is_fine for key, one in points(application).items()}

    assert found == {
        "time": True,
        "eligibility": True,
        "applicant": True,
        "once": True,
        "theme": None,
        "documents": None,
        "costs": True,
        "team": True,
    }


def test_the_record_names_what_is_wrong(application):
    Application.objects.filter(pk=application.pk).update(eligibility={"town": "no"})
    twin = make_submitted(application.call, now=NOW)
    likeness = Likeness.objects.create(first=application, second=twin, percent=80, found_at=NOW)
    application.refresh_from_db()

    found = points(application, [likeness])

    assert (found["eligibility"].is_fine, found["once"].is_fine) == (False, False)
    assert "Фонд поддерживает проекты в Гусеве." in found["eligibility"].found[0]
    assert twin.number in found["once"].found[0]


def test_the_pages_show_the_ticks(application, officer, signed_in):
    browser = signed_in(officer)
    address = reverse("applications:check", args=[application.uid])

    browser.post(address, {"checks": ["costs", "team"], "receipt": application.receipt.digest})

    assert officer.person.short_name in browser.get(address).content.decode()
    assert "2 из 8" in browser.get(reverse("applications:intake")).content.decode()


@pytest.fixture
def decided(officer):
    """A closed call with one application of each kind, and the officer's decisions on them."""
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
    return call, good, bad, gone, taken, refused, after


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
