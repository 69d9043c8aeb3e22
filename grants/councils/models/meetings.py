"""Meetings of the expert council: who sits, what is on the agenda, how each voted."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.fields import MoneyField
from fund.core.models import Opaque
from fund.core.uids import new_uid
from fund.core.visibility import VisibleQuerySet

from .decisions import OUTCOMES

BALLOTS = [("open", _("Open: everyone sees how each voted")), ("secret", _("Secret: only the sums are kept and shown"))]
CHOICES = [("for", _("For")), ("against", _("Against")), ("abstain", _("Abstain"))]
# A meeting that is still to come or under way.
LIVE = ("called", "open")


class MeetingQuerySet(VisibleQuerySet):
    def of_call(self, call):
        return self.filter(call=call)

    def live(self):
        return self.filter(state__in=LIVE)

    def floor(self):
        """Those that meet without a call."""
        return self.filter(call=None)

    def standing(self):
        """Held or to be held: what a release looks at."""
        return self.exclude(state="cancelled")


class Meeting(Opaque):
    """One meeting of the council: it decides a call, or meets without one, on topics of its own (models/floor.py)."""

    call = models.ForeignKey("calls.Call", null=True, on_delete=models.PROTECT, related_name="meetings")
    # What a meeting without a call is about; a call's meeting bears the call's name.
    title = models.CharField(_("title"), max_length=200, blank=True, default="", db_default="")
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=200)
    ballot = models.CharField(_("ballot"), max_length=6, choices=BALLOTS, default="open")
    # The share of the members that must vote on an item, as it was when the meeting was called: "2/3".
    quorum = models.CharField(max_length=7, default="2/3")
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("chair"))
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    state = models.CharField(max_length=10, default="called")
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Grows when the date moves: calendars take the newer entry.
    revision = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_why = models.TextField(blank=True)
    chair_signed_at = models.DateTimeField(null=True)
    secretary_signed_at = models.DateTimeField(null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["call", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(state__in=LIVE), name="one_live_meeting_of_a_call"),
            models.CheckConstraint(
                condition=Q(call__isnull=False, title="") | (Q(call=None) & ~Q(title="")),
                name="a_meeting_is_of_a_call_or_has_a_title",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id or self.title} {self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("councils:floor" if self.is_floor else "councils:meeting", args=[self.uid])

    @property
    def is_floor(self) -> bool:
        """Does it meet without a call?"""
        return self.call_id is None

    @property
    def name(self) -> Any:
        """What it is about, for a page."""
        return self.title if self.call is None else self.call.title

    @property
    def words(self) -> Any:
        """The same in the languages there are, for letters."""
        return self.title if self.call is None else self.call.words

    @property
    def share(self) -> Fraction:
        return Fraction(self.quorum)

    @property
    def is_secret(self) -> bool:
        return self.ballot == "secret"

    @property
    def signed_at(self) -> datetime | None:
        """When the second of the two signed the protocol."""
        if self.chair_signed_at is None or self.secretary_signed_at is None:
            return None
        return max(self.chair_signed_at, self.secretary_signed_at)


class Member(models.Model):
    """Who is invited to sit and vote, and whether they came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attended = models.BooleanField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "account"], name="one_seat_a_member")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.account_id}"


class Item(Opaque):
    """What is voted on: an application, or several that one vote decides; in a meeting without a call a motion.

    `outcome`, `amount`: what is proposed for an application.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="waiting")
    # Empty for a list: each of its applications gets what the ranking says.
    outcome = models.CharField(_("proposal"), max_length=10, choices=OUTCOMES, blank=True)
    amount = MoneyField(_("amount"), null=True)
    why = models.TextField(_("reason"), blank=True)
    # Grows when it is put to the vote anew: votes belong to a round.
    round = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="items_are_numbered")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    def get_absolute_url(self) -> str:
        if self.meeting.is_floor:
            return self.motion.get_absolute_url()
        return reverse("councils:item", args=[self.uid])


class Entry(models.Model):
    """An application on an agenda; once in a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="entries")
    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "application"], name="an_application_stands_once_on_an_agenda")]


class Vote(models.Model):
    """One vote of one member; a changed mind is a further row, the last one counts. Append-only.

    In a secret ballot it says only that the member voted: what, lies in the box, by itself.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="votes")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=8, choices=CHOICES, blank=True)
    is_casting = models.BooleanField(default=False)  # the chair's, after equal votes
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member", "round", "number"], name="council_votes_are_numbered"),
            models.CheckConstraint(condition=Q(choice__in=["", *(key for key, _label in CHOICES)]), name="a_choice_is_known"),
        ]


class Ballot(models.Model):
    """A paper in the box of a secret ballot: nobody's name, no time, and a key that tells no order. Append-only."""

    key = models.CharField(primary_key=True, max_length=14, default=new_uid)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=8, choices=CHOICES)
