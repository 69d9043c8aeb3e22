"""Applications: proposals to a call, from the first draft to the outcome; extra time, and requests to be taken late."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from fund.core.visibility import VisibleQuerySet
from fund.documents.models import Paper
from grants.calls.models import Call, Version
from grants.calls.regulation import Regulation
from grants.proposals.models import Proposal, Receipt, TeamMember

# The team writes in these; a submitted one is replaced by sending again while the call is open.
WRITTEN = ("draft", "submitted", "returned")
# What was sent and stands.
SENT = ("submitted", "returned", "not_admitted", "admitted", "under_review", "funded", "reserve", "declined", "lapsed")
# From these the applicant may step back.
BEFORE_RELEASE = ("draft", "submitted", "returned", "admitted", "under_review", "late_requested")
# These do not count against the number of applications one applicant may send to a call.
UNCOUNTED = ("withdrawn", "missed", "refused")
# From these the same text may be carried to another call.
CONTINUED = ("missed", "refused", "not_admitted", "declined", "lapsed", "withdrawn")

# These go on in the call that opens a cancelled one anew.
CARRIED = ("draft", "submitted", "returned", "admitted", "under_review", "late_requested")

# In the order of their numbers, which grow longer: …-1000 comes after …-999.
NUMBERED = (Length("number"), "number", "pk")

# Beside the costs, parts of the form that are no section of questions.
APPLICANT, TEAM, FILES = "@applicant", "@team", "@files"

REASONS = [
    ("not_eligible", _("The applicant does not meet the conditions of the call")),
    ("off_theme", _("The project does not fit what the call supports")),
    ("incomplete", _("Documents are missing or unreadable and were not added in time")),
    ("over_limit", _("The sum or its parts do not keep to the limits of the call")),
    ("false_facts", _("Facts in the application are not true")),
    ("duplicate", _("The same project was already sent to this call")),
    ("no_consent", _("The consent of a named person or of a guardian is missing")),
    ("other", _("Another reason, given below")),
]
CHECKS = [
    ("time", _("It came in time")),
    ("eligibility", _("The conditions of the call are met")),
    ("applicant", _("The applicant may take part: age, residence, kind")),
    ("once", _("It is the applicant's only one, and no copy of another")),
    ("theme", _("The project fits the call")),
    ("documents", _("The documents are readable and belong to the project")),
    ("costs", _("The costs are explained and keep to the limits")),
    ("team", _("Everyone named has consented")),
]


class ApplicationQuerySet(VisibleQuerySet):
    def of_call(self, call: Call):
        return self.filter(call=call)

    def by_number(self):
        return self.order_by(*NUMBERED)

    def sent(self):
        """Sent at least once and standing: neither withdrawn nor missed."""
        return self.filter(state__in=SENT)

    def to_check(self):
        """Waiting for the formal check, or for the corrections it asked for."""
        return self.filter(state__in=("submitted", "returned"))

    def counted(self):
        """Those that count against the number one applicant may send."""
        return self.exclude(state__in=UNCOUNTED)

    def drafts_over(self, now: datetime):
        """Drafts whose deadline has passed, their own extension included."""
        drafts = self.filter(state="draft", call__closes_at__lt=now).exclude(call__state="cancelled")
        return drafts.exclude(extended_until__gte=now)

    def to_carry(self, since: datetime):
        """Begun in a cancelled call that was opened anew and takes applications; opened since then."""
        reopened = Call.objects.filter(reopens__isnull=False, state__in=("open", "closed"), opens_at__gte=since)
        begun = self.filter(call__in=reopened.values("reopens"), state__in=CARRIED)
        return begun.exclude(pk__in=self.model.objects.exclude(continues=None).values("continues"))

    def written_by(self, user):
        """The user's own, and those of teams the user has joined."""
        joined = TeamMember.objects.joined().filter(of_type=Application._meta.label_lower, account=user.pk)
        return self.filter(Q(owner=user.pk) | Q(pk__in=joined.values("of_id")))

    def in_reserve(self, call: Call):
        """Who waits for money to be freed, the first to be asked first."""
        return self.filter(call=call, state="reserve").order_by("reserve_place")

    def competing(self, user):
        """What the user has sent or helped to write: whoever has one of these in a call is a rival of all others there."""
        return self.sent().written_by(user)


class Application(Proposal):
    """One application. Title and sums are those that count: the draft's until it is sent, from then on what was sent."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    # The version in force when it was begun; questions and rubric are the same in all versions of an open call.
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="draft")
    # Answers to the eligibility questions, given before the draft was begun.
    eligibility = models.JSONField(default=dict)
    # What was sent last, and counts until the next is sent.
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="+")
    extended_until = models.DateTimeField(_("own deadline"), null=True)
    correct_until = models.DateTimeField(_("correct until"), null=True)
    # [{"section": key, "question": key or "", "remark": text}] of the correction asked for.
    marks = models.JSONField(default=list)
    # Reason codes of a refusal, and what the officer adds to them.
    reasons = models.JSONField(default=list)
    remark = models.TextField(blank=True)
    granted = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    reserve_place = models.PositiveSmallIntegerField(null=True)
    continues = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("application"), _("applications")
        ordering = ["-saved_at", "pk"]
        indexes = [models.Index(fields=["call", "state"]), models.Index(fields=["owner"])]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], condition=~Q(number=""), name="numbers_differ_in_a_call"),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(correct_until__isnull=False), name="a_return_has_a_deadline"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT) | Q(receipt__isnull=False, submitted_at__isnull=False) & ~Q(number=""),
                name="what_was_sent_has_number_receipt_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="funded") | Q(granted__gt=0, granted__lte=F("amount")), name="a_grant_is_within_the_request"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.name

    @property
    def regulation(self) -> Regulation:
        return self.version.regulation

    @property
    def theme(self) -> str:
        return self.call.theme

    @property
    def is_written(self) -> bool:
        return self.state in WRITTEN

    @property
    def has_ended(self) -> bool:
        """Nothing more comes of it here: its text may be carried to another call."""
        return self.state in CONTINUED or self.call.state == "cancelled"

    @property
    def closes_at(self) -> datetime:
        """The last instant at which it is taken: the call's with its grace, or the applicant's own if that is later."""
        return max(self.call.closes_at, self.extended_until) if self.extended_until else self.call.closes_at

    @property
    def deadline(self) -> datetime:
        """The deadline as it is told: without the grace."""
        return max(self.call.deadline, self.extended_until) if self.extended_until else self.call.deadline

    @property
    def has_unsent_changes(self) -> bool:
        """Was anything written after what was sent last?"""
        return self.submitted_at is not None and self.saved_at > self.submitted_at

    @property
    def writable_until(self) -> datetime:
        """Until when its team may write: the correction's deadline while it is returned, else until it closes."""
        return self.correct_until if self.state == "returned" else self.closes_at

    def authors(self) -> list[Any]:
        """The accounts of the owner and of those in the team who have joined: whom letters about it go to."""
        team = TeamMember.objects.about(self).joined().exclude(account=None).select_related("account")
        return [self.owner, *(member.account for member in team)]


class Extension(models.Model):
    """An officer gave one applicant more time, and said why. Append-only: the newest counts."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateTimeField()
    why = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Tick(models.Model):
    """One point of the checklist, looked at by somebody in what was sent then: what is sent anew is looked at anew."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="ticks")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+")
    point = models.CharField(max_length=20, choices=CHECKS)
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("tick"), _("ticks")
        constraints = [models.UniqueConstraint(fields=["receipt", "point"], name="a_point_is_ticked_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.point}"


class Dossier(models.Model):
    """The paper of what was sent: one for each receipt, and one more for those who judge it, without what they may not see."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="dossiers")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    is_for_experts = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("dossier"), _("dossiers")
        constraints = [models.UniqueConstraint(fields=["receipt", "is_for_experts"], name="one_dossier_of_a_receipt")]

    def __str__(self) -> str:
        return f"{self.receipt_id}: {self.paper_id}"


class Late(models.Model):
    """A request to count a missed draft: what it said at the deadline is kept with it as proof."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="late")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(_("what happened"), max_length=2000)
    proof = models.JSONField()
    digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, accepted=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, accepted__isnull=False),
                name="a_late_decision_has_who_when_and_what",
            )
        ]


class Fingerprint(models.Model):
    """The shingles of what an application said when it was sent last: read once, compared with all that come later."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="fingerprint")
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="+")
    shingles = models.BinaryField()


class Likeness(models.Model):
    """Two applications of one call share more than half of their text; an officer keeps the flag or dismisses it, with a reason."""

    first = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()
    is_kept = models.BooleanField(null=True)
    why = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("likeness"), _("likenesses")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_likeness_of_two"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_likeness_is_of_two_in_order"),
            models.CheckConstraint(
                condition=Q(is_kept=None, decided_at=None, decided_by=None)
                | Q(is_kept__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="a_likeness_decided_has_who_and_when",
            ),
        ]

    def other_than(self, application: Application) -> Application:
        return self.second if self.first_id == application.pk else self.first
