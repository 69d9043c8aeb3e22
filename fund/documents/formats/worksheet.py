"""The first worksheet of a spreadsheet from outside, as plain cells: formulas named as such, sizes known before it is parsed."""

import re
import warnings
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from fund.core.parts import written

from .unfit import Unfit

MOST_UNPACKED = 15 * 1000 * 1000  # a table people fill in by hand is a hundred times smaller

Kind = Literal["empty", "text", "number", "formula", "moment", "truth", "error", "merged"]
KINDS: dict[type, Kind] = {
    str: "text", int: "number", float: "number", bool: "truth", datetime: "moment", date: "moment", time: "moment",
    timedelta: "moment",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell: what it holds as text (a number as 4.5, whatever the spreadsheet's language), and what kind that is.

    "merged": it lies under another one, so what is read there on the screen does not stand in it.
    """

    text: str = ""
    kind: Kind = "empty"


EMPTY, MERGED = Cell(), Cell(kind="merged")
# openpyxl does not say in its quick way of reading which cells are merged; in the file they stand after the rows.
MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')


def read_worksheet(content: bytes, *, columns: int, rows: int) -> list[list[Cell]]:
    """All rows of the first worksheet, each with `columns` cells. `content` has passed `check_office`.

    Raises Unfit where it is damaged, unpacks to more than a table has, or is longer than `rows`.
    """
    with ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Unfit(_("it unpacks to too much"), "bomb")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: pictures, validation
            book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
            page = book.worksheets[0]
            found = list(page.iter_rows(min_row=1, max_row=rows + 1, max_col=columns))
            merges = MERGE.findall(book._archive.read(page._worksheet_path))
            book.close()
    except Exception as error:  # a parser fed with arbitrary bytes raises whatever it likes
        raise Unfit(_("it is damaged")) from error
    read = [[_cell(one) for one in row] for row in found]
    while read and not any(one.kind != "empty" for one in read[-1]):
        read.pop()
    if len(read) > rows:
        raise Unfit(_("it has more than %(most)s rows") % {"most": rows}, "rows")
    for merge in merges:
        _mark(read, range_boundaries(merge.decode()))
    return read


def _mark(read: list[list[Cell]], bounds: tuple[int, ...]) -> None:
    """Names the cells of one merge as merged, all but its first."""
    left, top, right, bottom = bounds
    for row in range(top, min(bottom, len(read)) + 1):
        for column in range(left, min(right, len(read[row - 1])) + 1):
            if (row, column) != (top, left):
                read[row - 1][column - 1] = MERGED


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None or value == "":
        return EMPTY
    if cell.data_type in ("f", "e"):
        return Cell(str(value), "formula" if cell.data_type == "f" else "error")
    kind = KINDS.get(type(value), "formula")  # an array formula is an object of its own
    return Cell(_number(value) if kind == "number" else str(value), kind)


def _number(value: float) -> str:
    """A float's shortest writing is what was typed."""
    number = Decimal(repr(value))
    return written(number) if number.is_finite() and abs(number.adjusted()) < 20 else repr(value)
