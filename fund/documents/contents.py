"""What a paper says, as plain data: a title and blocks, each drawn alike on its page and in its PDF. Texts are never markup."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateformat import format as written

from fund.core.bilingual import reader
from fund.core.clock import fund_zone

Block = dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """A paper in one language. `lead` stands under the title; `name` is whom a certificate honours."""

    title: str
    blocks: tuple[Block, ...]
    lead: str = ""
    name: str = ""

    def packed(self) -> dict:
        return {"title": str(self.title), "lead": str(self.lead), "name": str(self.name), "blocks": list(self.blocks)}


def in_both(write: Callable[[], Contents]) -> dict[str, dict]:
    """Calls `write` once per language, in the fund's own zone whoever asks, and packs what it says."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code), timezone.override(settings.TIME_ZONE):
            texts[code] = write().packed()
    return texts


def dated(at: datetime) -> str:
    """`24 ноября 2026 г.`, `24 November 2026`: on paper the year always stands, and the day is the fund's."""
    there = at.astimezone(fund_zone())
    return written(there, "j E Y") + " г." if reader() == "ru" else written(there, "j F Y")


def heading(text: Any) -> Block:
    return {"is": "heading", "text": str(text)}


def text(words: Any) -> Block:
    """A paragraph, or several: a line break ends one."""
    return {"is": "text", "lines": [line for line in str(words).splitlines() if line.strip()]}


def answer(label: Any, words: Any) -> Block:
    """A question and what was answered to it, one under the other, however long; a line break ends a paragraph."""
    return {"is": "answer", "label": str(label), "lines": text(words)["lines"]}


def facts(rows: Iterable[tuple[Any, Any]]) -> Block:
    """Labels and values, one under another; empty values are left out."""
    return {"is": "facts", "rows": [[str(label), str(value)] for label, value in rows if str(value)]}


def items(rows: Iterable[Any]) -> Block:
    return {"is": "items", "rows": [str(row) for row in rows]}


def clauses(rows: Iterable[tuple[str, Any]]) -> Block:
    """Numbered clauses: ("1.", text), ("1.1.", text). The numbers are the writer's: other papers name them."""
    return {"is": "clauses", "rows": [[number, str(words)] for number, words in rows]}


def table(
    head: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    widths: Sequence[float] = (),
    right: Iterable[int] = (),
    total: Sequence[Any] = (),
) -> Block:
    """A table whose head repeats on each page. `widths`: shares of the page's width; `right`: columns of figures."""
    return {
        "is": "table",
        "head": [str(cell) for cell in head],
        "rows": [[str(cell) for cell in row] for row in rows],
        "widths": list(widths) or [1] * len(head),
        "right": list(right),
        "total": [str(cell) for cell in total],
    }


def signatures(people: Iterable[tuple[Any, Any]]) -> Block:
    """Role and name of each who signs, with a line to sign on; never parted by the end of a page."""
    return {"is": "signatures", "rows": [[str(role), str(name)] for role, name in people]}
