"""Tables that leave for a spreadsheet: CSV with its mark and semicolons, XLSX; words never become a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse

from .bilingual import reader
from .numerals import num

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
Cell = str | Decimal | int | None


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, semicolons, the reader's decimals: what a spreadsheet opens by a double click."""
    file = StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([_written(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def as_xlsx(rows: Iterable[Sequence[Cell]], title: str, since: datetime) -> bytes:
    """One worksheet, its first row the names of the columns; numbers as numbers. The file says it is of `since`, not of now."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": since})  # no clock in it: the same rows are the same bytes
    page, head, wrapped = book.add_worksheet(title[:31]), book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, (Decimal, int)):
                page.write_number(row, column, float(cell))
            elif cell is not None:
                page.write_string(row, column, str(cell), head if row == 0 else wrapped)
    page.freeze_panes(1, 0)
    page.set_column(0, 40, 14)
    book.close()
    return out.getvalue()


def attached(body: bytes, name: str) -> HttpResponse:
    """What was written as a file to keep; `name` ends in one of MEDIA."""
    response = HttpResponse(body, content_type=MEDIA[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def plain(value: Decimal | int | None, digits: int | None = None) -> str:
    """A number a spreadsheet reads as one: the reader's decimal mark, no thousands."""
    if value is None:
        return ""
    return num(value, digits).replace("\u00a0", "").replace("−", "-").replace(",", "," if reader() == "ru" else "")


def text(words: str) -> str:
    """Words never become a formula."""
    return f"'{words}" if words.startswith(FORMULA) else str(words)


def _written(cell: Cell) -> str:
    return text(cell) if isinstance(cell, str) else plain(cell)
