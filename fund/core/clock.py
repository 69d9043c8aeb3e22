"""The one instant of a request: the server's, taken when it arrived, before anything else was done with it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HEADER = "HTTP_X_REQUEST_START"
# Our own proxy stamps the arrival so that waiting for a free thread costs nobody a deadline; older stamps are not believed.
LONGEST_WAIT = timedelta(seconds=60)


def arrived(environ: dict) -> datetime:
    """When the request arrived: the stamp of a trusted proxy on this machine if it is credible, else now."""
    now = timezone.now()
    stamp = environ.get(HEADER, "")
    if stamp and environ.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
        try:
            at = datetime.fromtimestamp(float(stamp.removeprefix("t=")), UTC)
        except (ValueError, OverflowError, OSError):
            return now
        if now - LONGEST_WAIT <= at <= now:
            return at
    return now


def fund_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
