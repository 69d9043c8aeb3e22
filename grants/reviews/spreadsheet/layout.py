"""What stands where in the spreadsheet of score sheets, and the marks by which its rows are known again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from fund.core.bilingual import say
from grants.calls.wording import criteria_of
from grants.scoring.rubric import Criterion
from grants.scoring.rules import Rules

from ..marks import gist_of

FORMAT = "1"
NUMBER, TITLE, CRITERION, SHARE, SCALE, MEANING, SCORE, COMMENT, ASKED, CHECK = "ABCDEFGHIJ"
COLUMNS = 10
HEADER = 4  # the row of the columns' names; the sheets follow it
REMARK = "@remark"
MOST_ROWS = 5000
# What may be written for "no score", in any capitals.
NO_SCORE = ("нет оценки", "no score", "n/a", "н/о")


def names() -> list[str]:
    """The columns' names, without the hidden one."""
    return [
        _("Number"), _("Application"), _("Criterion"), _("Share of the total"), _("Scale"), _("What a score means"),
        _("Score"), _("Comment"), _("What is asked"),
    ]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row: a criterion of one sheet, or (criterion None) what the sheet tells the author."""

    sheet: Any
    key: str
    criterion: Criterion | None
    title: str
    share: str
    scale: str
    meaning: str
    asked: str

    @property
    def number(self) -> str:
        return self.sheet.application.number

    @property
    def mark(self) -> dict:
        """What the site's draft holds here."""
        return self.sheet.draft.get(self.key, {}) if self.criterion else {"comment": self.sheet.remark}


def lines_of(sheets: list[Any], rules: Rules, *, least: int) -> Iterator[Line]:
    """The rows of all sheets in order; `least`: characters that the regulation asks of what the author is told."""
    words = {one.key: one for one in criteria_of(rules)}
    for sheet in sheets:
        for criterion in rules.scored:
            told = words[criterion.key]
            meaning = "; ".join(f"{value} — {text}" for value, text in told.anchors)
            yield Line(sheet, criterion.key, criterion, say(criterion.title), told.share, told.scale, meaning, _asked(criterion))
        yield Line(sheet, REMARK, None, remark_title(), "", "", "", _characters(least))


def remark_title() -> str:
    return _("What to tell the author")


def _asked(criterion: Criterion) -> str:
    least = max(criterion.comment_min, 1 if criterion.comment_required else 0)
    parts = [_("“no score” may stand here") if criterion.na_allowed else "", _characters(least)]
    return "; ".join(part for part in parts if part)


def _characters(least: int) -> str:
    if least == 0:
        return _("a comment is optional")
    return _("a comment is obligatory") if least == 1 else _("a comment of %(least)s characters or more") % {"least": least}


def file_mark(expert: Any, slug: str, rows: int) -> str:
    """What the file says of itself: its format, whose call's it is, how many rows it has, and the check of all that."""
    return _signed(expert, FORMAT, slug, str(rows))


def row_mark(expert: Any, line: Line, row: int) -> str:
    """Whose sheet a row belongs to, which criterion, version and mark were downloaded; the check knows the row's place too."""
    return _signed(expert, line.sheet.uid, line.key, str(line.sheet.version), digest_of(line.mark), place=row)


def digest_of(mark: dict) -> str:
    """What a mark said, in a few letters: tells what was filled in since from what stands as it was downloaded."""
    return hashlib.sha256(repr(gist_of(mark)).encode()).hexdigest()[:12]


def read_mark(expert: Any, text: str, *, parts: int, place: int | None = None) -> tuple[list[str], bool]:
    """The parts of a mark, and whether its check fits this expert and this place; ([], False) where it is no mark."""
    *given, _check = text.split("/")
    if len(given) != parts:
        return [], False
    return given, constant_time_compare(_signed(expert, *given, place=place), text)


def _signed(expert: Any, *parts: str, place: int | None = None) -> str:
    facts = "/".join((str(expert.pk), str(place), *parts))
    return "/".join((*parts, salted_hmac("reviews.spreadsheet", facts, algorithm="sha256").hexdigest()[:16]))
