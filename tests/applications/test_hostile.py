"""What people and machines throw at the pages of a draft: a clear answer, never a failure, and nothing of before is lost."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from fund.core.forms import new_token
from fund.questions.queries import answers_of
from grants.applications.actions import save_section, start_application
from grants.applications.models import Application
from grants.calls.actions import import_call, open_call
from grants.proposals.parts import COSTS
from tests.cast import play
from tests.factories.applications import ELIGIBLE, ROWS, consent, fill, make_ready
from tests.factories.calls import make_call, make_officer, make_regulation
from tests.shared import parts

EVERY = """\
    - key: every
      title: {ru: Всё, en: Everything}
      questions:
        - {key: short, type: short_text, label: {ru: Коротко, en: Short}, max_length: 60}
        - {key: long, type: long_text, label: {ru: Подробно, en: Long}, max_length: 500}
        - {key: number, type: number, label: {ru: Число, en: Number}, min: 0, max: 100, decimals: 2}
        - {key: money, type: money, label: {ru: Сумма, en: Sum}}
        - {key: day, type: date, label: {ru: День, en: Day}}
        - {key: choice, type: choice, label: {ru: Выбор, en: Choice}, choices: [{key: a, label: {ru: А, en: A}}, {key: b, label: {ru: Б, en: B}}]}
        - {key: several, type: several, label: {ru: Несколько, en: Several}, choices: [{key: a, label: {ru: А, en: A}}, {key: b, label: {ru: Б, en: B}}], most: 1}
        - {key: scan, type: file, label: {ru: Файл, en: File}, file_types: [pdf]}
        - {key: link, type: link, label: {ru: Ссылка, en: Link}}
        - {key: steps, type: table, label: {ru: Шаги, en: Steps}, most: 3, columns: [{key: what, label: {ru: Что, en: What}}, {key: sum, label: {ru: Сумма, en: Sum}, type: money}, {key: on, label: {ru: Когда, en: When}, type: date}]}
"""
ASKED = "short long number money day choice several scan link steps"
BEFORE = {
    "short": "Двор", "long": "Место встречи", "number": "7,5", "money": "1 000,50", "day": "2027-05-01", "choice": "a",
    "several": ["a"], "link": "https://example.org/x", "steps": [{"what": "Доски", "sum": "10", "on": "2027-01-01"}],
}  # fmt: skip
NUL, LONE, HUGE = "при\x00вет", "край \ud800 света", "9" * 400
TYPED = {
    "several twice": {"q_several": ["a", "b", "a", "нет такого"]},
    "a key twice": {"q_short": ["первый", "второй"], "version": ["1", "2"]},
    "no such choice": {"q_choice": "z", "q_several": "z"},
    "broken dates": {"q_day": "31.02.2027", "q_steps-0-on": "0000-99-99"},
    "a day beyond all calendars": {"q_day": "99999-01-01"},
    "huge numbers": {"q_number": HUGE, "q_money": HUGE, "q_steps-0-sum": HUGE},
    "numbers of other kinds": {"q_number": "NaN", "q_money": "Infinity", "q_steps-0-sum": "1e999999"},
    "signs": {"q_number": "−5", "q_money": "-0", "q_steps-0-sum": "+1"},
    "digits of another script": {"q_number": "٣٤", "q_money": "１２"},
    "a link that acts": {"q_link": "javascript:alert(1)"},
    "markup": {"q_short": "<script>alert(1)</script>", "q_long": "{{ 7*7 }}{% include 'x' %}"},
    "rows without end": {f"q_steps-{place}-what": "x" for place in range(500)},
    "a row far away": {"q_steps-99999999999999999999-what": "x", "q_steps--1-what": "x", "q_steps-0-nothing": "x"},
    "buttons of nowhere": {"drop": "q_steps-7", "add": "q_nothing", "restore": "q_steps-x", "remove": "../../etc/passwd"},
    "a strange version": {"version": HUGE, "tab": "<x>" * 99},
    "another version": {"version": "-1", "asked": "short nothing __class__"},
    "files as text": {"q_scan": "not a file"},
    "longer than allowed": {"q_short": "д" * 5000, "q_long": "д" * 30_000},
}  # fmt: skip
pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def built(module_db):
    applicant, now = play("applicant"), timezone.now()
    text = make_regulation(now).replace("costs:\n  categories", EVERY + "costs:\n  categories", 1)
    call = import_call(file="test.yaml", text=text, by=make_officer(), now=now)
    open_call(call, by=make_officer(), now=now)
    consent(applicant, now=now)
    draft = fill(start_application(call=call, by=applicant, now=now, eligibility=ELIGIBLE), now=now)
    save_section(application=draft, section="every", values=BEFORE, version=0, by=applicant, now=now)
    return SimpleNamespace(**locals())


applicant, draft = parts("applicant", "draft")


def post(browser, draft, data, **headers):
    address = reverse("applications:edit", args=[draft.uid, "every"])
    return browser.post(address, {"asked": ASKED, "version": "1", "go": "on", "finished": "yes", **data}, **headers)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}], ids=["page", "autosave"])
def test_a_section_keeps_or_refuses_whatever_is_typed(draft, applicant, signed_in, typed, headers):
    browser = signed_in(applicant)

    answer = post(browser, draft, typed, **headers)

    assert answer.status_code in (200, 204, 302, 409, 422)
    shown = browser.get(reverse("applications:edit", args=[draft.uid, "every"]))
    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()
    assert browser.get(reverse("applications:submit", args=[draft.uid])).status_code == 200
    assert browser.post(reverse("applications:submit", args=[draft.uid]), {"once": new_token()}).status_code == 422
    assert Application.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize("sign", [NUL, LONE], ids=["nul", "lone surrogate"])
@pytest.mark.parametrize("field", ["q_short", "q_long", "q_number", "q_link", "q_choice", "q_steps-0-what"])
def test_what_cannot_be_stored_is_refused_and_nothing_is_lost(draft, applicant, signed_in, sign, field):
    answer = signed_in(applicant).post(
        reverse("applications:edit", args=[draft.uid, "every"]),
        f"asked={ASKED.replace(' ', '+')}&version=1&go=on&{field}={percent(sign)}",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code in (302, 400, 422)
    kept = str(answers_of(draft).values)
    assert not any(sign in kept for sign in ("\x00", "\\x00", "\ud800", "\\ud800"))


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def test_a_body_beyond_all_measure_is_refused_and_nothing_is_lost(draft, applicant, signed_in):
    answer = post(signed_in(applicant), draft, {"q_long": "д" * 6_000_000})

    assert answer.status_code in (400, 413, 422)
    assert {key: answers_of(draft).values[key] for key in BEFORE} == BEFORE


def test_more_fields_than_any_form_has_are_refused(draft, applicant, signed_in):
    answer = post(signed_in(applicant), draft, {f"x{place}": "1" for place in range(4000)})

    assert answer.status_code in (400, 413)
    assert answers_of(draft).values["short"] == BEFORE["short"]


@pytest.mark.parametrize(
    ("name", "content"), [("план.pdf", b""), ("план.pdf", b"MZ\x90\x00"), ("x" * 300 + ".pdf", b"%PDF-1.7"), ("a\x00.exe", b"x")]
)
def test_a_file_that_is_none_is_refused(draft, applicant, signed_in, name, content):
    file = SimpleUploadedFile("x", content)
    file.name = name

    answer = post(signed_in(applicant), draft, {"attach": "q_scan", "q_scan": file, "once": new_token()})

    assert answer.status_code in (302, 400, 422)
    assert answers_of(draft).values["short"] in ("", BEFORE["short"])


COSTS_TYPED = {
    "huge": {"rows-0-quantity": HUGE, "rows-0-unit_price": HUGE},
    "no numbers": {"rows-0-quantity": "NaN", "rows-0-unit_price": "1e99", "rows-0-own": "Infinity"},
    "below zero": {"rows-0-quantity": "-1", "rows-0-unit_price": "-5"},
    "no category": {"rows-0-category": "nothing", "rows-0-title": "x"},
    "a strange minimum": {"minimum": HUGE},
    "without end": {f"rows-{place}-title": "x" for place in range(900)},
    "to the kopeck": {"rows-0-quantity": "0,001", "rows-0-unit_price": "0,001"},
    "twice": {"rows-0-title": ["a", "b"]},
}


@pytest.mark.parametrize("typed", COSTS_TYPED.values(), ids=COSTS_TYPED)
def test_a_budget_keeps_or_refuses_whatever_is_typed(draft, applicant, signed_in, typed):
    browser, address = signed_in(applicant), reverse("applications:costs", args=[draft.uid])

    answer = browser.post(address, {"version": "1", "go": "on", "finished": "yes", **typed})

    assert answer.status_code in (302, 409, 422)
    assert browser.get(address).status_code == 200
    assert browser.get(reverse("applications:submit", args=[draft.uid])).status_code == 200


@pytest.mark.parametrize(
    "typed", [{"e_town": ["yes", "no"]}, {"e_town": HUGE}, {"e_town": "yes\x00"}, {}, {"e_town": "yes", "applicant_kind": "king"}]
)
def test_conditions_answered_wrongly_begin_nothing(applicant, signed_in, typed):
    call = make_call(now=timezone.now())

    given = {"applicant_kind": "person", "once": new_token(), **typed}
    answer = signed_in(applicant).post(reverse("applications:start", args=[call.slug]), given)

    assert answer.status_code in (200, 400, 422)
    assert not call.applications.exists()


def test_the_team_refuses_what_names_nobody(draft, applicant, signed_in):
    browser, address = signed_in(applicant), reverse("applications:team", args=[draft.uid])

    for given in (
        {"name": NUL, "email": "a@example.org"},
        {"name": "О", "email": "not an address"},
        {"name": "О", "email": "a@example.org", "rights": "all"},
        {"name": "x" * 5000, "email": "a" * 400 + "@example.org"},
    ):
        answer = browser.post(address, {"part": "", "rights": "view", "once": new_token(), **given})
        assert answer.status_code in (400, 422)


def test_a_draft_stands_as_it_was_typed_before(applicant, signed_in):
    ready = make_ready(make_call(now=timezone.now()), applicant, now=timezone.now())
    before = answers_of(ready).values

    signed_in(applicant).post(reverse("applications:costs", args=[ready.uid]), {"version": "0", "rows-0-title": "x"})

    assert answers_of(ready).values[COSTS] == before[COSTS]
    assert len(before[COSTS]) == len(ROWS)
