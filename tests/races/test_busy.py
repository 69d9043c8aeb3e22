"""Many press at once: who waits too long for a lock gets a page that sends the same once more, and then it is done, once."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from lxml import html

from fund.core.busy import is_busy, pressed
from fund.core.forms import new_token
from fund.people.models import Attempt
from grants.applications.models import Application
from grants.calls.models import Call
from grants.proposals.models import Receipt
from tests.concurrency import anew, at_once
from tests.factories.applications import make_ready
from tests.factories.calls import make_call
from tests.factories.people import PASSWORD, make_account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(officer):
    now = timezone.now()
    return make_ready(make_call(officer, now=now), now=now)


@pytest.fixture
def browser(draft, signed_in):
    """The applicant's; its requests wait for a lock only a moment. An error is answered as on a server."""
    client = signed_in(draft.owner)
    client.raise_request_exception = False
    yield impatient(client)
    connection.close()


def impatient(client: Client) -> Client:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = 200")
    return client


@contextmanager
def held(rows):
    """Somebody else holds these rows; on SQLite, the whole database."""
    is_taken, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                list(rows.select_for_update())
                is_taken.set()
                let_go.wait(20)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert is_taken.wait(5)
        yield
    finally:
        let_go.set()
        other.join()


def press(browser: Client, draft: Application, **headers: str):
    return browser.post(reverse("applications:submit", args=[draft.uid]), {"once": new_token()}, headers=headers)


def form_of(response) -> tuple[str, dict[str, list[str]]]:
    """Where the page's own form leads, and what it sends if its button is pressed."""
    form = html.fromstring(response.text).xpath("//main//form")[0]
    fields: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@type='hidden']"):
        fields.setdefault(field.get("name"), []).append(field.get("value"))
    return form.get("action"), fields


def test_submit_that_waits_too_long_is_sent_once_more_and_done_once(browser, draft):
    with held(Call.objects.all()):
        busy = press(browser, draft)
    action, fields = form_of(busy)
    codes = [browser.post(action, fields).status_code for _ in range(2)]

    assert (busy.status_code, busy.headers["Retry-After"], busy.headers["Cache-Control"]) == (503, "5", "no-store, private")
    assert "Ничего не потеряно" in busy.text
    assert "засчитается это время" in busy.text
    assert "Отправить ещё раз" in busy.text
    assert (codes, anew(draft).state, Receipt.objects.count()) == ([302, 302], "submitted", 1)


def test_submit_with_nobody_in_the_way_is_done_at_once(browser, draft):
    """The control: the same request, nothing held."""
    assert press(browser, draft).status_code == 302


def late_by(browser, draft, **changed) -> int:
    """Pressed in the last second, kept waiting beyond the deadline, sent once more; as the page has it or `changed`."""
    deadline = timezone.now() - timedelta(seconds=5)
    Call.objects.update(deadline=deadline, closes_at=deadline)
    with held(Call.objects.all()):
        busy = press(browser, draft, x_request_start=f"t={(deadline - timedelta(seconds=1)).timestamp()}")
    action, fields = form_of(busy)
    return browser.post(action, {**fields, **changed}).status_code


def test_submit_sent_once_more_counts_from_the_first_press(browser, draft):
    assert (late_by(browser, draft), anew(draft).state) == (302, "submitted")


def test_a_sending_of_somebody_else_counts_from_its_own(browser, draft):
    with held(Call.objects.all()):
        _action, fields = form_of(press(browser, draft))
    request = RequestFactory().post(reverse("applications:submit", args=[draft.uid]), fields)
    request.now = timezone.now()

    request.user = draft.owner
    own = pressed(request)
    request.user = make_account()

    assert own is not None
    assert pressed(request) is None


@pytest.mark.parametrize("changed", [{"pressed_at": ""}, {"pressed_at": "x:y:z"}, {"once": "another-form-of-another-moment"}])
def test_submit_of_another_form_counts_from_its_own(browser, draft, changed):
    assert (late_by(browser, draft, **changed), anew(draft).state) == (422, "draft")


def test_what_was_typed_stands_in_the_page_to_the_letter(browser, draft):
    typed = {"why": 'Передумали:\r\n«двор» <b>&" занят', "several": ["1", "2"]}

    with held(Call.objects.all()):
        busy = browser.post(reverse("applications:withdraw", args=[draft.uid]) + "?from=list", typed)

    action, fields = form_of(busy)
    assert action == reverse("applications:withdraw", args=[draft.uid]) + "?from=list"
    assert {name: fields[name] for name in typed} == {"why": [typed["why"].replace("\r\n", "\n")], "several": ["1", "2"]}


def test_files_are_chosen_again(browser, draft):
    paper = SimpleUploadedFile("смета.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf")

    with held(Application.objects.all()):
        busy = browser.post(reverse("applications:files", args=[draft.uid]), {"once": new_token(), "files": paper})

    form = html.fromstring(busy.text).xpath("//main//form")[0]
    assert (busy.status_code, form.get("enctype")) == (503, "multipart/form-data")
    assert [one.get("name") for one in form.xpath(".//input[@type='file']")] == ["files"]
    assert "смета.pdf" in busy.text
    assert "pressed_at" not in form_of(busy)[1]


def test_a_password_is_typed_again(applicant):
    client = impatient(Client(raise_request_exception=False))
    known = {"login": applicant.email, "password": PASSWORD}
    client.post("/ru/account/login/", known)  # its attempts have rows now

    with held(Attempt.objects.all()):
        busy = client.post("/ru/account/login/", known)

    assert (busy.status_code, PASSWORD in busy.text) == (503, False)
    assert 'href="/ru/account/login/"' in busy.text
    connection.close()


def test_a_saving_in_the_background_is_told_in_a_sentence(browser, draft):
    with held(Call.objects.all()):
        busy = press(browser, draft, hx_request="true")

    assert (busy.status_code, busy.headers["Retry-After"], "<" in busy.text) == (503, "5", False)


def test_the_page_speaks_the_readers_language(browser, draft):
    with held(Call.objects.all()):
        busy = browser.post(reverse("applications:submit", args=[draft.uid]).replace("/ru/", "/en/"), {"once": new_token()})

    assert "Nothing was lost" in busy.text
    assert "Send once more" in busy.text


def test_two_who_wait_for_one_another_are_told_apart_from_a_fault(officer):
    """PostgreSQL ends one of the two; SQLite lets one begin after the other."""
    now = timezone.now()
    calls = [make_call(officer, now=now), make_call(officer, now=now)]
    both = threading.Barrier(2)

    def act(number: int) -> None:
        with transaction.atomic():
            for place, call in enumerate(calls if number else reversed(calls)):
                Call.objects.select_for_update().get(pk=call.pk)
                if place == 0 and connection.vendor == "postgresql":
                    both.wait(5)

    errors = [one for one in at_once(act, 2) if isinstance(one, Exception)]

    assert len(errors) == (connection.vendor == "postgresql")
    assert all(map(is_busy, errors))
    assert not is_busy(OperationalError("the connection is gone"))
