"""A meeting without a call: topics, invited sides, motions and their wordings, the outcome document, what follows from it.

Members, attendance, quorum, items and votes are those of every meeting; a motion is voted on as an item.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import LANGUAGES
from fund.core.clock import fund_zone
from fund.core.models import Opaque
from fund.core.visibility import VisibleQuerySet

from .meetings import Item, Meeting, Member

ANSWERS = [("comes", _("Comes")), ("sends", _("Sends somebody")), ("declines", _("Does not come"))]


class Topic(Opaque):
    """One topic of the agenda, who speaks on it, and what was said."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("topic"), max_length=300)
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    minutes = models.TextField(_("course of the discussion"), blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.title


class SideQuerySet(VisibleQuerySet):
    def invited(self):
        """Those whose invitation stands."""
        return self.filter(withdrawn_at=None)

    def awaited(self):
        """Those who did not say that they stay away."""
        return self.invited().exclude(answer="declines")


class Side(Opaque):
    """A ministry, a town, an organisation invited to one meeting: whom it names, where letters go, what it answered.

    It has no account here: the link of its letters speaks for it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey("people.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("side"), max_length=200)
    person = models.CharField(_("contact person"), max_length=200)
    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language of the letters"), max_length=2, choices=LANGUAGES, default="ru")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=8, choices=ANSWERS, blank=True)
    delegate = models.CharField(_("who comes instead"), max_length=200, blank=True)
    word = models.CharField(_("a word to the secretary"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = SideQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("side"), _("sides")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "meeting", Lower("email"), condition=Q(withdrawn_at=None), name="one_invitation_an_address_and_meeting"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_a_moment",
            ),
            models.CheckConstraint(
                condition=(Q(answer="sends") & ~Q(delegate="")) | (~Q(answer="sends") & Q(delegate="")),
                name="who_sends_says_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def comer(self) -> str:
        """Who comes for it."""
        return self.delegate or self.person


class MotionQuerySet(VisibleQuerySet):
    def carried(self):
        return self.filter(item__state="carried")


class Motion(Opaque):
    """A proposal to a meeting, from a member, a side, or the floor. Its words are its last wording; its item says what became of it."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="motion")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="motions")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="motions")
    side = models.ForeignKey(Side, null=True, on_delete=models.PROTECT, related_name="motions")
    said_by = models.CharField(_("who said it"), max_length=200, blank=True)
    handed_in_at = models.DateTimeField()
    # Whoever wrote it down; nobody signed in where a side did by its link.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Its number in the outcome document.
    clause = models.PositiveSmallIntegerField(null=True)

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("proposal"), _("proposals")
        ordering = ["item__number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, side=None, said_by="")
                | Q(member=None, side__isnull=False, said_by="")
                | (Q(member=None, side=None) & ~Q(said_by="")),
                name="a_motion_has_one_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}"

    def get_absolute_url(self) -> str:
        return reverse("councils:motion", args=[self.uid])

    @property
    def meeting(self) -> Meeting:
        return self.item.meeting

    @property
    def wording(self) -> "Wording":
        return list(self.wordings.all())[-1]

    @property
    def text(self) -> str:
        return self.wording.text

    @property
    def author(self) -> str:
        if self.member is not None:
            return self.member.account.person.short_name
        return self.side.name if self.side is not None else self.said_by


class Wording(models.Model):
    """One wording of a motion; a reworded one is a further row. Append-only."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("proposal"))
    # The votes of later rounds are on it.
    round = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["motion", "number"]
        constraints = [models.UniqueConstraint(fields=["motion", "number"], name="wordings_are_numbered")]

    def __str__(self) -> str:
        return f"{self.motion_id}/{self.number}"


class ResolutionQuerySet(VisibleQuerySet):
    def published(self):
        return self.exclude(published_at=None)


class Resolution(Opaque):
    """The outcome document of a meeting: the numbered proposals it carried. Its words are an issued paper."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="resolution")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("outcome document"), _("outcome documents")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None) | Q(published_at__isnull=False, published_by__isnull=False),
                name="who_publishes_does_it_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("councils:resolution", args=[self.uid])


class FollowUpQuerySet(VisibleQuerySet):
    def open(self):
        return self.filter(state="open")

    def overdue(self, today: date):
        return self.open().filter(due_on__lt=today)


class FollowUp(Opaque):
    """What follows from a carried motion: who answers for it, by when, done or not. What carries it out points here."""

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="follow_up")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    side = models.ForeignKey(Side, null=True, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(_("due"))
    entrusted_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    word = models.TextField(_("what was done"), blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, side=None) | Q(account=None, side__isnull=False),
                name="one_answers_for_a_follow_up",
            ),
            models.CheckConstraint(
                condition=Q(state="open", reported_at=None) | (~Q(state="open") & Q(reported_at__isnull=False)),
                name="a_report_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion}"

    @property
    def responsible(self) -> str:
        """Who answers for it, for the people of the meeting."""
        return self.side.name if self.account is None else self.account.person.short_name

    @property
    def due_at(self) -> datetime:
        """The end of its last day, by the fund's clock."""
        return datetime.combine(self.due_on + timedelta(days=1), time(), tzinfo=fund_zone())

    def is_overdue(self, now: datetime) -> bool:
        return self.state == "open" and self.due_at <= now
