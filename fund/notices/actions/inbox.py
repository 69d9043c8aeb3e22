"""What a recipient does with messages: reads them, chooses which come how, unsubscribes."""

from datetime import datetime, time
from typing import Any

from django.db import transaction

from fund.accounts.models import Account

from ..models import Address, Delivery, Notice, Preference, QuietHours
from ..registry import DIGEST, EMAIL, INBOX, OFF, kind_of


def read(notices: Any, *, now: datetime) -> int:
    """Marks these notices as read; those read before keep their time."""
    return Delivery.objects.filter(notice__in=notices, channel=INBOX, read_at=None).update(read_at=now)


@transaction.atomic
def prefer(account: Account, modes: dict[str, str], *, quiet: tuple[time, time] | None) -> None:
    """Keeps how the account wants each optional kind, and its quiet hours. Pressed twice at once, it is kept twice the same."""
    Account.objects.select_for_update().get(pk=account.pk)
    for kind, mode in modes.items():
        _keep({"account": account}, kind, mode)
    QuietHours.objects.filter(account=account).delete()
    if quiet:
        QuietHours.objects.create(account=account, since=quiet[0], until=quiet[1])


@transaction.atomic
def unsubscribe(recipient: Account | Address, kind: str) -> None:
    """No more letters of this kind; those that wait are taken back, the inbox keeps its copy."""
    column = {"address" if isinstance(recipient, Address) else "account": recipient}
    _keep(column, kind, OFF)
    mine = Notice.objects.filter(kind=kind, **column)
    Delivery.objects.filter(notice__in=mine, channel__in=(EMAIL, DIGEST), state="pending").update(state="suppressed")


def _keep(column: dict, kind: str, mode: str) -> None:
    if kind_of(kind).optional:
        Preference.objects.update_or_create(**column, kind=kind, defaults={"mode": mode})
