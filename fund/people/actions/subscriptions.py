"""Verbs about "tell me when it opens": ask, confirm the address, withdraw, tell."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.notices.actions import notify
from fund.notices.actions.notify import address_of
from fund.notices.calendars import Entry
from fund.notices.models import Address, Preference

from .. import notices
from ..models import Subscription
from ..queries import subscription_token
from ..topics import ANY, Topic, topic_of

CONFIRM_WITHIN = timedelta(days=30)
KEPT = timedelta(days=30)  # after the letter was written


@transaction.atomic
def subscribe(
    topic: Topic, thing: Any, *, by: Account | None, now: datetime, email: str = "", once: str | None = None
) -> Subscription:
    """Keeps the wish. Who is signed in has confirmed their address; anyone else gets a letter, whether we know them or not.

    A wish asked for again waits again, once it is confirmed; `thing` None means whichever comes next.
    """
    slot = claim(once, by=by, verb="people.subscribe", body={"topic": topic.name, "thing": thing and thing.pk, "email": email})
    if slot.made:
        return slot.thing(Subscription)
    about = {"of_type": topic.model, "of_id": thing.pk if thing else ANY}
    row, _new = Subscription.objects.get_or_create(
        **(_who(email) if by is None else {"account": by}), **about, defaults={"asked_at": now}
    )
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    slot.keep(row)
    if by is not None:
        confirm_subscription(row, by=by, now=now)
    else:
        notices.subscription_to_confirm(row, topic.words(thing), token=subscription_token(row), now=now)
    return row


def _who(email: str) -> dict[str, Any]:
    account = Account.objects.filter(email__iexact=email).first()
    return {"account": account} if account else {"address": address_of(email)}


@transaction.atomic
def confirm_subscription(row: Subscription, *, by: Account | None, now: datetime) -> None:
    """The address is theirs: they wait from now on, and an earlier "no more letters" of this kind is taken back."""
    row.refresh_from_db(from_queryset=Subscription.objects.select_for_update(of=("self",)))
    if row.asked_at < now - CONFIRM_WITHIN:
        raise Refused(_("This link has expired. Ask to be told once more."), code="expired")
    topic = topic_of(row.of_type)
    thing = topic.of(row.of_id)
    is_over = row.of_id != ANY and (thing is None or not topic.is_awaited(thing, now))
    row.confirmed_at, row.told_at = now, now if is_over else None
    row.save(update_fields=["confirmed_at", "told_at"])
    if row.address_id:
        Address.objects.filter(pk=row.address_id, confirmed_at=None).update(confirmed_at=now)
    Preference.objects.filter(kind=topic.message, account=row.account_id, address=row.address_id).delete()
    record("people.confirm_subscription", row, by=by, now=now)


@transaction.atomic
def withdraw_subscription(row: Subscription, *, by: Account | None, now: datetime) -> None:
    """Removes the wish; an address that waits for nothing else is forgotten with the others nobody confirmed."""
    record("people.withdraw_subscription", row, by=by, now=now)
    address = row.address
    row.delete()
    if address and not address.subscriptions.exists():
        Address.objects.filter(pk=address.pk).update(confirmed_at=None)


@transaction.atomic
def tell_subscribers(topic: Topic, thing: Any, *, now: datetime, facts: dict[str, Any], calendar: Entry | None = None) -> int:
    """Tells everybody who waits for this thing, or for whichever comes next, once. Counts the notices."""
    waiting = Subscription.objects.waiting().filter(of_type=topic.model, of_id__in=(thing.pk, ANY)).order_by("pk")
    rows = list(waiting.select_for_update(of=("self",)).select_related("account", "address"))
    link, to = topic.link(thing), [row.recipient for row in rows]
    made = notify(topic.message, thing, to=to, now=now, facts=facts, link=link, calendar=calendar)
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return len(made)


def forget_subscriptions(*, now: datetime) -> int:
    """Withdraws what was told, or asked for and never confirmed, thirty days ago. Counts them."""
    old = now - KEPT
    rows = Subscription.objects.filter(Q(told_at__lt=old) | Q(confirmed_at=None, asked_at__lt=old)).select_related("address")
    forgotten = list(rows)
    for row in forgotten:
        withdraw_subscription(row, by=None, now=now)
    return len(forgotten)
