"""A spreadsheet of score sheets that came back: each row held to its mark, each cell to the regulation; nothing is guessed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fund.core.bilingual import say
from fund.core.text import is_clean
from fund.documents.formats import Cell
from grants.scoring.rules import Rules

from ..marks import faults_begun, plain_text
from .layout import (
    CHECK,
    COMMENT,
    CRITERION,
    FORMAT,
    HEADER,
    MOST_ROWS,
    NO_SCORE,
    NUMBER,
    REMARK,
    SCORE,
    TITLE,
    digest_of,
    names,
    read_mark,
    remark_title,
)

MOST = {SCORE: 20, COMMENT: 5000, REMARK: 6000}  # characters, as in the form of a sheet
CARRIAGE_RETURN = "_x000D_"  # how spreadsheets of Windows write half of a line's end
NOT_A_SCORE = {
    "formula": _("a formula stands here: enter the number itself"),
    "moment": _("the spreadsheet took the score for a date: enter it as a number"),
    "merged": _("the cell is merged with another: part them and enter each number by itself"),
    "truth": _("this is not a number"),
    "error": _("this is not a number"),
}


@dataclass(frozen=True)
class Wrong:
    """One fault: its row, its cell, the reason."""

    row: int
    cell: str
    reason: str

    def __str__(self) -> str:
        return str(_("Row %(row)s, cell %(cell)s: %(reason)s")) % {"row": self.row, "cell": self.cell, "reason": self.reason}


class Unreadable(Exception):
    """A row that says nothing of a sheet, or a file that is another's; `wrong` says why."""

    def __init__(self, wrong: Wrong):
        super().__init__(str(wrong))
        self.wrong = wrong


@dataclass
class Filled:
    """One sheet as the file has it: the version it was downloaded in, its marks, what the author is told, its first row.

    `base` says by key (REMARK for what the author is told) what stood in each row when it was downloaded.
    """

    uid: str
    version: int
    row: int
    draft: dict[str, dict] = field(default_factory=dict)
    remark: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    base: dict[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> dict[str, dict]:
        """All of it by key; what the author is told as a mark with a comment alone."""
        return {**self.draft, REMARK: {"comment": self.remark or ""}}

    def is_filled_in(self, key: str) -> bool:
        """Does a row say something else than it was downloaded with?"""
        return digest_of(self.marks.get(key, {})) != self.base.get(key)


@dataclass
class Found:
    """All sheets of the file and all that is wrong with it, in the order of its rows."""

    sheets: list[Filled] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def read_sheets(
    rows: Sequence[Sequence[Cell]], *, call: Any, expert: Any, sheets: Mapping[str, Any], rules: Rules, least: int
) -> Found:
    """What the rows of the worksheet say of `sheets`, the expert's own in this call by uid; `least` as in the regulation.

    Everything wrong is named at once: a file of another call or expert, a row moved, added or lacking, an unknown sheet or
    criterion, a formula, a score off its scale or its step, no score where it is not allowed, a comment too short.
    """
    found = Found()
    filled: dict[str, Filled] = {}
    try:
        count = _count(rows, call, expert)
    except Unreadable as fault:
        return Found(wrong=[fault.wrong])
    is_whole = True  # of a file whose rows are not as they were downloaded nothing more can be said
    for place in range(HEADER + 1, max(len(rows), HEADER + count) + 1):
        row = Row(place, rows[place - 1] if place <= len(rows) else ())
        try:
            _take(row, filled, found.wrong, expert=expert, sheets=sheets, rules=rules, is_known=place <= HEADER + count)
        except Unreadable as fault:
            is_whole = False
            found.wrong.append(fault.wrong)
    if is_whole:
        named = {one.cell for one in found.wrong}  # a cell that could not be read counts as empty: once is enough
        found.wrong += _lacking(filled.values(), rules)
        for one in filled.values():
            found.wrong += [fault for fault in _off_the_rules(one, rules, least) if fault.cell not in named]
    found.wrong.sort(key=lambda wrong: wrong.row)
    found.sheets = list(filled.values())
    return found


@dataclass(frozen=True)
class Row:
    """One row of the worksheet: its number from 1, its cells by the letters of their columns."""

    number: int
    cells: Sequence[Cell]

    def at(self, column: str) -> Cell:
        place = ord(column) - ord("A")
        return self.cells[place] if place < len(self.cells) else Cell()

    def wrong(self, column: str, reason: Any) -> Wrong:
        return Wrong(self.number, f"{column}{self.number}", str(reason))

    def refuse(self, column: str, reason: Any) -> Unreadable:
        return Unreadable(self.wrong(column, reason))


def _count(rows: Sequence[Sequence[Cell]], call: Any, expert: Any) -> int:
    """How many rows the file was downloaded with. Raises Unreadable for a file that is another's, or none of ours."""
    first, header = (Row(place, rows[place - 1] if place <= len(rows) else ()) for place in (1, HEADER))
    parts, fits = read_mark(expert, first.at(CHECK).text, parts=3)
    if not parts or parts[0] != FORMAT:
        raise first.refuse("A", _("this is not a spreadsheet of score sheets: download it here and fill in that one"))
    if parts[1] != call.slug:
        raise first.refuse("A", _("the sheets are of another call: load them on its page"))
    if not fits:
        raise first.refuse("A", _("the sheets are another expert's: each loads what they downloaded themselves"))
    if not any(_is_header(header, language) for language in ("ru", "en")):
        raise header.refuse("A", _("the columns stand otherwise than they were downloaded"))
    return min(int(parts[2]), MOST_ROWS)


def _is_header(row: Row, language: str) -> bool:
    with override(language):
        return [row.at(chr(ord("A") + place)).text.strip() for place in range(len(names()))] == names()


def _take(
    row: Row,
    filled: dict[str, Filled],
    wrong: list[Wrong],
    *,
    expert: Any,
    sheets: Mapping[str, Any],
    rules: Rules,
    is_known: bool,
) -> None:
    """Adds what one row says to its sheet; faults of its cells to `wrong`. Raises Unreadable if the row is not to be trusted."""
    parts, fits = read_mark(expert, row.at(CHECK).text, parts=4, place=row.number)
    if not parts or not is_known:
        raise row.refuse(NUMBER, _("the row is not one of those that were downloaded, or a row is missing before it"))
    uid, key, version, base = parts
    sheet, criterion = sheets.get(uid), next((one for one in rules.scored if one.key == key), None)
    if sheet is None:
        raise row.refuse(NUMBER, _("there is no such sheet among yours"))
    if criterion is None and key != REMARK:
        raise row.refuse(CRITERION, _("there is no criterion “%(key)s”") % {"key": key[:40]})
    if not fits:
        raise row.refuse(NUMBER, _("the row was moved: each must stand where it was downloaded"))
    _check_shown(row, sheet, criterion)
    one = filled.setdefault(uid, Filled(uid, int(version), row.number))
    if one.version != int(version):
        raise row.refuse(NUMBER, _("the row comes from another download than those above it"))
    one.rows[key], one.base[key] = row.number, base
    if criterion is None:
        one.remark = _comment(row, wrong, most=MOST[REMARK])
        if row.at(SCORE).kind != "empty":
            wrong.append(row.wrong(SCORE, _("no score stands here: this row is for the author")))
    else:
        one.draft[key] = {**_score(row, wrong), "comment": _comment(row, wrong, most=MOST[COMMENT])}


def _check_shown(row: Row, sheet: Any, criterion: Any) -> None:
    """What people read in a row must be what its mark says: swapped cells would put a score to another application."""
    shown, number = row.at(NUMBER).text.strip(), sheet.application.number
    if shown != number:
        raise row.refuse(
            NUMBER, _("“%(shown)s” stands where “%(number)s” was: cells were moved") % {"shown": shown[:40], "number": number}
        )
    if " ".join(row.at(TITLE).text.split()) != " ".join(sheet.application.name.split()):
        raise row.refuse(TITLE, _("another application's title stands here: cells were moved"))
    if row.at(CRITERION).text.strip() not in _titles(criterion):
        raise row.refuse(CRITERION, _("another criterion's title stands here: cells were moved"))


def _titles(criterion: Any) -> Iterator[str]:
    for language in ("ru", "en"):
        with override(language):
            yield str(say(criterion.title)).strip() if criterion else remark_title()


def _score(row: Row, wrong: list[Wrong]) -> dict[str, Any]:
    cell = row.at(SCORE)
    if cell.kind in NOT_A_SCORE:
        wrong.append(row.wrong(SCORE, NOT_A_SCORE[cell.kind]))
        return {"value": "", "na": False}
    text = cell.text.strip()
    if text.casefold() in NO_SCORE:
        return {"value": "", "na": True}
    if len(text) > MOST[SCORE] or not is_clean(text):
        wrong.append(row.wrong(SCORE, NOT_A_SCORE["truth"]))
        return {"value": "", "na": False}
    return {"value": text, "na": False}


def _comment(row: Row, wrong: list[Wrong], *, most: int) -> str:
    cell = row.at(COMMENT)
    text = plain_text(cell.text.replace(CARRIAGE_RETURN, ""))
    if cell.kind in ("formula", "error"):
        wrong.append(row.wrong(COMMENT, _("a formula stands here: write the text itself")))
    elif cell.kind == "merged":
        wrong.append(row.wrong(COMMENT, _("the cell is merged with another: part them and write each text by itself")))
    elif len(text) > most:
        words = _("the comment must be %(most)s characters or fewer; there are %(now)s now")
        wrong.append(row.wrong(COMMENT, words % {"most": most, "now": len(text)}))
    elif not is_clean(text):
        wrong.append(row.wrong(COMMENT, _("the text holds characters that cannot be kept")))
    else:
        return text
    return ""


def _lacking(filled: Any, rules: Rules) -> Iterator[Wrong]:
    """Rows that no row is missing before, and that are not all there: parts of two downloads put together."""
    expected = {*(criterion.key for criterion in rules.scored), REMARK}
    for one in filled:
        if one.rows.keys() != expected:
            reason = _("the rows of this application are not all there: download the file anew")
            yield Wrong(one.row, f"{NUMBER}{one.row}", str(reason))


def _off_the_rules(one: Filled, rules: Rules, least: int) -> Iterator[Wrong]:
    for fault in faults_begun(rules, one.draft, remark=one.remark or "", least=least):
        key = str(fault.field) if fault.code == "value" else str(fault.field).removesuffix("_comment")
        key, column = REMARK if fault.code == "remark" else key, SCORE if fault.code == "value" else COMMENT
        row = one.rows.get(key, one.row)
        yield Wrong(row, f"{column}{row}", str(fault))
