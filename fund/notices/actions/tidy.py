"""What is not kept: facts that open doors, and addresses that never were confirmed."""

from datetime import datetime, timedelta

from ..models import HELD, WAITING, Address, Delivery, Notice
from ..registry import EMAIL, KINDS

SECRETS_LIVE = timedelta(hours=1)
STRANGERS_LIVE = timedelta(days=30)


def tidy(*, now: datetime) -> int:
    """Wipes codes and links of account letters an hour after they left, and strangers' addresses after a month."""
    secret = [name for name, kind in KINDS.items() if kind.secret]
    old = Notice.objects.filter(kind__in=secret, created_at__lt=now - SECRETS_LIVE).exclude(facts={}, link="")
    waits = Delivery.objects.filter(channel=EMAIL, state__in=WAITING + HELD)
    wiped = old.exclude(pk__in=waits.values("notice")).update(facts={}, link="")
    strangers = Address.objects.filter(confirmed_at=None, created_at__lt=now - STRANGERS_LIVE)
    strangers.delete()
    return wiped
