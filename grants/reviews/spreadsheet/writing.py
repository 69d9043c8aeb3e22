"""The spreadsheet an expert downloads: only two columns to fill, everything else locked; text is never a formula."""

from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from grants.scoring.rubric import Criterion
from grants.scoring.rules import Rules

from ..marks import plain_text
from .layout import ASKED, CHECK, COLUMNS, COMMENT, HEADER, SCORE, Line, file_mark, lines_of, names, row_mark

WIDTHS = (13, 30, 26, 11, 16, 44, 12, 60, 26)
LINE = 15  # points of one line of text
BASE = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
FORMATS: dict[str, dict[str, Any]] = {
    "title": {**BASE, "bold": True, "font_size": 14, "text_wrap": False},
    "plain": {**BASE, "text_wrap": False},
    "head": {**BASE, "bold": True, "bg_color": "#0B5D4A", "font_color": "#FFFFFF", "valign": "vcenter"},
    "shown": {**BASE, "bg_color": "#EBEFEA", "border": 1, "border_color": "#D5DCD5"},
    "first": {**BASE, "bg_color": "#EBEFEA", "border": 1, "border_color": "#D5DCD5", "bold": True, "top": 2},
    "filled": {**BASE, "bg_color": "#FFF8E6", "border": 1, "border_color": "#D5DCD5", "locked": False, "num_format": "@"},
    "score": {**BASE, "bg_color": "#FFF8E6", "border": 1, "border_color": "#D5DCD5", "locked": False, "align": "center"},
    "hidden": {"font_color": "#999999"},
}


def write_sheets(call: Any, expert: Any, sheets: list[Any], *, rules: Rules, least: int, until: str) -> bytes:
    """The sheets of one expert in one call, with what was written so far; `until` says in words when they are due."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": str(call.title), "created": call.opens_at})  # no clock: the same sheets are the same bytes
    formats = {name: book.add_format(facts) for name, facts in FORMATS.items()}
    page, scales = book.add_worksheet(_("Sheets")), book.add_worksheet(_("Scales"))
    scales.hide()
    lines = list(lines_of(sheets, rules, least=least))
    _head(page, call, expert, formats, rows=len(lines), until=until)
    ranges = {one.key: _scale(scales, place, one) for place, one in enumerate(rules.scored)}
    for place, line in enumerate(lines):
        row = HEADER + place + 1
        _row(page, row, line, formats, is_first=place == 0 or lines[place - 1].sheet is not line.sheet)
        page.write_string(f"{CHECK}{row}", row_mark(expert, line, row), formats["hidden"])
        if line.criterion:
            page.data_validation(f"{SCORE}{row}", _validation(line.criterion, ranges[line.key]))
    _look(page)
    book.close()
    return out.getvalue()


def _head(page: Any, call: Any, expert: Any, formats: dict[str, Any], *, rows: int, until: str) -> None:
    page.write_string("A1", _("Score sheets: %(call)s") % {"call": call.title}, formats["title"])
    page.write_string(
        "A2", _("Fill in the light cells only; move, sort and delete no rows. “No score” is written in words."), formats["plain"]
    )
    page.write_string(
        "A3",
        _("Load the file where you took it, then hand each sheet in on its page: %(until)s.") % {"until": until},
        formats["plain"],
    )
    page.write_string(f"{CHECK}1", file_mark(expert, call.slug, rows), formats["hidden"])
    for place, name in enumerate(names()):
        page.write_string(HEADER - 1, place, name, formats["head"])


def _row(page: Any, row: int, line: Line, formats: dict[str, Any], *, is_first: bool) -> None:
    shown = formats["first" if is_first else "shown"]
    texts = (line.number, line.sheet.application.name, line.title, line.share, line.scale, line.meaning)
    for place, text in enumerate(texts):
        page.write_string(row - 1, place, text, shown)
    page.write_string(f"{ASKED}{row}", line.asked, shown)
    page.write_string(f"{COMMENT}{row}", plain_text(line.mark.get("comment", "")), formats["filled"])
    if line.criterion is None:
        page.write_string(f"{SCORE}{row}", "", formats["shown"])
    else:
        _write_score(page, f"{SCORE}{row}", line.mark, formats["score"])
    page.set_row(row - 1, LINE * max(2, -(-len(line.meaning) // 42), -(-len(line.sheet.application.name) // 28)))


def _write_score(page: Any, cell: str, mark: dict, look: Any) -> None:
    """A number as a number; what was typed and is none, as it was typed."""
    text = _("no score") if mark.get("na") else mark.get("value", "")
    try:
        page.write_number(cell, float(Decimal(text.replace(",", "."))), look)
    except (InvalidOperation, TypeError):  # TypeError: XlsxWriter takes no infinity
        page.write_string(cell, text, look) if text else page.write_blank(cell, None, look)


def _scale(page: Any, column: int, criterion: Criterion) -> str:
    """The values of one criterion in a column of their own, as numbers: a list that every language reads alike."""
    values = criterion.values()
    for row, value in enumerate(values):
        page.write_number(row, column, float(value))
    if criterion.na_allowed:
        page.write_string(len(values), column, _("no score"))
    return xlsxwriter.utility.xl_range_abs(0, column, len(values) - 1 + criterion.na_allowed, column)


def _validation(criterion: Criterion, cells: str) -> dict[str, Any]:
    scales = _("Scales")
    return {
        "validate": "list",
        "source": f"='{scales}'!{cells}",
        "error_title": _("No such score"),
        "error_message": _("Choose a value of the list."),
    }


def _look(page: Any) -> None:
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)
    page.set_column(COLUMNS - 1, COLUMNS - 1, 30, None, {"hidden": True})
    page.freeze_panes(HEADER, 3)
    page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER - 1)
    page.set_selection(f"{SCORE}{HEADER + 1}")
