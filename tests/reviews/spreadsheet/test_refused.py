"""A spreadsheet that does not fit is refused with row, cell and reason, and changes nothing."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from grants.reviews.actions import save_sheet
from grants.reviews.models import Sheet
from tests.factories.calls import make_call
from tests.factories.reviews import draft_of, make_admitted, make_expert, make_sheet
from tests.reviews.spreadsheet.files import download, edited, look, reasons

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


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


def test_merged_cells_are_named(client, call, sheets):
    def merge(page):
        page.merge_cells("G5:G6")
        page.merge_cells("H8:H9")

    answer = look(client, call, edited(download(client, call), ("G5", 4), ("H8", "Хорошо"), change=merge))

    assert reasons(answer) == [
        "Строка 6, ячейка G6: ячейка объединена с другой: разъедините их и впишите каждое число само по себе",
        "Строка 9, ячейка H9: ячейка объединена с другой: разъедините их и напишите каждый текст сам по себе",
    ]


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
