"""Counting attempts at passwords and codes, and letters asked for, per address typed and per place they come from.

An attempt is counted before it is judged, so a thousand at once gain nothing, and taken back when it was right. A closed
key opens by itself after a while that grows with each failure up to a limit: nobody is locked out for good. Where an
account has signed in before, the browser carries a mark and is counted by itself, so strangers cannot close it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.moments import clock

from ..models import Attempt

FIRST = timedelta(minutes=1)
KEPT = timedelta(days=2)
USED = timedelta(minutes=5)  # longer than any code of an app is valid


@dataclass(frozen=True)
class Limit:
    """So many attempts are free; then the key closes for a minute, two, four … up to `longest`; forgotten after `calm`."""

    free: int
    longest: timedelta = timedelta(minutes=15)
    calm: timedelta = timedelta(hours=1)


HOUR = timedelta(hours=1)
# For each act: by whom and where together, by whom from anywhere, from one place for anyone, from a known browser.
LIMITS: dict[str, dict[str, Limit]] = {
    "password": {"pair": Limit(5), "who": Limit(50), "where": Limit(200), "device": Limit(10)},
    "code": {"pair": Limit(5), "who": Limit(20), "device": Limit(10)},
    # Check codes of papers: asked by visitors, so by place alone; a wrong one in twenty is a slip of the pen.
    "paper": {"where": Limit(20)},
    "letter": {"pair": Limit(5, HOUR, 24 * HOUR), "who": Limit(10, HOUR, 24 * HOUR), "device": Limit(5, HOUR, 24 * HOUR)},
}


@dataclass(frozen=True)
class Counted:
    """The keys one attempt was counted under."""

    keys: tuple[str, ...]

    def was_right(self) -> None:
        """Takes the attempt back; one success does not clean the slate for other guesses."""
        Attempt.objects.filter(key__in=self.keys, failures__gt=0).update(failures=F("failures") - 1, closed_until=None)


def count_attempt(act: str, *, who: str, where: str, device: str = "", now: datetime) -> Counted:
    """Counts one attempt, or refuses it when one of its keys is closed; what is refused is not counted."""
    limits = LIMITS[act]
    named = {"device": device} if device else {"pair": f"{who} {where}", "who": who, "where": where}
    chosen = {key_of(act, scope, value): limits[scope] for scope, value in named.items() if scope in limits}
    with transaction.atomic():
        Attempt.objects.bulk_create([Attempt(key=key, last_at=now) for key in sorted(chosen)], ignore_conflicts=True)
        rows = locked(chosen)
        _refuse_closed(rows, now)
        for row in rows:
            _add(row, chosen[row.key], now)
    return Counted(tuple(chosen))


def locked(keys: Iterable[str]) -> list[Attempt]:
    """The rows of these keys, in one order for everybody, held until the attempt is counted."""
    return list(Attempt.objects.select_for_update().filter(key__in=keys).order_by("key"))


def _refuse_closed(rows: Sequence[Attempt], now: datetime) -> None:
    until = max((row.closed_until for row in rows if row.closed_until and row.closed_until > now), default=None)
    if until:
        # The next whole minute, so that who comes back at the time we named is let in.
        at = clock(until + timedelta(seconds=59))
        raise Refused(_("Too many attempts. Try again at %(time)s") % {"time": at}, code="too_many")


def _add(row: Attempt, limit: Limit, now: datetime) -> None:
    if now - row.last_at > limit.calm:
        row.failures = 0
    row.failures, row.last_at, row.closed_until = row.failures + 1, now, None
    beyond = row.failures - limit.free
    if beyond >= 0:
        row.closed_until = now + min(FIRST * 2 ** min(beyond, 10), limit.longest)
    row.save(update_fields=["failures", "last_at", "closed_until"])


def use_once(act: str, value: str, *, now: datetime) -> bool:
    """Marks a code as used; False while it was used shortly before. The row decides between two at once."""
    key = key_of(act, "used", value)
    _row, is_new = Attempt.objects.get_or_create(key=key, defaults={"last_at": now})
    return is_new or bool(Attempt.objects.filter(key=key, last_at__lt=now - USED).update(last_at=now))


def forget_attempts(*, now: datetime) -> int:
    """Removes what no limit looks at any more; says how many rows."""
    return Attempt.objects.filter(last_at__lt=now - KEPT).delete()[0]


def key_of(act: str, scope: str, value: str) -> str:
    """A keyed digest: the table names nobody."""
    return salted_hmac("fund.people.attempts", f"{act}:{scope}:{value.strip().lower()}", algorithm="sha256").hexdigest()
