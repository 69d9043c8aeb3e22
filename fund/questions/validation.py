"""Is an answer what the question asks for? Strict, pure, in sentences a person can act on.

A stored answer is JSON: text as text; number, money as text of a Decimal; date as YYYY-MM-DD; choice its key; several a
list of keys; file a list of document uids; link text; table a list of rows {column: text}. Drafts may hold anything
storable of these shapes; `fault_of` says what is still wrong with it.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.core.bilingual import say
from fund.core.fields import parse_money
from fund.core.money import money
from fund.core.text import is_clean

from .conditions import is_empty
from .schema import Column, Question

MOST_TEXT = 20_000
MOST_KEPT = 2 * MOST_TEXT  # a draft may be longer than what may be sent
MOST_ITEMS = 200
DEEPEST = 3  # a table is a list of rows of cells
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?", re.ASCII)
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


def fault_of(question: Question, value: Any) -> str | None:
    """The sentence that says what is wrong with an answer, in the active language; None if it is right.

    An empty answer to an optional question is right. Source: domain.md, "Questions".
    """
    if (fault := unstorable(value)) is not None:
        return fault
    if is_empty(value):
        return empty(question) if question.required else None
    return FAULTS[question.type](question, value)


def unstorable(value: Any, depth: int = 0) -> str | None:
    """The sentence that says why this cannot be kept even as a draft; None for clean text of bounded size and number."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        if len(value) > MOST_KEPT:
            return _("The text is too long to be kept: %(now)s characters of %(most)s") % {"now": len(value), "most": MOST_KEPT}
        return None if is_clean(value) else _("The text holds characters that cannot be read. Type it anew.")
    if depth < DEEPEST and isinstance(value, list | dict):
        if len(value) > MOST_ITEMS:
            return _("There are too many entries: %(now)s of %(most)s") % {"now": len(value), "most": MOST_ITEMS}
        parts = value if isinstance(value, list) else [*value.keys(), *value.values()]
        return next((fault for part in parts if (fault := unstorable(part, depth + 1)) is not None), None)
    return _("This is not an answer a form can give.")


def empty(question: Question) -> str:
    label = say(question.label)
    if question.type in ("choice", "several"):
        return _("Choose an answer: “%(label)s”") % {"label": label}
    if question.type == "file":
        return _("Attach a file: “%(label)s”") % {"label": label}
    return _("Fill in “%(label)s”") % {"label": label}


def _text(question: Question, value: Any) -> str | None:
    if not isinstance(value, str):
        return empty(question)
    most, least = question.max_length or MOST_TEXT, question.min_length or 0
    if len(value) > most:
        return ngettext(
            "The text must be %(most)s character or fewer; it has %(now)s now",
            "The text must be %(most)s characters or fewer; it has %(now)s now",
            most,
        ) % {"most": most, "now": len(value)}
    if len(value.strip()) < least:
        return ngettext(
            "The text must be %(least)s character or more; it has %(now)s now",
            "The text must be %(least)s characters or more; it has %(now)s now",
            least,
        ) % {"least": least, "now": len(value.strip())}
    if question.type == "short_text" and "\n" in value.strip():
        return _("Write it in one line")
    return None


def read_number(value: Any) -> Decimal:
    """`1 250,5` and `1250.5` as a Decimal; ValueError for anything else, with twelve digits at most on either side."""
    text = "".join(str(value).split()).replace(",", ".").replace("−", "-") if isinstance(value, str | int | Decimal) else ""
    if not NUMBER.fullmatch(text):
        raise ValueError(value)
    return Decimal(text)


def _number(question: Question, value: Any) -> str | None:
    try:
        number = read_number(value)
    except ValueError:
        if isinstance(value, str) and value.isascii() and "".join(value.split()).lstrip("-").isdigit():
            return _("A number has twelve digits at most")
        return _("Enter a number in digits, for example 120")
    if -number.as_tuple().exponent > (question.decimals or 0):  # type: ignore[operator]
        if not question.decimals:
            return _("Enter a whole number")
        return _("Give at most %(digits)s digits after the point") % {"digits": question.decimals}
    return _bounds(question, number, str)


def _money(question: Question, value: Any) -> str | None:
    try:
        amount = parse_money(value)
    except ValueError:
        return _("Enter the amount in digits, for example 412,300")
    return _bounds(question, amount, money)


def _bounds(question: Question, number: Decimal, write: Callable[[Decimal], str]) -> str | None:
    if question.min is not None and number < question.min:
        return _("It must be %(least)s or more; it is %(now)s now") % {"least": write(question.min), "now": write(number)}
    if question.max is not None and number > question.max:
        return _("It must be %(most)s or less; it is %(now)s now") % {"most": write(question.max), "now": write(number)}
    return None


def read_date(value: Any) -> date:
    """A day as typed: 2026-10-15 or 15.10.2026; ValueError for anything else or a year outside 1900–2200."""
    match = DAY.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(value)
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    found = date(int(year), int(month), int(day))
    if not 1900 <= found.year <= 2200:
        raise ValueError(value)
    return found


def _date(question: Question, value: Any) -> str | None:
    try:
        read_date(value)
    except ValueError:
        return _("Enter a date, for example 15.10.2026")
    return None


def _choice(question: Question, value: Any) -> str | None:
    return None if isinstance(value, str) and question.label_of(value) is not None else empty(question)


def _several(question: Question, value: Any) -> str | None:
    if not isinstance(value, list) or len(set(map(str, value))) != len(value):
        return empty(question)
    if any(not isinstance(key, str) or question.label_of(key) is None for key in value):
        return empty(question)
    return _count(question, len(value))


def _file(question: Question, value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(uid, str) for uid in value):
        return empty(question)
    return _count(question, len(value))


def _count(question: Question, count: int) -> str | None:
    if question.most is not None and count > question.most:
        return _("At most %(most)s are possible here; there are %(now)s now") % {"most": question.most, "now": count}
    if question.least is not None and count < question.least:
        return _("At least %(least)s are needed here; there are %(now)s now") % {"least": question.least, "now": count}
    return None


def _link(question: Question, value: Any) -> str | None:
    return (
        None
        if isinstance(value, str) and is_address(value.strip())
        else _("Enter a full address, for example https://example.org/page")
    )


def is_address(text: str) -> bool:
    """An http or https address with a host, no spaces, 500 characters at most."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:  # urlsplit raises on a broken IPv6 host
        return False
    return len(text) <= 500 and parts.scheme in ("http", "https") and "." in host.strip(".") and not any(map(str.isspace, text))


def _table(question: Question, value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return empty(question)
    for place, row in enumerate(value, 1):
        for column in question.columns:
            if reason := _cell(column, row.get(column.key, "")):
                return _("Row %(row)s, “%(column)s”: %(reason)s") % {"row": place, "column": say(column.label), "reason": reason}
    return _count(question, len(value))


def _cell(column: Column, value: Any) -> str | None:
    kind = "short_text" if column.type == "text" else column.type
    as_question = Question(
        key=column.key,
        type=kind,
        label=column.label,
        required=column.required,
        **({"max_length": 500} if kind == "short_text" else {"decimals": 2} if kind == "number" else {}),
    )
    return fault_of(as_question, value)


FAULTS: dict[str, Callable[[Question, Any], str | None]] = {
    "short_text": _text,
    "long_text": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "several": _several,
    "file": _file,
    "link": _link,
    "table": _table,
}
