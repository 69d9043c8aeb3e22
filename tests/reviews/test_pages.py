"""The pages of judging: what the expert and the officer see and press, and that nobody else gets in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.calls.models import Call
from grants.reviews.actions import declare_conflict
from grants.reviews.models import HandIn, Sheet
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging")


@pytest.fixture
def sheet(call, expert, officer, now):
    return make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now)


def typed(**changes) -> dict:
    values = {
        "version": "0",
        "remark": "Сильная идея",
        "use_value": "4",
        "use_comment": "",
        "plan_value": "3",
        "plan_comment": "",
    }
    return values | changes


def test_list_shows_the_experts_own_sheets(sheet, expert, signed_in):
    page = signed_in(expert).get(reverse("reviews:list")).content.decode()

    assert sheet.application.title in page
    assert sheet.application.title not in signed_in(make_expert()).get(reverse("reviews:list")).content.decode()


def test_answer_page_opens_what_is_accepted(call, expert, officer, now, signed_in):
    sheet = make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now, accepted=False)
    client = signed_in(expert)
    assert client.get(reverse("reviews:score", args=[sheet.uid])).status_code == 404

    answer = client.post(reverse("reviews:declare", args=[call.slug]), {sheet.uid: "accept", f"{sheet.uid}_why": ""})

    assert answer.status_code == 302
    assert client.get(reverse("reviews:score", args=[sheet.uid])).status_code == 200


def test_answer_page_names_what_is_missing(call, expert, officer, now, signed_in):
    sheet = make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now, accepted=False)

    answer = signed_in(expert).post(reverse("reviews:declare", args=[call.slug]), {sheet.uid: "decline"})

    assert answer.status_code == 422
    assert f"{sheet.uid}_why" in answer.context["form"].errors


def test_score_page_shows_the_application_without_its_author(sheet, expert, signed_in):
    page = signed_in(expert).get(reverse("reviews:score", args=[sheet.uid])).content.decode()

    assert "Двор станет общим." in page
    assert "Телефон автора" not in page
    assert sheet.application.owner.person.last_name not in page


def test_score_keeps_what_is_typed_without_scripts(sheet, expert, signed_in):
    answer = signed_in(expert).post(reverse("reviews:score", args=[sheet.uid]), typed(plan_value=""))

    sheet.refresh_from_db()
    assert answer.status_code == 302
    assert (sheet.state, sheet.draft["use"]["value"], sheet.remark) == ("draft", "4", "Сильная идея")


def test_autosave_answers_with_the_state_alone(sheet, expert, signed_in):
    answer = signed_in(expert).post(reverse("reviews:score", args=[sheet.uid]), typed(), headers=HTMX)

    assert answer.status_code == 200
    assert len(answer.content) < 1024
    assert b'name="version" value="1"' in answer.content


def test_autosave_from_a_stale_tab_is_told(sheet, expert, signed_in):
    client = signed_in(expert)
    client.post(reverse("reviews:score", args=[sheet.uid]), typed(), headers=HTMX)

    answer = client.post(reverse("reviews:score", args=[sheet.uid]), typed(use_value="1"), headers=HTMX)

    sheet.refresh_from_db()
    assert answer.status_code == 409
    assert sheet.draft["use"]["value"] == "4"


def test_a_stale_form_shows_both_versions_and_may_be_saved_again(sheet, expert, signed_in):
    client, address = signed_in(expert), reverse("reviews:score", args=[sheet.uid])
    client.post(address, typed())

    answer = client.post(address, typed(use_value="1"))
    again = client.post(address, typed(use_value="1", version=answer.context["form"]["version"].value()))

    sheet.refresh_from_db()
    assert (answer.status_code, again.status_code) == (409, 302)
    assert [(title, mine["value"], other["value"]) for title, mine, other in answer.context["form"].differences()] == [
        ("Польза", "1", "4")
    ]
    assert sheet.draft["use"]["value"] == "1"


def test_next_leads_past_what_is_closed(call, expert, officer, now, signed_in):
    sheets = [make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now) for _ in range(4)]
    for sheet in sheets[1:3]:
        declare_conflict(sheet=sheet, kind="friend", by=expert, now=now)

    page = signed_in(expert).get(reverse("reviews:score", args=[sheets[0].uid]))

    beside = [page.context["before"], page.context["after"]]
    assert [sheet for sheet in beside if sheet] == [sheets[3]]
    assert page.context["readable"] == 2


@pytest.mark.parametrize(("visible", "seen"), [("after_own", 1), ("never", 0)])
def test_other_sheets_are_seen_after_handing_in_if_the_regulation_says_so(officer, expert, now, signed_in, visible, seen):
    call = make_call(officer, now=now, state="judging", others=visible)
    application = make_admitted(call, now=now)
    sheet = make_sheet(application, expert, officer=officer, now=now)
    hand_in(make_sheet(application, make_expert(), officer=officer, now=now), now=now, use="1", plan="2", remark="Слабо")
    client, address = signed_in(expert), reverse("reviews:score", args=[sheet.uid])

    before = client.get(address)
    hand_in(sheet, now=now, use="4", plan="3")
    after = client.get(address)

    assert (len(before.context["others"]), len(after.context["others"])) == (0, seen)
    assert ("Слабо" in before.content.decode(), "Слабо" in after.content.decode()) == (False, bool(seen))


def test_answer_page_names_the_applicant_only_where_names_are_shown(officer, expert, now, signed_in):
    for blind in (True, False):
        call = make_call(officer, now=now, state="judging", blind=str(blind).lower())
        application = make_admitted(call, now=now)
        make_sheet(application, expert, officer=officer, now=now, accepted=False)

        page = signed_in(expert).get(reverse("reviews:declare", args=[call.slug])).content.decode()

        assert (application.owner.person.last_name in page) is not blind


def test_submit_hands_in_what_stands_in_the_form(sheet, expert, signed_in):
    answer = signed_in(expert).post(reverse("reviews:submit", args=[sheet.uid]), typed())

    assert answer.status_code == 302
    assert HandIn.objects.get().total == 18


def test_submit_names_the_criterion_and_keeps_the_rest(sheet, expert, signed_in):
    answer = signed_in(expert).post(reverse("reviews:submit", args=[sheet.uid]), typed(plan_value="7"))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["plan_value"]
    assert HandIn.objects.count() == 0
    assert "Сильная идея" in answer.content.decode()
    assert answer.context["form"]["version"].value() == 1


def test_submit_names_every_place_at_once(sheet, expert, signed_in):
    answer = signed_in(expert).post(reverse("reviews:submit", args=[sheet.uid]), typed(use_value="", plan_value="7"))

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["plan_value", "use_value"]
    assert list(answer.context["form"].fields)[-1] == "remark"


def test_submitting_twice_hands_in_once(sheet, expert, signed_in):
    client = signed_in(expert)
    client.post(reverse("reviews:submit", args=[sheet.uid]), typed())

    again = client.post(reverse("reviews:submit", args=[sheet.uid]), typed())

    assert again.status_code == 422
    assert HandIn.objects.count() == 1


@pytest.mark.parametrize("value", ["\x00", "9" * 30, "NaN", "<b>"])
def test_score_never_breaks_on_what_is_typed(sheet, expert, signed_in, value):
    answer = signed_in(expert).post(reverse("reviews:submit", args=[sheet.uid]), typed(use_value=value))

    assert answer.status_code == 422


def test_conflict_page_closes_the_application(sheet, expert, signed_in):
    client = signed_in(expert)

    client.post(reverse("reviews:conflict", args=[sheet.uid]), {"kind": "friend", "why": ""})

    assert client.get(reverse("reviews:score", args=[sheet.uid])).status_code == 410
    assert Sheet.objects.get().state == "conflicted"


def test_assign_page_blocks_a_tie_and_keeps_the_plan(call, officer, now, signed_in):
    free, tied = make_expert("Свободный"), make_expert("Связанный")
    application = make_admitted(call, now=now)
    tied.person.household = application.owner.person.household
    tied.person.save()
    client = signed_in(officer)
    address = reverse("reviews:assign_by_hand", args=[call.slug])
    due = (now + timedelta(days=9)).date().isoformat()

    assert f'value="{application.pk}:{tied.pk}"' not in client.get(address).content.decode()
    refused = client.post(address, {"due_at": due, "pairs": [f"{application.pk}:{free.pk}", f"{application.pk}:{tied.pk}"]})
    kept = client.post(address, {"due_at": due, "pairs": [f"{application.pk}:{free.pk}"]})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert Sheet.objects.get().expert == free


def test_reopen_page_wants_a_reason(sheet, officer, now, signed_in):
    hand_in(sheet, now=now, use="4", plan="3")
    address = reverse("reviews:reopen", args=[sheet.uid])
    client = signed_in(officer)

    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "Перепутаны заявки"}).status_code == 302


@pytest.mark.parametrize(
    ("query", "status"), [("", 200), ("?show=submitted", 200), ("?show=x", 404), ("?page=2", 404), ("?page=x", 404)]
)
def test_progress_page_filters_and_answers_nonsense_with_not_found(sheet, call, officer, signed_in, query, status):
    assert signed_in(officer).get(reverse("reviews:progress", args=[call.slug]) + query).status_code == status


@pytest.mark.parametrize("page", ["score", "submit", "conflict", "decline", "read", "reopen"])
def test_a_strangers_door(sheet, stranger, applicant, signed_in, page):
    for user in (stranger, applicant, make_expert()):
        assert signed_in(user).get(reverse(f"reviews:{page}", args=[sheet.uid])).status_code == 404


@pytest.mark.parametrize("page", ["assign", "progress"])
def test_the_officers_pages_are_the_officers(sheet, call, expert, stranger, signed_in, page):
    for user in (expert, stranger):
        assert signed_in(user).get(reverse(f"reviews:{page}", args=[call.slug])).status_code == 404


@pytest.mark.parametrize(("state", "offers"), [("judging", True), ("released", False)])
def test_a_sheet_offers_to_step_aside_while_it_is_judged(sheet, call, expert, signed_in, now, state, offers):
    hand_in(sheet, now=now, use="4", plan="3")
    Call.objects.filter(pk=call.pk).update(state=state)

    page = signed_in(expert).get(reverse("reviews:score", args=[sheet.uid])).content.decode()

    assert (reverse("reviews:conflict", args=[sheet.uid]) in page) is offers
