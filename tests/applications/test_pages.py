"""The pages: every form twice, strangers at every door, autosave and its conflict, constant queries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from fund.core.forms import new_token
from fund.questions.models import Answers
from grants.applications.actions import invite_member, lapse_application, withdraw_application
from grants.applications.models import Application, Late
from grants.proposals.models import Receipt, TeamMember
from tests.counting import queries_at
from tests.factories.applications import make_draft, make_ready, make_submitted
from tests.factories.calls import make_call
from tests.factories.people import make_account

NOW = timezone.now()
MINE = ("read", "submit", "costs", "team", "files", "receipt", "print", "withdraw", "ask_late", "continue", "hand_over")
CHECKS = ("check", "return", "admit", "refuse", "extend", "decide_late")
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(now=timezone.now())


@pytest.fixture
def draft(call, applicant):
    return make_ready(call, applicant, now=timezone.now())


def address(name: str, thing, *more) -> str:
    return reverse(f"applications:{name}", args=[thing.uid, *more])


def test_start_refuses_with_an_explanation_and_makes_nothing(call, applicant, signed_in):
    response = signed_in(applicant).post(
        reverse("applications:start", args=[call.slug]), {"e_town": "no", "applicant_kind": "person", "once": new_token()}
    )

    assert "Фонд поддерживает проекты в Гусеве." in response.content.decode()
    assert Application.objects.count() == 0


def test_start_twice_makes_one_draft(call, applicant, signed_in):
    browser, given = signed_in(applicant), {"e_town": "yes", "applicant_kind": "person", "once": new_token()}

    first = browser.post(reverse("applications:start", args=[call.slug]), given)
    second = browser.post(reverse("applications:start", args=[call.slug]), given)

    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Application.objects.count() == 1


def test_submit_twice_makes_one_receipt(draft, applicant, signed_in):
    browser, given = signed_in(applicant), {"once": new_token()}

    answers = [browser.post(address("submit", draft), given) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [address("receipt", draft)] * 2
    assert Receipt.objects.about(draft).count() == 1


def test_receipt_states_number_instant_and_hash(call, applicant, signed_in):
    sent = make_submitted(call, applicant, now=timezone.now())

    page = signed_in(applicant).get(address("receipt", sent)).content.decode()

    at = timezone.localtime(sent.receipt.submitted_at)
    facts = (sent.number, sent.receipt.digest, f"{at:%H:%M}:{at:%S}", "по Калининграду")
    assert [fact for fact in facts if fact not in page] == []


def test_submit_lists_what_is_missing(call, applicant, signed_in):
    empty = make_draft(call, applicant, now=timezone.now())

    response = signed_in(applicant).post(address("submit", empty), {"once": new_token()})

    assert response.status_code == 422
    assert len(response.context["faults"]) == 5


@pytest.mark.parametrize(("part", "line"), [("Ведёт смету", "Семён Новый: Ведёт смету"), ("", "Семён Новый")])
def test_the_check_page_says_no_more_of_a_member_than_it_knows(draft, applicant, signed_in, part, line):
    invite_member(
        application=draft, name="Семён Новый", email="s@example.org", part=part, rights="view", by=applicant, now=timezone.now()
    )

    page = html.fromstring(signed_in(applicant).get(address("submit", draft)).text)

    told = [item.text_content() for item in page.xpath("//section[@aria-labelledby='parts-team']//li")]
    assert told == [line]


def test_invite_twice_names_one_member(draft, applicant, signed_in):
    given = {"name": "Олег", "email": "oleg@example.org", "part": "", "rights": "view", "once": new_token()}
    browser = signed_in(applicant)

    answers = [browser.post(address("team", draft), given).status_code for _ in range(2)]

    assert (answers, TeamMember.objects.about(draft).count()) == ([302, 302], 1)


def test_ask_late_twice_makes_one_request(draft, applicant, signed_in):
    lapse_application(application=draft, now=draft.closes_at + timedelta(hours=1))
    browser, given = signed_in(applicant), {"why": "Свет", "once": new_token()}

    answers = [browser.post(address("ask_late", draft), given).status_code for _ in range(2)]

    assert (answers[0], Late.objects.count()) == (302, 1)


def test_continue_twice_makes_one_draft(draft, applicant, signed_in):
    other = make_call(now=timezone.now())
    withdraw_application(application=draft, by=applicant, now=timezone.now())
    browser, given = signed_in(applicant), {"call": other.slug, "e_town": "yes", "once": new_token()}

    answers = [browser.post(address("continue", draft), given)["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert Application.objects.of_call(other).count() == 1


def test_autosave_answers_the_state_alone(draft, applicant, signed_in):
    given = {"q_months": "7", "version": "1", "tab": "tab-of-irina", "asked": "months"}

    response = signed_in(applicant).post(address("edit", draft, "plan"), given, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert len(response.content) < 1024
    assert Answers.objects.about(draft).get().values["months"] == "7"


def test_autosave_from_a_stale_tab_answers_409(draft, applicant, signed_in):
    browser, page = signed_in(applicant), address("edit", draft, "plan")
    given = {"q_months": "7", "version": "1", "tab": "first-tab-1", "asked": "months"}
    browser.post(page, given, headers={"HX-Request": "true"})

    stale = browser.post(page, {**given, "q_months": "8", "tab": "second-tab"}, headers={"HX-Request": "true"})
    whole = browser.post(page, {**given, "q_months": "8", "tab": "second-tab", "go": "on"})

    assert (stale.status_code, whole.status_code) == (409, 409)
    assert Answers.objects.about(draft).get().values["months"] == "7"
    assert [told.value for told in whole.context["theirs"]["texts"]] == ["7"]
    assert 'value="8"' in whole.content.decode()


def test_a_stranger_finds_none_of_the_pages(draft, stranger, signed_in):
    browser = signed_in(stranger)

    answers = {name: browser.get(address(name, draft)).status_code for name in (*MINE, *CHECKS)}

    assert set(answers.values()) == {404}


def test_an_officer_finds_no_draft(draft, officer, signed_in):
    browser = signed_in(officer)

    answers = {name: browser.get(address(name, draft)).status_code for name in (*MINE, *CHECKS)}

    assert set(answers.values()) == {404}


def test_an_applicant_finds_no_officers_page(applicant, signed_in, call):
    sent = make_submitted(call, applicant, now=timezone.now())
    browser = signed_in(applicant)

    answers = {name: browser.get(address(name, sent)).status_code for name in CHECKS}

    assert set(answers.values()) == {404}
    assert browser.get(reverse("applications:intake")).status_code == 404


@pytest.mark.parametrize("page", ["list", "intake"])
def test_lists_take_as_many_queries_for_many_rows(page, call, officer, applicant, signed_in):
    sent = make_submitted(call, applicant, now=timezone.now())
    other = make_account(email="other@example.org")
    place = iter(range(10_000))

    def more(count: int) -> None:
        rows = []
        for _ in range(count):
            row = Application.objects.get(pk=sent.pk)
            row.pk, row.uid, row.number = None, f"copy{next(place):010d}", f"Я-{next(place):04d}"
            row.owner = applicant if page == "list" else other
            rows.append(row)
        Application.objects.bulk_create(rows)

    counts = queries_at(signed_in(applicant if page == "list" else officer), reverse(f"applications:{page}"), more)

    assert counts[0] == counts[1] <= 15


def test_extend_draft_gives_time_to_what_the_officer_does_not_see(draft, applicant, officer, signed_in):
    browser, page = signed_in(officer), reverse("applications:extend_draft", args=[draft.call.slug])
    until = f"{draft.closes_at + timedelta(days=2):%Y-%m-%dT%H:%M}"

    known = browser.post(page, {"email": applicant.email.upper(), "until": until, "why": "Болезнь"})
    unknown = browser.post(page, {"email": "nobody@example.org", "until": until, "why": "Болезнь"})

    draft.refresh_from_db()
    assert (known.status_code, unknown.status_code) == (302, 422)
    assert draft.extended_until > draft.call.closes_at
    assert browser.get(address("read", draft)).status_code == 404


def test_intake_narrows_by_what_waits(call, officer, signed_in):
    sent = make_submitted(call, now=timezone.now())

    waiting = signed_in(officer).get(reverse("applications:intake"))
    admitted = signed_in(officer).get(reverse("applications:intake") + "?show=admitted")
    nonsense = signed_in(officer).get(reverse("applications:intake") + "?show=nonsense")

    assert [row.pk for row, _state, _checked, _all in waiting.context["queue"]] == [sent.pk]
    assert (admitted.context["queue"], nonsense.status_code) == ([], 404)


def test_the_draft_names_the_zone_of_its_deadline(draft, applicant, signed_in):
    browser = signed_in(applicant)

    for name, args in (("read", [draft.uid]), ("list", [])):
        page = browser.get(reverse(f"applications:{name}", args=args)).content.decode()
        told = page.partition("тправ" if name == "list" else "НЕ отправлена")[2]
        assert "по Калининграду" in told.partition("</p>" if name == "read" else "</li>")[0]
