"""What happened on the site between the download, the look and the act: shown, refused, never overwritten."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from grants.reviews.actions import declare_conflict, save_sheet, submit_sheet
from grants.reviews.models import Sheet
from tests.factories.reviews import draft_of, hand_in, make_expert, make_sheet
from tests.reviews.spreadsheet.files import FIRST, download, edited, look, reasons, take, upload

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


def test_a_sheet_handed_in_meanwhile_is_refused(client, call, sheets, expert, now):
    content = download(client, call)
    hand_in(sheets[0], now=now, use="4", plan="3")

    answer = look(client, call, edited(content, ("G5", 1), ("G8", 2)))

    number = sheets[0].application.number
    assert answer.status_code == 422
    assert [str(one) for one in answer.context["plan"].wrong] == [
        f"Строка 5, ячейка A5: лист по заявке {number} уже сдан и остаётся как есть"
    ]
    assert Sheet.objects.get(pk=sheets[1].pk).state == "accepted"


def test_a_sheet_handed_in_as_the_file_says_is_no_quarrel(client, call, sheets, expert, now):
    content = edited(download(client, call), ("G5", 4), ("G6", 3), ("G8", 2))
    upload(client, call, content)
    submit_sheet(sheet=Sheet.objects.get(pk=sheets[0].pk), by=expert, now=now)

    assert look(client, call, content).context["plan"].changes == []


def test_a_conflict_declared_since_closes_its_rows(client, call, sheets, expert, now):
    content = download(client, call)
    declare_conflict(sheet=sheets[0], kind="friend", by=expert, now=now)

    answer = look(client, call, edited(content, ("G5", 1), ("G8", 2)))

    assert look(client, call, edited(content, ("G8", 2))).status_code == 200  # nothing of the closed one is brought
    assert reasons(answer) == ["Строка 5, ячейка A5: эта заявка для вас закрыта: её строки взять нельзя"]
    assert sheets[0].application.title not in answer.content.decode()
    assert [row[0].value for row in load_workbook(BytesIO(download(client, call))).worksheets[0].iter_rows(min_row=FIRST)] == [
        sheets[1].application.number
    ] * 3


def test_a_conflict_found_between_look_and_act_takes_nothing(client, call, sheets, expert, now):
    looked = look(client, call, edited(download(client, call), ("G5", 4), ("G8", 2)))
    declare_conflict(sheet=sheets[0], kind="friend", by=expert, now=now)

    answer = take(client, call, looked)

    assert answer.status_code == 422
    assert Sheet.objects.get(pk=sheets[1].pk).version == 0


def test_what_changed_on_the_site_is_shown_and_both_are_kept(client, call, sheets, expert, now):
    content = edited(download(client, call), ("G5", 4), ("G8", 2))
    save_sheet(sheet=sheets[0], draft=draft_of(use="1", plan=""), remark="С сайта", version=0, by=expert, now=now)

    looked = look(client, call, content)
    refused = take(client, call, looked)

    sheet = Sheet.objects.get(pk=sheets[0].pk)
    assert (looked.status_code, refused.status_code) == (409, 422)
    assert [one.sheet for one in looked.context["plan"].stale] == [sheets[0]]
    assert [(one.old["value"], one.new["value"]) for one in looked.context["plan"].stale[0].differences] == [("1", "4")]
    assert (sheet.draft["use"]["value"], sheet.version, Sheet.objects.get(pk=sheets[1].pk).version) == ("1", 1, 0)
    assert take(client, call, refused, knowing="on").status_code == 302
    sheet.refresh_from_db()
    assert (sheet.draft["use"]["value"], sheet.remark) == ("4", "С сайта")


def test_what_was_written_on_the_site_stays_where_the_file_brings_nothing(client, call, sheets, expert, now):
    content = edited(download(client, call), ("G8", 2))
    save_sheet(sheet=sheets[0], draft=draft_of(use="1", plan="2"), remark="С сайта", version=0, by=expert, now=now)
    save_sheet(sheet=sheets[1], draft=draft_of(use="", plan="3"), remark="", version=0, by=expert, now=now)
    Sheet.objects.filter(pk=sheets[1].pk).update(draft={"plan": {"value": "3", "na": False, "comment": ""}})

    looked = look(client, call, content)

    assert (looked.status_code, looked.context["plan"].stale) == (200, [])
    take(client, call, looked)
    first, second = (Sheet.objects.get(pk=sheet.pk) for sheet in sheets)
    assert (first.draft["use"]["value"], first.remark) == ("1", "С сайта")
    assert (second.draft["use"]["value"], second.draft["plan"]["value"]) == ("2", "3")


def test_what_changed_between_look_and_act_takes_nothing(client, call, sheets, expert, now):
    looked = look(client, call, edited(download(client, call), ("G5", 4), ("G8", 2)))
    save_sheet(sheet=sheets[1], draft=draft_of(use="1", plan=""), remark="", version=0, by=expert, now=now)

    answer = take(client, call, looked)

    assert (answer.status_code, [one.sheet for one in answer.context["plan"].stale]) == (422, [sheets[1]])
    assert Sheet.objects.get(pk=sheets[0].pk).version == 0
    assert take(client, call, answer, knowing="on").status_code == 302


def test_a_call_that_is_judged_no_more_takes_nothing(client, call, sheets):
    looked = look(client, call, edited(download(client, call), ("G5", 4)))
    type(call).objects.filter(pk=call.pk).update(state="released")

    assert take(client, call, looked).status_code == 404
    assert Sheet.objects.get(pk=sheets[0].pk).version == 0


@pytest.mark.parametrize("filled", ["", "x", "eyJhIjoxfQ:1abc:sig"])
def test_marks_that_nobody_signed_are_refused(client, call, sheets, filled):
    answer = client.post(reverse("reviews:upload", args=[call.slug]), {"filled": filled})

    assert answer.status_code == 422
    assert Sheet.objects.get(pk=sheets[0].pk).version == 0


def test_another_experts_look_is_refused(client, call, sheets, officer, now, signed_in):
    other = make_expert()
    make_sheet(sheets[0].application, other, officer=officer, now=now)
    theirs = signed_in(other)
    looked = look(theirs, call, edited(download(theirs, call), ("G5", 4)))

    assert take(client, call, looked).status_code == 422
    assert set(Sheet.objects.values_list("version", flat=True)) == {0}
