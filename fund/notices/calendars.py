"""The calendar file in a letter about something that has a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from fund.core.bilingual import say

from .facts import pack


@dataclass(frozen=True)
class Entry:
    """What goes into the recipient's calendar. The same `uid` with a higher `sequence` moves it there."""

    uid: str
    title: Any  # text, or {"ru": …, "en": …}
    start: datetime
    end: datetime | None = None
    place: Any = ""
    sequence: int = 0

    def packed(self) -> dict:
        return {
            "uid": self.uid,
            "title": pack(self.title),
            "start": self.start.isoformat(),
            "end": (self.end or self.start + timedelta(hours=1)).isoformat(),
            "place": pack(self.place),
            "sequence": self.sequence,
        }


def until(uid: str, label: Any, words: Any, at: datetime, *, sequence: int = 0) -> Entry:
    """A deadline in a calendar: the half hour before it. `label` is lazy ("Send the application by"), `words` in both languages."""
    title = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            title[code] = f"{label}: {say(words, code)}"
    return Entry(uid, title, at - timedelta(minutes=30), at, sequence=sequence)


def ics(packed: dict, *, made_at: datetime, host: str, link: str) -> bytes:
    """The .ics file in the active language and zone; the same notice always gives the same bytes."""
    import icalendar

    entry = icalendar.Event()
    entry.add("uid", f"{packed['uid']}@{host}")
    entry.add("dtstamp", made_at)
    entry.add("dtstart", _at(packed["start"]))
    entry.add("dtend", _at(packed["end"]))
    entry.add("summary", _text(packed["title"]))
    entry.add("sequence", packed["sequence"])
    if place := _text(packed["place"]):
        entry.add("location", place)
    if link:
        entry.add("url", link)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{host}//notices//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    day = _at(packed["start"]).date()
    calendar.add_missing_timezones(day, day + timedelta(days=366))
    return calendar.to_ical()


def _at(text: str) -> datetime:
    """On the reader's clock; the file says beside it what that zone is."""
    return datetime.fromisoformat(text).astimezone(timezone.get_current_timezone())


def _text(value: Any) -> str:
    return str(say(value["$words"])) if isinstance(value, dict) else str(value)
