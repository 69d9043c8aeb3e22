"""Score sheets in a spreadsheet: the file holds what its expert may see, and what comes back becomes drafts."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from fund.audit.models import Entry
from grants.reviews.actions import save_sheet
from grants.reviews.models import HandIn, Sheet
from tests.counting import queries_at
from tests.factories.reviews import draft_of, hand_in, make_admitted, make_expert, make_sheet
from tests.reviews.spreadsheet.files import FIRST, download, edited, look, take, upload

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


def test_download_holds_what_an_expert_may_see_and_nothing_else(client, call, sheets, expert, officer, now):
    other = make_sheet(sheets[0].application, make_expert(), officer=officer, now=now)
    hand_in(other, now=now, use="1", plan="2", remark="Слова другого эксперта")
    make_sheet(make_admitted(call, now=now, title="Не принята"), expert, officer=officer, now=now, accepted=False)
    save_sheet(sheet=sheets[0], draft=draft_of(use="4", plan=""), remark="=1+1", version=0, by=expert, now=now)

    content = download(client, call)

    page = load_workbook(BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row[:9]] for row in page.iter_rows(min_row=FIRST)]
    assert [row[0] for row in rows] == [sheet.application.number for sheet in sheets for _ in range(3)]
    assert [row[2] for row in rows] == ["Польза", "План", "Что сказать автору"] * 2
    assert [row[6] for row in rows[:3]] == [4, "нет оценки", ""]
    assert (page["H7"].value, page["H7"].data_type) == ("=1+1", "s")
    assert page.column_dimensions["J"].hidden
    assert page.protection.sheet
    assert not page["G5"].protection.locked
    assert page["A5"].protection.locked
    told = "".join(str(cell) for row in rows for cell in row)
    for secret in ("Слова другого", "Телефон автора", "Не принята", sheets[0].application.owner.person.last_name):
        assert secret not in told


def test_download_is_nobody_elses(call, sheets, signed_in, officer, director, stranger, client):
    assert client.get(reverse("reviews:upload", args=[call.slug])).status_code == 200
    for account in (officer, director, stranger, make_expert()):
        for name in ("download", "upload"):
            assert signed_in(account).get(reverse(f"reviews:{name}", args=[call.slug])).status_code == 404


def test_upload_shows_the_difference_and_changes_nothing_yet(client, call, sheets):
    looked = look(client, call, edited(download(client, call), ("G5", 4), ("G6", 4.0), ("H7", "Двор  оживёт"), ("G8", "2")))

    found = [
        (one.sheet, [(d.title, d.new.get("value"), d.new["comment"]) for d in one.differences])
        for one in looked.context["plan"].changes
    ]
    assert looked.status_code == 200
    assert found == [
        (sheets[0], [("Польза", "4", ""), ("План", "4", ""), ("Что сказать автору", None, "Двор  оживёт")]),
        (sheets[1], [("Польза", "2", "")]),
    ]
    assert set(Sheet.objects.values_list("state", "version")) == {("accepted", 0)}


def test_upload_takes_over_into_drafts_and_hands_nothing_in(client, call, sheets, expert):
    answer = upload(
        client, call, edited(download(client, call), ("G5", 4), ("G6", "Нет оценки"), ("H7", "Двор оживёт"), ("G8", "2"))
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("reviews:list"))
    first, second = (Sheet.objects.get(pk=sheet.pk) for sheet in sheets)
    assert (first.state, first.draft["use"]["value"], first.draft["plan"]["na"], first.remark) == (
        "draft",
        "4",
        True,
        "Двор оживёт",
    )
    assert (second.state, second.draft) == ("draft", {"use": {"value": "2", "na": False, "comment": ""}})
    assert HandIn.objects.count() == 0
    entry = Entry.objects.get(verb="reviews.upload_sheets")
    assert (entry.by, entry.facts) == (expert, {"sheets": sorted(sheet.pk for sheet in sheets)})


def test_the_same_file_again_changes_nothing(client, call, sheets):
    content = edited(download(client, call), ("G5", 4.50 // 1), ("H5", "Да"))
    upload(client, call, content)

    again = look(client, call, content)

    assert (again.status_code, again.context["plan"].changes, again.context["plan"].same) == (200, [], 2)
    assert [Sheet.objects.get(pk=sheet.pk).version for sheet in sheets] == [1, 0]


def test_the_same_marks_pressed_twice_change_nothing(client, call, sheets):
    looked = look(client, call, edited(download(client, call), ("G5", 4)))
    take(client, call, looked)

    assert take(client, call, looked).status_code == 302
    assert Sheet.objects.get(pk=sheets[0].pk).version == 1
    assert Entry.objects.filter(verb="reviews.upload_sheets").count() == 1


def test_a_file_filled_in_further_is_taken_again_without_a_quarrel(client, call, sheets):
    content = download(client, call)
    upload(client, call, edited(content, ("G5", 4)))

    looked = look(client, call, edited(content, ("G5", 4), ("G6", 3)))

    assert (looked.status_code, looked.context["plan"].stale) == (200, [])
    assert take(client, call, looked).status_code == 302
    assert Sheet.objects.get(pk=sheets[0].pk).draft["plan"]["value"] == "3"


def test_what_was_typed_in_other_signs_stays_as_it_was_typed(client, call, sheets, expert, now):
    save_sheet(sheet=sheets[0], draft=draft_of(use="4,0", plan="3"), remark="Раз\r\nдва", version=0, by=expert, now=now)

    looked = look(client, call, edited(download(client, call), ("G5", 4)))

    assert looked.context["plan"].changes == []


def test_a_tie_found_this_moment_leaves_the_download(client, call, sheets, expert):
    type(expert.person).objects.filter(pk=expert.person.pk).update(household=sheets[0].application.owner.person.household_id)

    rows = list(load_workbook(BytesIO(download(client, call))).worksheets[0].iter_rows(min_row=FIRST))

    assert [row[0].value for row in rows] == [sheets[1].application.number] * 3


def test_a_language_changed_between_is_no_quarrel(client, call, sheets):
    with override("en"):
        english = download(client, call)
    with override("ru"):
        refused = look(client, call, edited(english, ("G5", "No score")))
        taken = upload(client, call, edited(english, ("G6", "No score"), ("H7", "Двор")))

    assert [one.cell for one in refused.context["plan"].wrong] == ["G5"]
    assert taken.status_code == 302
    assert Sheet.objects.get(pk=sheets[0].pk).draft["plan"]["na"] is True


def test_who_competes_has_no_spreadsheet(call, sheets, expert, now, client):
    make_admitted(call, now=now, owner=expert)

    assert client.get(reverse("reviews:download", args=[call.slug])).status_code == 404


@pytest.mark.parametrize("name", ["upload", "download"])
def test_queries_do_not_grow_with_the_sheets(client, call, sheets, expert, officer, now, name):
    def more(many):
        for _ in range(many):
            make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now)

    few, many = queries_at(client, reverse(f"reviews:{name}", args=[call.slug]), more, (3, 30))

    assert few == many <= 30
