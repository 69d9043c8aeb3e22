"""Who asked to be told when something opens. It is about a thing of a room above, or about whichever comes next."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from fund.core.models import Opaque, Upward, UpwardQuerySet
from fund.notices.models import Address


class SubscriptionQuerySet(UpwardQuerySet):
    def waiting(self):
        """Confirmed, and not told yet."""
        return self.filter(told_at=None).exclude(confirmed_at=None)


class Subscription(Opaque, Upward):
    """One account or address, one thing (`of_id` 0: whichever comes next), told once. Withdrawing removes the row."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.ForeignKey(Address, null=True, on_delete=models.CASCADE, related_name="subscriptions")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["of_type", "of_id"], condition=Q(told_at=None), name="subscriptions_to_tell")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "of_type", "of_id"], condition=Q(account__isnull=False), name="one_subscription_per_account"
            ),
            models.UniqueConstraint(
                fields=["address", "of_type", "of_id"], condition=Q(address__isnull=False), name="one_subscription_per_address"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, address__isnull=True) | Q(account__isnull=True, address__isnull=False),
                name="subscription_of_one",
            ),
            models.CheckConstraint(condition=Q(told_at=None) | Q(confirmed_at__isnull=False), name="nobody_is_told_unconfirmed"),
        ]

    def __str__(self) -> str:
        return f"{self.of_type}:{self.of_id}"

    @property
    def recipient(self):
        return self.account or self.address
