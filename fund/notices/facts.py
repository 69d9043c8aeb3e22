"""What a notice knows, kept as JSON and free of any language; read back at sending in the recipient's language and zone.

Instants, days, sums and texts in two languages keep their type on the way. What people typed is made harmless for
letters: mail programs turn anything that looks like an address into a link, and a letter links to our own site only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise

from fund.core.bilingual import Said, Words, reader, say
from fund.core.moments import clock, day, deadline
from fund.core.money import money

JOINER = "\u2060"  # invisible, of no width: it only keeps a mail program from seeing an address
_LOOKS_LIKE_LINK = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})|(?<=:)(?=//)|(?<=\S)(?=@)")


@dataclass(frozen=True)
class Moment:
    """An instant as a letter writes it: day, time and zone; `.day` and `.clock` apart."""

    at: datetime
    now: datetime

    def __str__(self) -> str:
        return _written(self.at, self.now, reader(), timezone.get_current_timezone_name())

    @property
    def day(self) -> str:
        return day(self.at, self.now)

    @property
    def clock(self) -> str:
        return clock(self.at)


@lru_cache(maxsize=4096)
def _written(at: datetime, now: datetime, language: str, zone_name: str) -> str:
    """A release writes the same instant into hundreds of letters."""
    return deadline(at, now)


def pack(value: Any) -> Any:
    """Makes a fact storable. Decimal means roubles; give a score as text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Promise):
        return {"$words": {code: _in(code, value) for code in ("ru", "en")}}
    if isinstance(value, Words) or (isinstance(value, Mapping) and set(value) == {"ru", "en"}):
        words = value.model_dump() if isinstance(value, Words) else dict(value)
        return {"$words": {code: str(words[code]) for code in ("ru", "en")}}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$sum": str(value)}
    if isinstance(value, Mapping):
        return {str(key): pack(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [pack(item) for item in value]
    raise TypeError(f"a notice cannot keep {type(value).__name__}: {value!r}")


def unpack(value: Any, *, now: datetime, clean=str) -> Any:
    """The fact in the language that is active; `clean` is applied to every text."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [unpack(item, now=now, clean=clean) for item in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"$words": words}:
            said = say(words)
            return Said(clean(said), said.lang)
        case {"$at": at}:
            return Moment(datetime.fromisoformat(at), now)
        case {"$day": at}:
            return day(date.fromisoformat(at), now)
        case {"$sum": amount}:
            return money(Decimal(amount))
    return {key: unpack(item, now=now, clean=clean) for key, item in value.items()}


def harmless(text: str) -> str:
    """The same text, with nothing in it that a mail program would make a link of."""
    return _LOOKS_LIKE_LINK.sub(lambda found: found.group() + JOINER, text)


def _in(code: str, text: Any) -> str:
    with translation.override(code):
        return str(text)
