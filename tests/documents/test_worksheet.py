"""A worksheet from outside: cells as text with their kind, limits before anything is parsed."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from fund.documents.formats import Cell, Unfit, read_worksheet


def made(*rows) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_cells_say_what_they_hold():
    content = made(["текст", 4.50, 3, True, date(2026, 5, 1), "=1+1", None, 0.1 + 0.2])

    (row,) = read_worksheet(content, columns=9, rows=5)

    assert [cell.kind for cell in row] == ["text", "number", "number", "truth", "moment", "formula", "empty", "number", "empty"]
    assert [cell.text for cell in row][:3] == ["текст", "4.5", "3"]
    assert (row[5].text, row[7].text, row[8]) == ("=1+1", "0.3", Cell())


def test_cells_under_a_merged_one_are_named():
    book, out = Workbook(), BytesIO()
    for row in (["a", "b"], ["c", "d"]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("A2:A900")
    book.save(out)

    read = read_worksheet(out.getvalue(), columns=2, rows=5)

    assert [[cell.kind for cell in row] for row in read] == [["text", "merged"], ["text", "text"]]


def test_columns_and_empty_ends_are_cut():
    assert read_worksheet(made([1, 2, 3], [None], [None]), columns=2, rows=5) == [[Cell("1", "number"), Cell("2", "number")]]


def test_more_rows_than_expected_are_refused():
    content = made(*([1] for _ in range(6)))

    assert len(read_worksheet(content, columns=1, rows=6)) == 6
    with pytest.raises(Unfit, match="5"):
        read_worksheet(content, columns=1, rows=5)


def test_a_row_at_the_end_of_the_world_is_not_walked_to():
    content = made([1])
    book = Workbook()
    book.active["A1048576"] = 1
    out = BytesIO()
    book.save(out)

    assert len(read_worksheet(content, columns=1, rows=3)) == 1
    assert len(read_worksheet(out.getvalue(), columns=1, rows=3)) == 0
