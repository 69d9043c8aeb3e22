"""Notices, their deliveries per channel, preferences, and addresses that belong to no account."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import LANGUAGES
from fund.core.models import Opaque, Upward, UpwardQuerySet
from fund.core.visibility import VisibleQuerySet

from .registry import DAILY, DIGEST, EMAIL, INBOX, NOW, OFF

HELD = ("leased", "sending")
WAITING = ("pending", "retry", "uncertain")
MODES = [(NOW, _("at once")), (DAILY, _("once a day")), (OFF, _("no letters"))]
STATES = ("pending", "leased", "sending", "sent", "retry", "uncertain", "failed", "cancelled", "expired", "suppressed")


class Address(Opaque):
    """An e-mail address without an account: it subscribes, or asked for an account letter."""

    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="ru")
    confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    is_active = True
    time_zone = ""

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_row_per_address")]

    def __str__(self) -> str:
        return self.email


class NoticeQuerySet(UpwardQuerySet):
    def with_inbox(self):
        """Only what stands in an inbox, newest first, with `read_at`."""
        return self.filter(deliveries__channel=INBOX).annotate(read_at=F("deliveries__read_at")).order_by("-pk")


class Notice(Opaque, Upward):
    """One message to one recipient, written in the transaction that caused it.

    The unique keys below begin with the recipient and serve as its index; a second one would only slow the writing.

    `instant` is the deadline's, or where there is none that of the act; `ahead` is a reminder's distance before it.
    """

    kind = models.CharField(max_length=80)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    address = models.ForeignKey(Address, null=True, on_delete=models.CASCADE, related_name="notices", db_index=False)
    instant = models.DateTimeField()
    ahead = models.DurationField(default=timedelta)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=600, blank=True)
    calendar = models.JSONField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "of_type", "of_id", "instant", "ahead"],
                condition=Q(account__isnull=False),
                name="one_notice_per_account",
            ),
            models.UniqueConstraint(
                fields=["address", "kind", "of_type", "of_id", "instant", "ahead"],
                condition=Q(address__isnull=False),
                name="one_notice_per_address",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, address__isnull=True) | Q(account__isnull=True, address__isnull=False),
                name="notice_goes_to_one",
            ),
        ]
        indexes = [models.Index(fields=["of_type", "of_id", "kind"], name="notice_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def recipient(self):
        return self.account or self.address


class DeliveryQuerySet(VisibleQuerySet):
    def due(self, now):
        """Letters that may leave now, oldest first."""
        return self.filter(channel=EMAIL, state__in=WAITING, next_at__lte=now).order_by("next_at", "pk")

    def waiting_letters(self):
        return self.filter(channel=EMAIL, state__in=WAITING + HELD)

    def failed_letters(self):
        return self.filter(channel=EMAIL, state="failed").order_by("-pk")


class Delivery(models.Model):
    """One notice on one channel, with a state of its own. `owner` and `attempt` fence every write of a sender."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=8, choices=[(EMAIL, _("E-mail")), (INBOX, _("On the site")), (DIGEST, _("Digest"))])
    state = models.CharField(max_length=10, default="pending")
    owner = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)  # how often this very letter was turned down for now
    copies = models.PositiveSmallIntegerField(default=0)  # how often its data may have reached the mail server
    next_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=140, blank=True)  # made of the notice's uid, which is unique
    language = models.CharField(max_length=2, blank=True)  # of the first copy, so that a second is identical
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel"),
            models.CheckConstraint(
                condition=(Q(state__in=HELD) & ~Q(owner="") & Q(until__isnull=False))
                | (~Q(state__in=HELD) & Q(owner="") & Q(until__isnull=True)),
                name="delivery_held_by_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_when",
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="delivery_state_known"),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(state__in=WAITING), name="delivery_due"),
            models.Index(fields=["until"], condition=Q(state__in=HELD), name="delivery_held"),
            models.Index(fields=["id"], condition=Q(state="failed"), name="delivery_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Preference(models.Model):
    """How one recipient wants one kind of message: now, in the daily digest, or not at all."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.ForeignKey(Address, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    mode = models.CharField(max_length=5, choices=MODES)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(account__isnull=False), name="one_preference_per_account"
            ),
            models.UniqueConstraint(
                fields=["address", "kind"], condition=Q(address__isnull=False), name="one_preference_per_address"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, address__isnull=True) | Q(account__isnull=True, address__isnull=False),
                name="preference_of_one",
            ),
        ]


class QuietHours(models.Model):
    """Hours of the recipient's own clock in which only urgent letters come; `since` after `until` spans midnight."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours")
    since = models.TimeField(_("from"))
    until = models.TimeField(_("until"))

    class Meta:
        verbose_name_plural = "quiet hours"
        constraints = [models.CheckConstraint(condition=~Q(since=F("until")), name="quiet_hours_are_hours")]
