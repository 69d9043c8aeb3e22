"""The daily digest: what a recipient chose to read once a day, gathered into one notice in the morning of their zone."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fund.accounts.models import Account

from ..letters import subject_of, text_of
from ..models import Delivery
from ..registry import DIGEST
from .notify import notify

MORNING = time(8, 0)
MOST_ITEMS = 50


def gather(*, now: datetime) -> int:
    """A digest for everybody whose morning has come and for whom something waits. Counts the digests."""
    waiting = Delivery.objects.filter(channel=DIGEST, state="pending", notice__account__is_active=True)
    accounts = Account.objects.filter(pk__in=waiting.values("notice__account")).order_by("pk")
    return sum(_gather_for(account, now=now) for account in accounts.iterator())


@transaction.atomic
def _gather_for(account: Account, *, now: datetime) -> bool:
    """One notice per account and morning: the unique key of notices is what makes it one."""
    local = now.astimezone(ZoneInfo(account.time_zone or settings.TIME_ZONE))
    morning = datetime.combine(local.date(), MORNING, tzinfo=local.tzinfo)
    if local < morning:
        return False
    rows = Delivery.objects.filter(channel=DIGEST, state="pending", notice__account=account).order_by("pk")
    late = rows.filter(expires_at__lte=now)
    late.update(state="expired")
    items = list(rows.select_for_update(of=("self",)).select_related("notice__account")[:MOST_ITEMS])
    if not items:
        return False
    facts = {"items": [_item(delivery, account.language) for delivery in items], "count": len(items)}
    if not notify("notices.digest", account, to=account, now=now, instant=morning, facts=facts, link=("notices:inbox",)):
        return False
    Delivery.objects.filter(pk__in=[item.pk for item in items]).update(state="sent", sent_at=timezone.now())
    return True


def _item(delivery: Delivery, language: str) -> dict:
    """Subject, first paragraph, when it was written. The paragraph says of what and until when: the subject alone does not."""
    notice = delivery.notice
    first = text_of(notice, language).partition("\n\n")[0].strip()
    return {"subject": subject_of(notice, language), "text": first, "at": notice.created_at}
