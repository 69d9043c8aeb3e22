"""The officers' pages about calls: each calls its verb, refuses in the form, and is not there for others."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.calls.actions import ask_curator
from grants.calls.models import Call, Question, Version
from tests.factories.calls import make_call, make_draft_call, make_regulation

NOW = timezone.now()


def local(at) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def upload(browser, text: str, name: str = "yard.yaml"):
    return browser.post("/ru/desk/import-call/", {"file": SimpleUploadedFile(name, text.encode())})


@pytest.mark.parametrize("page", ["", "dates/", "announce/", "open/", "cancel/"])
def test_desk_pages_of_a_draft(officer, desk, stranger, applicant, signed_in, page):
    call = make_draft_call(officer, opens=NOW + timedelta(days=1), closes=NOW + timedelta(days=9))
    path = f"/ru/desk/calls/{call.slug}/{page}"

    codes = [browser.get(path).status_code for browser in (desk, signed_in(applicant), signed_in(stranger))]

    assert codes == [200, 404, 404]


def test_the_card_of_dates_names_the_zone_of_each(officer, desk):
    call = make_call(officer)
    card = desk.get(f"/ru/desk/calls/{call.slug}/").text.partition('id="dates"')[2].partition("</dl>")[0]

    assert card.count("по Калининграду") == card.count("<dd>") > 3


def test_desk_lists_calls_and_narrows_them(officer, desk):
    make_draft_call(officer, title="Черновой двор")
    make_call(officer, title="Открытый двор")

    page = desk.get("/ru/desk/calls/?state=draft").text

    assert "Черновой двор" in page
    assert "Открытый двор" not in page


def test_desk_asks_as_much_for_three_as_for_thirty(officer, desk, django_assert_max_num_queries):
    counts = []
    for total in (3, 30):
        while Call.objects.count() < total:
            make_draft_call(officer)
        with django_assert_max_num_queries(15) as asked:
            desk.get("/ru/desk/calls/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_import_shows_first_and_saves_after(desk):
    text = make_regulation(NOW, key="yard")

    seen = upload(desk, text)
    form = seen.context["confirm"]
    sent = desk.post("/ru/desk/import-call/", {name: form[name].value() for name in ("name", "text", "once")})

    assert (seen.status_code, sent.status_code, sent.url) == (200, 302, "/ru/desk/calls/yard/")
    assert Call.objects.get().state == "draft"


def test_import_looking_saves_nothing(desk):
    upload(desk, make_regulation(NOW))

    assert Call.objects.count() == 0


def test_import_shows_a_wrong_example_in_red_with_its_line(desk):
    response = upload(desk, make_regulation(NOW, expected="17.5"))

    assert response.status_code == 422
    assert "yard.yaml:" in response.text
    assert "17,5" in response.text
    assert Call.objects.count() == 0


def test_import_says_before_saving_that_an_open_call_has_the_address(officer, desk):
    make_call(officer, key="yard", prefix="ЯЯ")

    seen = upload(desk, make_regulation(NOW, key="yard", prefix="ЖД"))

    assert (seen.status_code, [problem.at for problem in seen.context["upload"].problems]) == (422, ["call.key"])
    assert 'name="once"' not in seen.text


@pytest.mark.parametrize(
    "text", ["", "\x00", ": :", "- 1", "a: &b 1\nc: *b", "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1")]
)
def test_import_of_rubbish_is_refused(desk, text):
    assert upload(desk, text).status_code == 422


def test_import_of_bytes_is_refused(desk):
    response = desk.post("/ru/desk/import-call/", {"file": SimpleUploadedFile("yard.yaml", b"\xff\xfe\x00")})

    assert response.status_code == 422


def test_open_posts_and_opens(officer, desk):
    call = make_draft_call(officer)

    desk.post(f"/ru/desk/calls/{call.slug}/open/")

    call.refresh_from_db()
    assert call.state == "open"


def test_reschedule_refuses_a_date_in_the_past_at_its_field(officer, desk):
    call = make_draft_call(officer)
    timeline = call.regulation.timeline
    dates = {
        "opens": timeline.opens,
        "closes": NOW - timedelta(days=2),
        "checked_by": timeline.checked_by,
        "judged_by": timeline.judged_by,
    }

    response = desk.post(f"/ru/desk/calls/{call.slug}/dates/", {name: local(at) for name, at in dates.items()})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["closes"]


def test_amend_refuses_less_money_at_its_field(officer, desk):
    call = make_call(officer)

    response = desk.post(f"/ru/desk/calls/{call.slug}/amend/", {"envelope": "900 000", "reason": "Сократили"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["envelope"]


def test_amend_with_the_dates_as_shown_changes_only_the_money(officer, desk):
    call = make_call(officer)
    shown = {name: local(getattr(call.regulation.timeline, name)) for name in ("closes", "checked_by", "judged_by", "decided_by")}

    response = desk.post(f"/ru/desk/calls/{call.slug}/amend/", {**shown, "envelope": "1 200 000", "reason": "Добавили"})

    assert response.status_code == 302
    assert [change.path for change in changes_of(call)] == ["money.envelope"]


def changes_of(call):
    from grants.calls.regulation import differences

    first, second = Version.objects.filter(call=call)
    return differences(first.regulation, second.regulation)


def test_compare_shows_what_changed(officer, desk):
    call = make_call(officer)
    desk.post(f"/ru/desk/calls/{call.slug}/amend/", {"envelope": "1200000", "reason": "Добавили"})

    russian, english = (desk.get(f"/{lang}/desk/calls/{call.slug}/versions/2/") for lang in ("ru", "en"))

    assert [(one.where, one.before, one.after) for one in russian.context["changes"]] == [
        (("Деньги и отбор", "Бюджет конкурса, ₽"), "1\u00a0000\u00a0000", "1\u00a0200\u00a0000")
    ]
    assert "Деньги и отбор · Бюджет конкурса, ₽" in russian.text
    assert "Money and selection · Envelope of the call, ₽" in english.text
    assert "money.envelope" not in russian.text + english.text
    assert desk.get(f"/ru/desk/calls/{call.slug}/versions/99999999999999999999/").status_code == 404


def test_ask_and_answer(officer, applicant, desk, signed_in):
    call = make_call(officer)
    asker = signed_in(applicant)
    token = asker.get(f"/ru/desk/calls/{call.slug}/ask/").context["form"]["once"].value()

    for _ in range(2):
        asker.post(f"/ru/desk/calls/{call.slug}/ask/", {"text": "Нужна ли печать?", "once": token})
    question = Question.objects.get()
    desk.post(f"/ru/desk/call-questions/{question.uid}/", {"answer": "Нет.", "is_public": "yes"})

    assert "Нет." in asker.get(f"/ru/calls/{call.slug}/").text


def test_answer_is_not_there_for_others(officer, applicant, stranger, signed_in):
    question = ask_curator(make_call(officer), text="Можно?", by=applicant, now=NOW)

    codes = [signed_in(user).get(f"/ru/desk/call-questions/{question.uid}/").status_code for user in (applicant, stranger)]

    assert codes == [404, 404]


def test_cancel_without_a_reason_is_refused_at_its_field(officer, desk):
    call = make_call(officer)

    response = desk.post(f"/ru/desk/calls/{call.slug}/cancel/", {"why": ""})

    assert list(response.context["form"].errors) == ["why"]
