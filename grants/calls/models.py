"""Calls: competitions and the versions of their regulations; questions to the curator."""

from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import Bilingual, say
from fund.core.fields import MoneyField
from fund.core.models import Opaque
from fund.core.visibility import VisibleQuerySet

from .regulation import Regulation, from_data

# What the town may see; a draft is the officers'.
PUBLISHED = ("announced", "open", "closed", "judging", "decided", "released", "archived", "cancelled")
# Its results are told, and nothing of how it was judged can change any more.
RELEASED = ("released", "archived")
# An announced call opens at its hour by itself; these are the states in which applications may come in.
TAKING = ("announced", "open")


def code_of(regulation: Regulation) -> str:
    """ЖД-26: the prefix and the year in which the call opens, by its own clock."""
    opens = regulation.timeline.opens.astimezone(ZoneInfo(regulation.timeline.zone))
    return f"{regulation.call.number_prefix}-{opens:%y}"


class CallQuerySet(VisibleQuerySet):
    def published(self):
        return self.filter(state__in=PUBLISHED)

    def open(self, now: datetime):
        """Taking applications at this instant, by the dates: the stored state only records it."""
        return self.filter(state__in=TAKING, opens_at__lte=now, closes_at__gte=now)

    def soon(self, now: datetime):
        return self.filter(state="announced", opens_at__gt=now)

    def over(self, now: datetime):
        """Closed for applications, whatever came of them."""
        return self.published().filter(Q(closes_at__lt=now) | ~Q(state__in=TAKING))

    def about(self, theme: str):
        return self.filter(themes__contains=f" {theme} ")

    def freshness(self) -> tuple:
        """Changes whenever any of these calls does."""
        return tuple(self.order_by().aggregate(n=models.Count("pk"), sum=models.Sum("revision"), last=models.Max("uid")).values())


class Call(Opaque):
    """One competition. Dates, sums and titles are read from the current regulation and written by `adopt` alone."""

    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(_("code"), max_length=12, unique=True)
    title_ru = models.CharField(_("title in Russian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    lead_ru = models.TextField(_("lead in Russian"))
    lead_en = models.TextField(_("lead in English"), blank=True)
    programme = models.CharField(_("programme"), max_length=40)
    # Keys of the profile's themes with a space on both sides of each, so that one query finds a theme on any database.
    themes = models.CharField(_("themes"), max_length=400, blank=True)
    # Keys in the same writing: person, team, organisation.
    applicants = models.CharField(_("who applies"), max_length=60)
    youngest = models.PositiveSmallIntegerField(_("least age"), default=18)
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("curator"))
    state = models.CharField(max_length=20, default="draft")
    opens_at = models.DateTimeField(_("opens"))
    deadline = models.DateTimeField(_("deadline"))
    # The deadline and its grace: the last instant at which an application is taken.
    closes_at = models.DateTimeField(_("closes"))
    envelope = MoneyField(_("envelope"))
    promised = MoneyField(_("promised"), default=0)
    least = MoneyField(_("smallest grant"), default=0)
    most = MoneyField(_("largest grant"), null=True)
    next_number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    # The cancelled call that this one opens anew: who had begun there goes on here.
    reopens = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reopened_as")
    cancelled_why = models.TextField(_("why it was cancelled"), blank=True)
    # Grows with every change that a visitor could see: what a cached page is fresh by.
    revision = models.PositiveIntegerField(default=0)

    title, lead = Bilingual("title"), Bilingual("lead")
    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("call"), _("calls")
        ordering = ["-deadline", "pk"]
        indexes = [models.Index(fields=["state", "closes_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(promised__gte=0, promised__lte=F("envelope")), name="promised_within_envelope"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("deadline")), name="a_call_opens_before_it_closes"),
            models.CheckConstraint(condition=Q(closes_at__gte=F("deadline")), name="grace_follows_the_deadline"),
        ]

    def __str__(self) -> str:
        return self.title_ru

    def get_absolute_url(self) -> str:
        return reverse("calls:read", args=[self.slug])

    @property
    def words(self) -> dict[str, str]:
        """The title in both languages: what a letter keeps."""
        return {"ru": self.title_ru, "en": self.title_en}

    @property
    def theme(self) -> str:
        """The first of its themes: the colours of its cover."""
        return next(iter(self.themes.split()), "")

    @property
    def left(self):
        """What may still be promised."""
        return self.envelope - self.promised

    @property
    def is_released(self) -> bool:
        return self.state in RELEASED

    def is_open_at(self, now: datetime, *, extension: datetime | None = None) -> bool:
        """Are applications taken at this instant? `extension` is one applicant's own deadline, if an officer gave one."""
        states = (*TAKING, "closed") if extension else TAKING
        closes = max(self.closes_at, extension) if extension else self.closes_at
        return self.state in states and self.opens_at <= now <= closes

    def refresh_from_db(self, *args, **kwargs):
        for known in ("version", "answers"):
            vars(self).pop(known, None)
        super().refresh_from_db(*args, **kwargs)

    @cached_property
    def answers(self) -> dict[tuple[str, int], bool]:
        """(question, account) → what predicates of the rooms above found; asked again once the row is read anew or locked."""
        return {}

    @property
    def grace(self) -> timedelta:
        return self.closes_at - self.deadline

    @cached_property
    def version(self) -> "Version":
        """The version of the regulation in force."""
        return self.versions.order_by("-number").first()

    @property
    def regulation(self) -> Regulation:
        return self.version.regulation

    def number_for(self, sequence: int) -> str:
        """ЖД-26-014 of the fourteenth."""
        return f"{self.code}-{sequence:03d}"


class VersionQuerySet(models.QuerySet):
    def amending(self, since: datetime):
        """Versions that changed a call already open: those who had begun are told of each."""
        return self.filter(is_amendment=True, made_at__gte=since)


class Version(models.Model):
    """One version of a call's regulation. Append-only; the newest is in force."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(_("reason"), blank=True)
    is_amendment = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="versions_are_numbered")]

    @property
    def regulation(self) -> Regulation:
        """The version read; equal digests are equal regulations, so each is read once in a process."""
        if self.digest not in _READ:
            if len(_READ) >= MOST_READ:
                _READ.clear()
            _READ[self.digest] = from_data(self.data)
        return _READ[self.digest]


MOST_READ = 200
_READ: dict[str, Regulation] = {}


class SketchQuerySet(VisibleQuerySet):
    def new(self):
        """Of calls that do not exist yet."""
        return self.filter(call=None)


class Sketch(Opaque):
    """A regulation being written: gaps and slips are kept as typed. `adopt` puts it in force, and the sketch is gone.

    Of a call there is at most one, which the officers share; of a new one `call` is empty. docs/decisions/0015.
    """

    call = models.OneToOneField(Call, null=True, on_delete=models.PROTECT, related_name="sketch")
    # The cancelled call that the new one opens anew.
    reopens = models.OneToOneField(Call, null=True, on_delete=models.PROTECT, related_name="reopening")
    data = models.JSONField()
    # Page → the open window that saved it last: its own earlier saving is no conflict.
    tabs = models.JSONField(default=dict)
    # The row taken away last, to be put back: {"at": [...], "row": {...}}.
    gone = models.JSONField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SketchQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("regulation being written"), _("regulations being written")
        ordering = ["-created_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(call=None) | Q(reopens=None), name="only_a_new_call_reopens_another")]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def title(self):
        return say(self.data.get("call", {}).get("title"))


class QuestionQuerySet(VisibleQuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def public(self):
        return self.filter(is_public=True)


class Question(Opaque):
    """A question to the curator: the answer is public without the asker's name, or private."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField(_("question"), max_length=2000)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField(_("show on the call's page"), default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answer_has_who_and_when",
            ),
            models.CheckConstraint(condition=Q(is_public=False) | Q(answered_at__isnull=False), name="only_answers_are_public"),
        ]
