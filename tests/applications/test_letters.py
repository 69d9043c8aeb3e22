"""Every letter of the room in both languages; the deadlines that remind; the tasks of the clock."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from fund.notices.actions.declare import declare_one
from fund.notices.letters import text_of
from fund.notices.models import Notice
from fund.notices.registry import DEADLINES, KINDS
from grants.applications import tasks
from grants.applications.actions import (
    accept_late,
    admit_application,
    admit_on_appeal,
    ask_late,
    expire_reserve,
    extend_application,
    invite_member,
    issue_admission,
    lapse_application,
    refuse_application,
    refuse_late,
    resubmit_application,
    return_application,
    withdraw_application,
)
from grants.applications.models import Application
from grants.calls.actions import amend_regulation, cancel_call, close_call, import_call, open_call
from tests.applications.test_carrying import CONDITION, reopen
from tests.factories.applications import make_draft, make_ready, make_submitted
from tests.factories.calls import make_call, make_regulation

NOW = timezone.now().replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARKS = [{"section": "plan", "question": "months", "remark": ""}]
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(now=NOW)


def send_every_letter(call, officer) -> None:
    """Each act of the room that writes to somebody, once."""
    after = call.closes_at + HOUR
    returned, admitted, refused, withdrawn = (make_submitted(call, now=NOW) for _ in range(4))
    extended, taken, untaken = (make_ready(call, now=NOW) for _ in range(3))
    return_application(application=returned, marks=MARKS, until=NOW + DAY, by=officer, now=NOW, why="Срок мал.")
    admit_application(application=admitted, by=officer, now=NOW)
    refuse_application(application=refused, reasons=["off_theme", "other"], remark="Не о городе.", by=officer, now=NOW)
    withdraw_application(application=withdrawn, by=withdrawn.owner, now=NOW)
    extend_application(application=extended, until=after + DAY, why="Болезнь", by=officer, now=NOW)
    for late in (taken, untaken):
        lapse_application(application=late, now=after)
        ask_late(application=late, why="Свет", by=late.owner, now=after)
    accept_late(application=taken, answer="Принято", by=officer, now=after)
    refuse_late(application=untaken, answer="Поздно", by=officer, now=after)
    issue_and_reissue(officer)
    carry_and_ask(officer)
    for name in ("closing", "consent_missing", "correction_due", "check_due"):
        remind(call, name)


def issue_and_reissue(officer) -> None:
    closed = make_call(officer, now=NOW)
    refused = make_submitted(closed, now=NOW)
    close_call(closed, now=closed.closes_at + HOUR)
    refuse_application(application=refused, reasons=["off_theme"], remark="", by=officer, now=NOW)
    issue_admission(call=closed, by=officer, now=NOW)
    admit_on_appeal(application=refused, by=officer, now=NOW, why="Тема подходит.")


def carry_and_ask(officer) -> None:
    """Two cancelled calls opened anew: one draft goes on, the owner of the other is asked."""
    for prefix, changed in (("ЯЯ", {}), ("ЯЮ", {"eligibility": [CONDITION]})):
        cancelled = make_call(officer, now=NOW)
        make_ready(cancelled, now=NOW)
        reopen(cancelled, officer, prefix=prefix, **changed)
        tasks.carry_over()


def remind(call, name: str) -> None:
    draft = make_ready(call, now=NOW)
    invite_member(application=draft, name="Олег", email="oleg@example.org", rights="view", part="", by=draft.owner, now=NOW)
    at = {"closing": call.deadline - HOUR, "consent_missing": call.deadline - HOUR, "correction_due": NOW + HOUR}
    if name == "check_due":
        type(call).objects.update(state="closed")
    declare_one(DEADLINES[f"applications.{name}"], now=at.get(name) or call.regulation.timeline.checked_by - HOUR)


def test_every_letter_is_written_in_both_languages(call, officer):
    send_every_letter(call, officer)

    notices = {notice.kind: notice for notice in Notice.objects.filter(kind__startswith="applications.")}

    assert set(notices) == {kind for kind in KINDS if kind.startswith("applications.")}
    for notice in notices.values():
        russian, english = text_of(notice, "ru"), text_of(notice, "en")
        assert russian != english
        assert not any(word in russian for word in ("%(", "{{", "application", "Application"))


def reminders(name: str, now) -> list[int]:
    return [
        due.thing.pk for due in DEADLINES[f"applications.{name}"].find(now, now + DEADLINES[f"applications.{name}"].remind[-1])
    ]


def test_closing_reminds_owners_of_unsent_drafts(call):
    draft, _sent = make_ready(call, now=NOW), make_submitted(call, now=NOW)

    assert [distance.total_seconds() / 3600 for distance in DEADLINES["applications.closing"].remind] == [3, 24, 72, 168]
    assert reminders("closing", call.deadline - 2 * DAY) == [draft.pk]
    assert reminders("closing", call.deadline + HOUR) == []


def test_closing_follows_an_extension(call, officer):
    draft = make_ready(call, now=NOW)
    extend_application(application=draft, until=call.closes_at + 20 * DAY, why="Болезнь", by=officer, now=NOW)

    assert reminders("closing", call.deadline - DAY) == []
    assert reminders("closing", call.deadline + 18 * DAY) == [draft.pk]


def test_consent_missing_reminds_while_somebody_has_not_consented(call):
    draft, _whole = make_ready(call, now=NOW), make_ready(call, now=NOW)
    invite_member(application=draft, name="Олег", email="oleg@example.org", rights="view", part="", by=draft.owner, now=NOW)

    assert reminders("consent_missing", call.deadline - DAY) == [draft.pk]


def test_the_task_lapses_what_is_over(call):
    draft = make_draft(call, now=NOW)
    type(call).objects.update(deadline=NOW - HOUR, closes_at=NOW - HOUR)

    assert (tasks.lapse(), tasks.lapse()) == (1, 0)
    draft.refresh_from_db()
    assert draft.state == "missed"


def test_the_task_tells_everyone_of_a_cancelled_call_once(call, officer):
    draft, withdrawn = make_ready(call, now=NOW), make_ready(call, now=NOW)
    withdraw_application(application=withdrawn, by=withdrawn.owner, now=NOW)
    cancel_call(call, why="Ошибка в положении", by=officer, now=timezone.now())

    assert (tasks.tell_of_calls(), tasks.tell_of_calls()) == (1, 0)
    told = Notice.objects.filter(kind="calls.cancelled")
    assert told.filter(account=draft.owner).count() == 1
    assert not told.filter(account=withdrawn.owner).exists()


def test_the_task_tells_everyone_who_has_begun_of_an_amended_call(call, officer):
    draft, sent = make_ready(call, now=NOW), make_submitted(call, now=NOW)
    amend_regulation(call, reason="Добавил партнёр", by=officer, now=timezone.now(), envelope=Decimal(2_000_000))

    assert (tasks.tell_of_calls(), tasks.tell_of_calls()) == (2, 0)
    told = Notice.objects.filter(kind="calls.amended").values_list("account", flat=True)
    assert set(told) == {draft.owner_id, sent.owner_id}


def test_the_task_leaves_a_reserve_without_a_term(call):
    reserve = make_submitted(call, now=NOW)
    Application.objects.filter(pk=reserve.pk).update(state="reserve")

    assert tasks.expire() == 0


def test_a_reserve_lapses_once_its_term_is_over(officer):
    text = make_regulation(NOW).replace("projects_from:", f"reserve_until: {(NOW + 50 * DAY).isoformat()}\n  projects_from:")
    call = import_call(file="reserve.yaml", text=text, by=officer, now=NOW)
    open_call(call, by=officer, now=NOW)
    reserve = make_submitted(call, now=NOW)
    Application.objects.filter(pk=reserve.pk).update(state="reserve", reserve_place=1)
    reserve.refresh_from_db()

    early = expire_reserve(application=reserve, now=call.regulation.timeline.reserve_until)
    then = expire_reserve(application=reserve, now=call.regulation.timeline.reserve_until + timedelta(seconds=1))

    assert (early, then, reserve.state) == (False, True, "lapsed")


def entry_of(kind: str) -> dict:
    return Notice.objects.filter(kind=kind).last().calendar


def test_letters_with_a_closing_carry_one_entry_that_moves(call, officer):
    draft = make_ready(call, now=NOW)
    closing = DEADLINES["applications.closing"]
    declare_one(closing, now=call.deadline - 3 * DAY)
    reminded = entry_of("applications.closing")
    later = call.deadline + DAY
    amend_regulation(call, reason="Праздники", by=officer, now=timezone.now(), dates={"closes": later})
    tasks.tell_of_calls()
    amended = entry_of("calls.amended")
    draft.refresh_from_db()
    extend_application(application=draft, until=call.deadline + 5 * DAY, why="Болезнь", by=officer, now=NOW)
    extended = entry_of("applications.extended")
    draft.refresh_from_db()
    declare_one(closing, now=draft.deadline - HOUR)

    entries = [reminded, amended, extended, entry_of("applications.closing")]
    assert {one["uid"] for one in entries} == {f"call-{call.slug}-closing"}
    assert [one["sequence"] for one in entries] == [0, 1, 1001, 1001]
    assert datetime.fromisoformat(entries[2]["end"]) == draft.extended_until


def test_letters_of_a_correction_carry_its_deadline(call, officer):
    sent = make_submitted(call, now=NOW)
    return_application(application=sent, marks=MARKS, until=NOW + 3 * DAY, by=officer, now=NOW)
    first = entry_of("applications.returned")
    declare_one(DEADLINES["applications.correction_due"], now=NOW + 2 * DAY + HOUR)
    reminded = entry_of("applications.correction_due")
    resubmit_application(application=sent, by=sent.owner, now=NOW + HOUR)
    return_application(application=sent, marks=MARKS, until=NOW + 5 * DAY, by=officer, now=NOW + 2 * HOUR)

    second = entry_of("applications.returned")

    assert (first, second["sequence"]) == (reminded, first["sequence"] + 1)
    assert (second["uid"], second["end"]) == (first["uid"], (NOW + 5 * DAY).isoformat())


def test_a_draft_with_its_own_deadline_is_reminded_of_that(call, officer):
    draft = make_ready(call, now=NOW)
    invite_member(application=draft, name="Олег", email="oleg@example.org", rights="view", part="", by=draft.owner, now=NOW)
    extend_application(application=draft, until=call.deadline + 4 * DAY, why="Болезнь", by=officer, now=NOW)

    for name in ("closing", "consent_missing"):
        declare_one(DEADLINES[f"applications.{name}"], now=call.deadline + 3 * DAY + HOUR)

    reminders = Notice.objects.filter(kind__in=("applications.closing", "applications.consent_missing"))
    assert {(one.kind, one.instant, one.ahead) for one in reminders} == {
        (f"applications.{name}", draft.call.deadline + 4 * DAY, DAY) for name in ("closing", "consent_missing")
    }
