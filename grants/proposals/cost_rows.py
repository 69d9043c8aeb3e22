"""Rows of a cost table as people type them: which can be read, and what is wrong with the others. Plain data in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fund.core.fields import MOST, parse_money
from fund.core.money import money
from fund.questions.conditions import is_empty
from fund.questions.schema import CostTable
from fund.questions.validation import read_number

from .costs import ZERO, Line, faults, totals

COLUMNS = ("category", "title", "quantity", "unit_price", "own")
LONGEST = 200
MOST_OF_ONE = Decimal(10**8)

Row = Mapping[str, Any]


def read_lines(table: CostTable, rows: Sequence[Row]) -> list[Line]:
    """The rows that can be read, as lines, in order; the others are left out."""
    return [line for row in rows if (line := read_line(row)) is not None and not row_faults(table, row)]


def read_line(row: Row) -> Line | None:
    """One row as a line; None where a number cannot be read. An empty own share is none."""
    try:
        own = ZERO if is_empty(row.get("own")) else parse_money(row["own"])
        return Line(
            str(row.get("category") or ""),
            " ".join(str(row.get("title") or "").split()),
            read_number(row.get("quantity", "")),
            parse_money(row.get("unit_price", "")),
            own,
        )
    except ValueError:
        return None


def row_faults(table: CostTable, row: Row) -> dict[str, str]:
    """Column → what to do about its cell, in the active language; empty if the row can be read and sent."""
    found = {}
    title = str(row.get("title") or "").strip()
    if str(row.get("category")) not in {category.key for category in table.categories}:
        found["category"] = _("Choose a category")
    if not title:
        found["title"] = _("Say what the money is for")
    elif len(title) > LONGEST:
        found["title"] = _("The text must be %(most)s characters or fewer; it has %(now)s now") % {
            "most": LONGEST,
            "now": len(title),
        }
    if fault := _quantity_fault(row.get("quantity", "")):
        found["quantity"] = fault
    for column in ("unit_price", "own"):
        if fault := _money_fault(row.get(column, ""), is_needed=column == "unit_price"):
            found[column] = fault
    line = None if found else read_line(row)
    if line is not None and line.own > line.whole:
        found["own"] = _("The own share is larger than the whole line: %(whole)s") % {"whole": money(line.whole)}
    if line is not None and line.whole > MOST:
        found["unit_price"] = _("The sum of the line is too large")
    return found


def _quantity_fault(value: Any) -> str | None:
    try:
        number = read_number(value)
    except ValueError:
        return _("Enter the quantity in digits, for example 2")
    if not 0 < number < MOST_OF_ONE or number != round(number, 2):
        return _("The quantity must be above zero, with two digits after the point at most")
    return None


def _money_fault(value: Any, *, is_needed: bool) -> str | None:
    if is_empty(value) and not is_needed:
        return None
    try:
        parse_money(value)
    except ValueError:
        return _("Enter the amount in digits, for example 118,400.50")
    return None


def read_minimum(value: Any) -> Decimal | None:
    """The least sum the project can be made with; None where there is none or it cannot be read."""
    try:
        return None if is_empty(value) else parse_money(value)
    except ValueError:
        return None


@dataclass(frozen=True)
class Fault:
    """One thing to mend: at a cell (row counted from 0, column), or of the whole (row None)."""

    text: str
    row: int | None = None
    column: str = ""


def faults_placed(table: CostTable, rows: Sequence[Row], minimum: Any = "") -> list[Fault]:
    """What keeps a typed cost table from being sent, in the order of the page: rows first, then the whole.

    The whole is judged by the rows that can be read. Source: domain.md, "cost table".
    """
    found = [
        Fault(_("Line %(line)s. %(fault)s") % {"line": place + 1, "fault": fault}, place, column)
        for place, row in enumerate(rows)
        for column, fault in row_faults(table, row).items()
    ]
    lines = read_lines(table, rows)
    whole = faults(table, lines) if lines or not rows else []
    if len(rows) > table.max_lines:
        whole.append(
            _("At most %(most)s lines are possible; there are %(now)s now") % {"most": table.max_lines, "now": len(rows)}
        )
    return [*found, *map(Fault, whole + minimum_faults(table, lines, minimum))]


def faults_typed(table: CostTable, rows: Sequence[Row], minimum: Any = "") -> list[str]:
    """The sentences of `faults_placed` alone: what a list of missing things shows, and what keeps it from being sent."""
    return [fault.text for fault in faults_placed(table, rows, minimum)]


def minimum_faults(table: CostTable, lines: Sequence[Line], minimum: Any) -> list[str]:
    """What is wrong with the least sum: unreadable, above what is asked, below the smallest grant."""
    if not table.minimum_allowed or is_empty(minimum):
        return []
    least, requested = read_minimum(minimum), totals(lines).requested
    if least is None:
        return [_("Enter the least sum in digits, for example 118,400.50")]
    if least > requested:
        return [_("The least sum must not be above what you ask for: %(asked)s") % {"asked": money(requested)}]
    if least < table.least or not least:
        return [_("The least sum must be %(least)s or more") % {"least": money(max(table.least, Decimal("0.01")))}]
    return []
