"""A tab that comes too late: whoever may see the thing is told in a sentence where it stands, as a page and after pressing;
nobody else learns more than that there is no such page. What was typed stays in the form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from fund.core.forms import new_token
from grants.applications.actions import (
    admit_application,
    ask_late,
    invite_member,
    lapse_application,
    return_application,
    submit_application,
    withdraw_application,
)
from grants.applications.models import Application
from grants.calls.actions import announce_call, answer_question, ask_curator
from grants.councils.actions import cancel_meeting, close_item, close_meeting, follow_ranking, release, sign_protocol
from grants.councils.papers import standing_protocol
from grants.proposals.actions import accept_invitation
from grants.proposals.models import TeamMember
from grants.results.actions import consider_appeal, file_appeal, reject_appeal, withdraw_appeal
from grants.reviews.actions import accept_plan, close_discussion, decline_sheet, open_discussion, reopen_sheet
from tests.factories.applications import consent, make_ready, make_submitted
from tests.factories.calls import make_call, make_draft_call
from tests.factories.councils import item_of, make_council, make_meeting, make_open, vote_all
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_judged, make_plan, make_sheet

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SOON = f"{NOW + timedelta(days=3):%Y-%m-%d}"
WHY = "Причина, которую написали в этой вкладке, и она достаточно длинная."
TOLD = (409, True, 422, True)


def said(response) -> str:
    return " ".join(html.fromstring(response.text).xpath("//main")[0].text_content().split())


def tried(browser, address: str, sentence: str, **given) -> tuple:
    """Opens the page and sends its form: the two answers, and whether each says the sentence."""
    page, form = browser.get(address), browser.post(address, given)
    return page.status_code, sentence in said(page), form.status_code, sentence in said(form)


def at(name: str, thing, *more) -> str:
    return reverse(name, args=[thing.slug if hasattr(thing, "slug") else thing.uid, *more])


# The applicant --------------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(applicant, officer):
    return make_ready(make_call(officer, now=NOW), applicant, now=NOW)


@pytest.fixture
def withdrawn(draft, applicant):
    withdraw_application(application=draft, by=applicant, now=NOW)
    return draft


ONCE = {"once": new_token()}
PARTS = ["set_applicant", "costs", "team", "files", "hand_over"]


@pytest.mark.parametrize(("name", "given"), [("withdraw", {"why": WHY}), ("submit", ONCE)])
def test_an_applicant_is_told_that_it_is_withdrawn(withdrawn, applicant, signed_in, name, given):
    browser, address = signed_in(applicant), at(f"applications:{name}", withdrawn)

    assert tried(browser, address, "Сейчас этого сделать нельзя: состояние «Отозвана».", **given) == TOLD
    assert given.get("why", "") in browser.post(address, given).text
    assert at("applications:read", withdrawn) in browser.get(address).text


@pytest.mark.parametrize("name", PARTS)
def test_an_application_that_is_withdrawn_is_written_no_more(withdrawn, applicant, signed_in, name):
    page = signed_in(applicant).get(at(f"applications:{name}", withdrawn))

    assert (page.status_code, "«Отозвана»" in said(page)) == (409, True)


def test_a_member_leaves_no_team_that_went_on(draft, applicant, teammate, officer, signed_in):
    facts = {"name": "Илья Ветров", "email": teammate.email, "rights": "view", "part": ""}
    member = invite_member(application=draft, by=applicant, now=NOW, **facts)
    consent(teammate, now=NOW)
    accept_invitation(member=member, first_name="Илья", last_name="Ветров", documents=[], by=teammate, now=NOW)
    browser, address = signed_in(teammate), at("applications:leave", draft)
    before = browser.get(address).status_code
    submit_application(application=draft, by=applicant, now=NOW)
    admit_application(application=draft, by=officer, now=NOW)

    assert (before, tried(browser, address, "состояние «Допущена»")) == (200, TOLD)
    assert TeamMember.objects.joined().count() == 1


def test_what_was_typed_for_it_stays_in_the_form(withdrawn, applicant, signed_in):
    browser, address = signed_in(applicant), at("applications:edit", withdrawn, "plan")

    form = browser.post(address, {"q_months": "11", "version": "1", "tab": "tab-number-two", "asked": "months", "go": "on"})

    assert (browser.get(address).status_code, form.status_code, 'value="11"' in form.text) == (409, 422, True)


def test_a_place_that_is_not_to_be_corrected_says_so(applicant, officer, signed_in):
    sent, until = make_submitted(make_call(officer, now=NOW), applicant, now=NOW), NOW + timedelta(days=2)
    marks = [{"section": "idea", "question": "change", "remark": "Коротко"}]
    return_application(application=sent, marks=marks, until=until, by=officer, now=NOW)
    browser, address, sentence = signed_in(applicant), at("applications:edit", sent, "plan"), "Это место не отмечено"

    form = browser.post(address, {"q_months": "11", "version": "1", "tab": "tab-number-two", "asked": "months", "go": "on"})

    assert (browser.get(address).status_code, sentence in said(browser.get(address))) == (409, True)
    assert (form.status_code, sentence in said(form), 'value="11"' in form.text) == (422, True, True)


@pytest.mark.parametrize("name", ["withdraw", "submit", "ask_late", *PARTS])
def test_nobody_else_learns_where_it_stands(withdrawn, stranger, officer, signed_in, name):
    address, nothing = at(f"applications:{name}", withdrawn), reverse(f"applications:{name}", args=["nothing"])

    for browser in map(signed_in, (stranger, officer)):
        answers = [(one.status_code, said(one)) for one in (browser.get(address), browser.get(nothing), browser.post(address))]
        assert answers == [(404, answers[0][1])] * 3


def test_a_late_request_pressed_twice_is_one_and_told_afterwards(draft, applicant, signed_in):
    lapse_application(application=draft, now=draft.closes_at + timedelta(hours=1))
    browser, address, given = signed_in(applicant), at("applications:ask_late", draft), {"why": WHY, "once": new_token()}

    codes = [browser.post(address, given).status_code for _ in range(2)]

    assert codes == [302, 302]
    sentence = "Сейчас этого сделать нельзя: состояние «Просит принять поздно»."
    assert browser.get(address).status_code == 409
    assert "состояние «" in said(browser.get(address)), sentence


# The officer ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("return", {"until": f"{SOON}T18:00", "why": WHY, "m_change": "on"}),
        ("admit", {}),
        ("refuse", {"reasons": ["incomplete"], "remark": WHY}),
    ],
)
def test_an_officer_is_told_that_it_is_admitted(officer, signed_in, name, given):
    sent = make_submitted(make_call(officer, now=NOW), now=NOW)
    browser, address = signed_in(officer), at(f"applications:{name}", sent)
    before = browser.get(address).status_code
    admit_application(application=sent, by=officer, now=NOW)

    page, form = browser.get(address), browser.post(address, given)

    assert (before, page.status_code, "«Допущена»" in said(page), form.status_code) == (200, 409, True, 422)
    assert given.get("why", given.get("remark", "")) in form.text


@pytest.mark.parametrize("name", ["extend", "decide_late"])
def test_an_officer_is_told_that_there_is_nothing_to_give(officer, signed_in, name):
    sent = make_submitted(make_call(officer, now=NOW), now=NOW)
    admit_application(application=sent, by=officer, now=NOW)
    given = {"until": f"{SOON}T18:00", "why": WHY, "decision": "accept", "answer": WHY}

    browser, address = signed_in(officer), at(f"applications:{name}", sent)

    assert (browser.get(address).status_code, browser.post(address, given).status_code) == (409, 422)


def test_a_late_request_answered_already_is_told(draft, applicant, officer, signed_in):
    lapse_application(application=draft, now=draft.closes_at + timedelta(hours=1))
    ask_late(application=draft, why=WHY, by=applicant, now=NOW)
    browser, address, given = signed_in(officer), at("applications:decide_late", draft), {"decision": "refuse", "answer": WHY}
    first = browser.post(address, given).status_code

    assert (first, browser.get(address).status_code, browser.post(address, given).status_code) == (302, 409, 422)


def test_a_call_announced_or_a_question_answered_is_told(officer, applicant, signed_in):
    call = make_draft_call(officer, now=NOW, opens=NOW + timedelta(days=1), closes=NOW + timedelta(days=9))
    announce_call(call, by=officer, now=NOW)
    question = ask_curator(call, text="Можно вдвоём?", by=applicant, now=NOW)
    answer_question(question, answer="Да", is_public=False, by=officer, now=NOW)
    browser = signed_in(officer)

    assert tried(browser, at("calls:announce", call), "состояние «Объявлен»") == TOLD
    answer = {"answer": "Нет", "is_public": "yes"}
    assert tried(browser, at("calls:answer", question), "На этот вопрос уже ответили", **answer) == TOLD
    assert signed_in(applicant).get(at("calls:announce", call)).status_code == 404


# The expert and who arranges the judging ------------------------------------------------------------------------------


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW, state="judging", others="after_own", envelope=150_000, most=150_000)


@pytest.fixture
def sheet(call, expert, officer):
    return make_sheet(make_admitted(call, now=NOW), expert, officer=officer, now=NOW)


@pytest.mark.parametrize("name", ["score", "submit", "decline", "conflict"])
def test_an_expert_is_told_that_the_sheet_was_given_back(sheet, expert, stranger, signed_in, name):
    browser, address = signed_in(expert), at(f"reviews:{name}", sheet)
    before = browser.get(address).status_code
    decline_sheet(sheet=sheet, why=WHY, by=expert, now=NOW)

    page, form = browser.get(address), browser.post(address, {"why": WHY, "kind": "friend"})

    assert (before, page.status_code, form.status_code) == (200, 409, 409)
    assert ["состояние «Отказ эксперта»" in said(one) for one in (page, form)] == [True, True]
    assert signed_in(stranger).get(address).status_code == 404


def test_an_expert_is_told_that_a_sheet_is_handed_in(sheet, expert, signed_in):
    hand_in(sheet, now=NOW, use="4", plan="3")

    assert tried(signed_in(expert), at("reviews:decline", sheet), "состояние «Сдан", why=WHY) == TOLD


def test_a_score_is_not_changed_after_the_discussion(sheet, expert, officer, signed_in):
    second = make_sheet(sheet.application, make_expert(), officer=officer, now=NOW)
    for one in (sheet, second):
        hand_in(one, now=NOW, use="4", plan="3")
    discussion = open_discussion(application=sheet.application, topic="Польза", by=officer, now=NOW)
    browser, address = signed_in(expert), at("reviews:change", sheet)
    before = browser.get(address).status_code
    close_discussion(discussion=discussion, by=officer, now=NOW)
    closing = at("reviews:close_discussion", sheet.application)

    page = browser.get(address)

    assert (before, page.status_code, "оценки остаются как есть" in said(page)) == (200, 409, True)
    assert tried(signed_in(officer), closing, "Обсуждение закрыто") == (409, True, 422, False)


def test_a_sheet_that_is_with_its_expert_is_not_given_back(sheet, officer, signed_in):
    hand_in(sheet, now=NOW, use="4", plan="3")
    reopen_sheet(sheet=sheet, why=WHY, by=officer, now=NOW)

    assert tried(signed_in(officer), at("reviews:reopen", sheet), "состояние «В работе»", why=WHY) == TOLD


@pytest.mark.parametrize(("name", "post"), [("accept_plan", 422), ("drop_plan", 422), ("change_plan", 409)])
def test_a_plan_that_is_accepted_is_told(call, officer, signed_in, name, post):
    for _ in range(3):
        make_expert()
    application = make_admitted(call, now=NOW)
    plan = make_plan(call, officer=officer, now=NOW)
    accept_plan(plan=plan, due_at=NOW + timedelta(days=9), by=officer, now=NOW)
    address = at(f"reviews:{name}", plan, *([application.uid] if name == "change_plan" else []))

    assert tried(signed_in(officer), address, "состояние «принят»", due_at=SOON) == (409, True, post, True)


@pytest.fixture
def released(call, officer, director, applicant):
    """Two judged and decided: one funded, one in the reserve, which is the applicant's."""
    judged = make_judged(call, officer=officer, now=NOW, scores=[("5", "5"), ("4", "4")])
    Application.objects.filter(pk=judged[1].pk).update(owner=applicant)
    follow_ranking(call=call, by=director, now=NOW)
    release(call=call, by=director, now=NOW)
    return [Application.objects.get(pk=one.pk) for one in judged]


@pytest.mark.parametrize("name", ["assign", "ask_plan", "assign_by_hand", "set_limits", "remind"])
def test_who_arranges_is_told_that_the_judging_is_over(released, call, officer, stranger, signed_in, name):
    page = signed_in(officer).get(at(f"reviews:{name}", call))

    assert (page.status_code, "Экспертов назначают" in said(page)) == (409, True)
    assert signed_in(stranger).get(at(f"reviews:{name}", call)).status_code == 404


# The council ----------------------------------------------------------------------------------------------------------


def test_a_director_is_told_that_decisions_are_out(released, call, director, officer, signed_in):
    browser, sentence = signed_in(director), "Решения принимают, пока"

    given = {"outcome": "fund", "amount": "1000", "why": WHY, "seen": "1"}
    assert tried(browser, at("councils:decide", released[0]), sentence, **given) == TOLD
    assert browser.get(at("councils:follow", call)).status_code == 409
    assert browser.get(at("councils:release", call)).status_code == 200
    assert browser.post(at("councils:release", call), {"code": call.code}).status_code == 422
    assert browser.get(at("councils:fund_from_reserve", released[0])).status_code == 409
    assert browser.post(at("councils:fund_from_reserve", released[0]), {"amount": "1", "why": WHY}).status_code == 422
    assert signed_in(officer).get(at("councils:decide", released[0])).status_code == 404


@pytest.fixture
def meeting(call, officer, director, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_judged(call, officer=officer, now=NOW, scores=[("5", "5")])
    return make_meeting(call, officer=officer, director=director, members=make_council(), now=NOW)


def test_a_meeting_that_is_closed_is_told(meeting, officer, director, signed_in):
    make_open(meeting, officer=officer, now=NOW)
    item = item_of(meeting, Application.objects.get(call=meeting.call))
    browser, member = signed_in(officer), signed_in(meeting.members.exclude(account=director).first().account)
    vote_all(item, "++++0"[: meeting.members.count()], officer=officer, now=NOW)
    close_item(item=item, by=officer, now=NOW)

    decided = "состояние «Решено»"
    assert tried(browser, at("councils:put_to_vote", item), decided) == TOLD
    assert tried(browser, at("councils:postpone_item", item), decided) == TOLD
    assert tried(browser, at("councils:close_item", item), decided, why=WHY)[:3] == (409, True, 422)
    assert tried(member, at("councils:cast_vote", item), decided, choice="for", member="", back="")[:3] == (409, True, 422)
    assert browser.get(at("councils:propose", item)).status_code == 409
    assert member.get(at("councils:recuse_member", item)).status_code == 409

    close_meeting(meeting=meeting, by=officer, now=NOW)
    for name in ("open_meeting", "close_meeting", "cancel_meeting"):
        assert tried(browser, at(f"councils:{name}", meeting), "состояние «Закрыто»", why=WHY) == TOLD
    for name in ("reschedule_meeting", "mark_attendance"):
        assert browser.get(at(f"councils:{name}", meeting)).status_code == 409
    assert member.get(at("councils:close_meeting", meeting)).status_code == 404
    number = standing_protocol(meeting).number
    sign_protocol(meeting=meeting, by=officer, now=NOW, seen=number)
    address = at("councils:sign_protocol", meeting)
    signed = browser.get(address)
    assert (signed.status_code, "Вы подписали протокол" in said(signed)) == (409, True)
    assert browser.post(address, {"seen": number}).status_code == 422


def test_a_meeting_that_is_cancelled_is_told(meeting, officer, signed_in):
    browser = signed_in(officer)
    early = browser.post(at("councils:sign_protocol", meeting), {"seen": "x"})
    cancel_meeting(meeting=meeting, why=WHY, by=officer, now=NOW)

    assert early.status_code == 422
    assert tried(browser, at("councils:cancel_meeting", meeting), "состояние «Отменено»", why=WHY) == TOLD


# Appeals --------------------------------------------------------------------------------------------------------------


def test_an_appeal_that_is_answered_or_taken_back_is_told(released, applicant, council_member, stranger, signed_in):
    text = "Третий лист сдан в срок, но в сумме его нет: см. таблицу на странице балла."
    appeal = file_appeal(application=released[1], grounds=["count"], text=text, by=applicant, now=NOW)
    consider_appeal(appeal=appeal, by=council_member, now=NOW)
    answered = "Проверены журнал и оба листа. Сумма посчитана по правилу положения, третьего листа не было."
    reject_appeal(appeal=appeal, answer=answered, by=council_member, now=NOW)
    browser, sentence = signed_in(council_member), "состояние «Отклонена»"

    assert tried(browser, at("results:consider", appeal), sentence) == TOLD
    assert tried(browser, at("results:answer", appeal), sentence, verdict="uphold", answer=answered)[:3] == (409, True, 422)
    assert tried(signed_in(applicant), at("results:withdraw", appeal), sentence) == TOLD
    assert signed_in(stranger).get(at("results:withdraw", appeal)).status_code == 404
    again = signed_in(applicant).get(reverse("results:file", args=[released[1].uid]))
    assert again.status_code == 200


def test_there_is_nothing_to_appeal_against_before_a_result(draft, applicant, stranger, signed_in):
    address = reverse("results:file", args=[draft.uid])

    page = signed_in(applicant).get(address)

    assert (page.status_code, "обжаловать" in said(page)) == (409, True)
    assert signed_in(stranger).get(address).status_code == 404


def test_an_appeal_withdrawn_is_not_withdrawn_again(released, applicant, signed_in):
    text = "Третий лист сдан в срок, но в сумме его нет: см. таблицу на странице балла."
    appeal = file_appeal(application=released[1], grounds=["count"], text=text, by=applicant, now=NOW)
    withdraw_appeal(appeal=appeal, by=applicant, now=NOW)

    assert tried(signed_in(applicant), at("results:withdraw", appeal), "состояние «Отозвана»") == TOLD
