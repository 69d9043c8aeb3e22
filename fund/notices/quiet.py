"""Quiet hours as arithmetic: when a letter may come to somebody who wants none at night."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def after_quiet(at: datetime, since: time, until: time, zone: str) -> datetime:
    """`at` itself outside the quiet hours of that zone's clock, else the moment they end."""
    local = at.astimezone(ZoneInfo(zone))
    clock = local.time()
    spans_midnight = since > until
    inside = (clock >= since or clock < until) if spans_midnight else since <= clock < until
    if not inside:
        return at
    day = local.date() + timedelta(days=1 if spans_midnight and clock >= since else 0)
    return datetime.combine(day, until, tzinfo=local.tzinfo)
