"""Working days as the profile counts them: Monday to Friday, by the town's clock. No database."""

from datetime import datetime, time, timedelta

from django.conf import settings

from fund.core.clock import fund_zone

END = time(18)


def after_working_days(now: datetime, days: int | None = None) -> datetime:
    """18:00 of the last of so many working days after `now` (the profile's number of days to answer an appeal)."""
    there, left = now.astimezone(fund_zone()), settings.PROFILE.appeal_answer_days if days is None else days
    while left:
        there += timedelta(days=1)
        left -= there.weekday() < 5
    return there.replace(hour=END.hour, minute=0, second=0, microsecond=0)
