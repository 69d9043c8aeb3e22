"""The demo's calendar: everything is placed around the day it is made, by the town's clock."""

from datetime import datetime, timedelta

from fund.core.clock import fund_zone


def day(now: datetime, days: float, hour: int = 18, minute: int = 0) -> datetime:
    """`days` from today at an hour of the town."""
    there = now.astimezone(fund_zone()) + timedelta(days=days)
    return there.replace(hour=hour, minute=minute, second=0, microsecond=0)
