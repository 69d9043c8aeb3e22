"""How instants are written: in the reader's zone, with the zone named; what is left until a deadline and how urgent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from .bilingual import reader, say

NBSP = "\u00a0"
MOSCOW = "Europe/Moscow"
# Where readers of a Russian town's fund may live; any other zone is named by its distance from UTC.
ZONES = {
    "Europe/Kaliningrad": {"ru": "по Калининграду", "en": "Kaliningrad time"},
    "Europe/Moscow": {"ru": "по Москве", "en": "Moscow time"},
    "Europe/Samara": {"ru": "по Самаре", "en": "Samara time"},
    "Asia/Yekaterinburg": {"ru": "по Екатеринбургу", "en": "Yekaterinburg time"},
    "Asia/Omsk": {"ru": "по Омску", "en": "Omsk time"},
    "Asia/Novosibirsk": {"ru": "по Новосибирску", "en": "Novosibirsk time"},
    "Asia/Krasnoyarsk": {"ru": "по Красноярску", "en": "Krasnoyarsk time"},
    "Asia/Irkutsk": {"ru": "по Иркутску", "en": "Irkutsk time"},
    "Asia/Yakutsk": {"ru": "по Якутску", "en": "Yakutsk time"},
    "Asia/Vladivostok": {"ru": "по Владивостоку", "en": "Vladivostok time"},
}
SOON = timedelta(days=10)
LAST = timedelta(hours=24)


def local(at: datetime | date) -> datetime | date:
    """A datetime in the zone of the reader (the middleware has set it); a bare date stays itself."""
    return timezone.localtime(at) if isinstance(at, datetime) else at


def day(at: datetime | date | None, now: datetime | None = None, *, with_year: bool = False) -> str:
    """`15 октября`, `15 October`; with the year when it is not this year, or when it must be clear for years."""
    if at is None:
        return ""
    there = local(at)
    this_year = timezone.localtime(now or timezone.now()).year
    months = "E" if reader() == "ru" else "F"
    text = written(there, f"j\u00a0{months}")
    return text if there.year == this_year and not with_year else f"{text}{NBSP}{there.year}"


def clock(at: datetime | None) -> str:
    """`18:00`."""
    return "" if at is None else timezone.localtime(at).strftime("%H:%M")


def moment(at: datetime | None, now: datetime | None = None) -> str:
    """`15 октября, 18:00`: day and time; the zone is said beside it by `zone`."""
    return "" if at is None else f"{day(at, now)}, {clock(at)}"


def deadline(at: datetime | None, now: datetime | None = None) -> str:
    """`15 октября, 18:00 по Калининграду (в Москве 19:00)`: a moment somebody must not miss, within a sentence."""
    return "" if at is None else f"{moment(at, now)} {zone(at)}"


def zone(at: datetime) -> str:
    """The zone of the written time and, where it differs, what the same instant is elsewhere: `по Калининграду (в Москве 19:00)`."""
    here, name = timezone.get_current_timezone_name(), zone_here(at)
    other = settings.PROFILE.time_zone if here != settings.PROFILE.time_zone else MOSCOW
    there = at.astimezone(ZoneInfo(other))
    if there.utcoffset() == timezone.localtime(at).utcoffset():
        return name
    if other == MOSCOW:
        # English readers are told the town's time alone: Moscow time is a Russian habit.
        moscow = _("%(zone)s (%(time)s in Moscow)") % {"zone": name, "time": f"{there:%H:%M}"}
        return name if reader() == "en" else moscow
    return _("%(zone)s (%(time)s %(other)s)") % {"zone": name, "time": f"{there:%H:%M}", "other": zone_name(other, at)}


def zone_here(at: datetime | None = None) -> str:
    """The reader's zone alone: beside a field to fill, or a stretch of hours, where `zone` would add an hour of another."""
    return zone_name(timezone.get_current_timezone_name(), at or timezone.now())


def zone_name(key: str, at: datetime) -> str:
    if key == settings.PROFILE.time_zone:
        return say(settings.PROFILE.time_zone_name)
    if key in ZONES:
        return say(ZONES[key])
    hours = at.astimezone(ZoneInfo(key)).strftime("%z")
    return f"UTC{hours[:3]}:{hours[3:]}"


@dataclass(frozen=True)
class Left:
    """What is left until an instant, in whole units; all zero when it has passed."""

    days: int
    hours: int
    minutes: int
    seconds: int

    @classmethod
    def until(cls, at: datetime, now: datetime) -> "Left":
        seconds = max(0, int((at - now).total_seconds()))
        return cls(seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60, seconds)


def urgency(at: datetime, now: datetime, opens: datetime | None = None) -> str:
    """The five states of a deadline: soon (not open yet), open, near (10 days), last (24 hours), closed."""
    if opens and now < opens:
        return "soon"
    if now >= at:
        return "closed"
    if at - now <= LAST:
        return "last"
    return "near" if at - now <= SOON else "open"
