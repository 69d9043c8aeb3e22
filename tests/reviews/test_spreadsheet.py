"""Score sheets in a spreadsheet: the file says what the site says, and what comes back changes drafts or is refused by cell."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from fund.audit.models import Entry
from grants.reviews.actions import declare_conflict, save_sheet, submit_sheet
from grants.reviews.models import HandIn, Sheet
from tests.counting import queries_at
from tests.factories.calls import make_call
from tests.factories.reviews import draft_of, hand_in, make_admitted, make_expert, make_sheet

pytestmark = pytest.mark.django_db
FIRST = 5  # the first row of sheets: each has use, plan and what the author is told


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging")


@pytest.fixture
def sheets(call, expert, officer, now):
    """Two sheets of the expert, in the order of the file."""
    made = [make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now) for _ in range(2)]
    from grants.reviews.queries.order import in_own_order

    return in_own_order(made)


@pytest.fixture
def client(expert, signed_in):
    return signed_in(expert)


def download(client, call):
    answer = client.get(reverse("reviews:download", args=[call.slug]))
    assert answer.status_code == 200
    return answer.content


def edited(content: bytes, *cells, change=None) -> bytes:
    """The file with these (cell, value) pairs written, as a spreadsheet program saves it."""
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    for cell, value in cells:
        page[cell] = value
    if change:
        change(page)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def look(client, call, content: bytes, name="sheets.xlsx"):
    return client.post(reverse("reviews:upload", args=[call.slug]), {"file": SimpleUploadedFile(name, content)})


def take(client, call, looked, **more):
    filled = looked.context["confirm"]["filled"].value()
    return client.post(reverse("reviews:upload", args=[call.slug]), {"filled": filled, **more})


def upload(client, call, content: bytes):
    return take(client, call, look(client, call, content))


def reasons(answer) -> list[str]:
    assert (answer.status_code, HandIn.objects.count()) == (422, 0)
    return [str(one) for one in answer.context["plan"].wrong]


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


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ([("G5", 6)], "Строка 5, ячейка G5: «Польза»: 6 вне шкалы: от 0 до 5"),
        ([("G6", 2.5)], "Строка 6, ячейка G6: «План»: 2,5 не попадает в шаг 1 от 0"),
        ([("G5", "n/a")], "Строка 5, ячейка G5: «Польза»: нужна оценка: «нет оценки» здесь нельзя"),
        ([("G5", "=2+2")], "Строка 5, ячейка G5: здесь стоит формула: впишите само число"),
        ([("H5", "=A1")], "Строка 5, ячейка H5: здесь стоит формула: впишите сам текст"),
        ([("G5", date(2026, 5, 1))], "Строка 5, ячейка G5: программа приняла оценку за дату: впишите её числом"),
        ([("G5", "1e999999999")], "Строка 5, ячейка G5: «Польза»: «1e999999999» — не число"),
        ([("G5", True)], "Строка 5, ячейка G5: это не число"),
        ([("G5", "отлично")], "Строка 5, ячейка G5: «Польза»: «отлично» — не число"),
        ([("G7", 3)], "Строка 7, ячейка G7: здесь оценки нет: это строка для автора"),
        ([("H5", "я" * 5001)], "Строка 5, ячейка H5: в комментарии должно быть не больше 5000 знаков, сейчас 5001"),
    ],
)
def test_a_cell_that_does_not_fit_is_named(client, call, sheets, cells, wrong):
    answer = look(client, call, edited(download(client, call), ("G8", 3), *cells))

    assert reasons(answer) == [wrong]
    assert set(Sheet.objects.values_list("state", flat=True)) == {"accepted"}


def test_every_fault_is_named_at_once(client, call, sheets):
    answer = look(client, call, edited(download(client, call), ("G5", 6), ("G6", "=1"), ("G8", -1)))

    assert [one.cell for one in answer.context["plan"].wrong] == ["G5", "G6", "G8"]


def swap_rows(page):
    """The two rows of plan, whole, with what is hidden in them."""
    for column in "ABCDEFGHIJ":
        page[f"{column}6"].value, page[f"{column}9"].value = page[f"{column}9"].value, page[f"{column}6"].value


def swap_shown(page):
    for column in "ABCDEFGHI":
        page[f"{column}6"].value, page[f"{column}9"].value = page[f"{column}9"].value, page[f"{column}6"].value


def swap_titles(page):
    page["C5"].value, page["C6"].value = page["C6"].value, page["C5"].value


def other_criterion(page):
    page["J6"].value = page["J6"].value.replace("/plan/", "/beauty/")


def other_sheet(page):
    page["J6"].value = "a" * 14 + page["J6"].value[14:]


def other_key(page):
    page["J6"].value = page["J6"].value.replace("/plan/", "/use/")


def without_a_row(page):
    page.delete_rows(6)


def without_the_last(page):
    page.delete_rows(10)


def with_a_row(page):
    page["A11"].value = "Ж-1"


def other_columns(page):
    page["G4"].value, page["H4"].value = page["H4"].value, page["G4"].value


MOVED = "строку переместили: каждая должна стоять там, где была при скачивании"


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (swap_rows, f"Строка 6, ячейка A6: {MOVED}"),
        (swap_titles, "Строка 5, ячейка C5: здесь стоит название другого критерия: ячейки переместили"),
        (other_criterion, "Строка 6, ячейка C6: критерия «beauty» нет"),
        (other_sheet, "Строка 6, ячейка A6: такого листа среди ваших нет"),
        (other_key, f"Строка 6, ячейка A6: {MOVED}"),
        (without_a_row, f"Строка 6, ячейка A6: {MOVED}"),
        (without_the_last, "Строка 10, ячейка A10: этой строки не было при скачивании, или перед ней не хватает строки"),
        (with_a_row, "Строка 11, ячейка A11: этой строки не было при скачивании, или перед ней не хватает строки"),
        (other_columns, "Строка 4, ячейка A4: столбцы стоят не так, как при скачивании"),
    ],
)
def test_rows_and_cells_that_were_moved_are_named(client, call, sheets, change, first):
    answer = look(client, call, edited(download(client, call), ("G5", 3), change=change))

    assert reasons(answer)[0] == first
    assert set(Sheet.objects.values_list("state", flat=True)) == {"accepted"}


def test_shown_cells_swapped_under_their_marks_are_named(client, call, sheets):
    answer = look(client, call, edited(download(client, call), change=swap_shown))

    number, other = (sheet.application.number for sheet in sheets)
    assert reasons(answer) == [
        f"Строка 6, ячейка A6: стоит «{other}», а была «{number}»: ячейки переместили",
        f"Строка 9, ячейка A9: стоит «{number}», а была «{other}»: ячейки переместили",
    ]


def test_another_experts_file_is_refused(client, call, sheets, officer, now, signed_in):
    other = make_expert()
    make_sheet(sheets[0].application, other, officer=officer, now=now)
    theirs = download(signed_in(other), call)

    answer = look(client, call, theirs)

    assert reasons(answer) == ["Строка 1, ячейка A1: это листы другого эксперта: каждый загружает то, что скачал сам"]


def test_another_calls_file_is_refused(client, call, sheets, expert, officer, now):
    elsewhere = make_call(officer, now=now, state="judging")
    make_sheet(make_admitted(elsewhere, now=now), expert, officer=officer, now=now)

    answer = look(client, call, download(client, elsewhere))

    assert reasons(answer) == ["Строка 1, ячейка A1: это листы другого конкурса: загрузите их на его странице"]


def test_rows_of_two_downloads_are_refused(client, call, sheets, expert, now):
    old = load_workbook(BytesIO(download(client, call))).worksheets[0]
    save_sheet(sheet=sheets[0], draft=draft_of(use="4", plan="3"), remark="", version=0, by=expert, now=now)

    def mix(page):
        page["J6"].value = old["J6"].value

    answer = look(client, call, edited(download(client, call), change=mix))

    assert reasons(answer) == ["Строка 6, ячейка A6: эта строка из другого скачивания, чем строки над ней"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sheets.csv", b"a;b", "такие файлы мы не принимаем"),
        ("sheets.xlsx", b"not a spreadsheet", "содержимое не соответствует расширению"),
        ("sheets.xlsx", b"", "пуст"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(client, call, sheets, name, content, words):
    answer = look(client, call, content, name)

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The archive with some of its entries written anew; `sheet` is the first worksheet."""
    names, out = {"xl/worksheets/sheet1.xml": parts["sheet"]}, BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, names.get(entry, old.read(entry)))
    return out.getvalue()


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>',
        b"<worksheet><sheetData><row r='x'><c r='1A'><v>1</v></c></row></sheetData></worksheet>",
        b"<worksheet>" + b" " * 16_000_000 + b"</worksheet>",
    ],
)
def test_a_hostile_archive_is_refused(client, call, sheets, sheet):
    answer = look(client, call, repacked(download(client, call), sheet=sheet))

    assert answer.status_code == 422
    assert "sheets.xlsx" in str(answer.context["form"].errors.get("file") or [*answer.context["plan"].wrong, "sheets.xlsx"])


def test_a_comment_too_short_is_refused_where_a_score_is_given(client, expert, officer, now):
    text = "title: {{ru: Польза, en: Use}}, scale: {{max: 5}}, weight: 3,"
    from tests.factories import calls

    asked = calls.REGULATION.replace(text, text + " comment_min: 10,").replace(
        "comment_min: 0, others", "comment_min: 20, others"
    )
    assert asked != calls.REGULATION
    old, calls.REGULATION = calls.REGULATION, asked
    try:
        call = make_call(officer, now=now, state="judging")
    finally:
        calls.REGULATION = old
    make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now)
    content = download(client, call)

    answer = look(client, call, edited(content, ("G5", 4), ("H5", "Мало"), ("G6", 3), ("H7", "Коротко")))

    assert reasons(answer) == [
        "Строка 5, ячейка H5: «Польза»: объясните оценку, не меньше 10 знаков, сейчас 4",
        "Строка 7, ячейка H7: Напишите автору не меньше 20 знаков, сейчас 7",
    ]
    # Gaps are no faults: a draft may be filled in later.
    assert look(client, call, edited(content, ("G6", 3), ("H5", "Мало"))).status_code == 200


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
