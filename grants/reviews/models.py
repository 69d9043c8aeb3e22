"""Judging: who judges which application, what they handed in, and what ties them to the applicant."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from fund.core.models import Opaque
from fund.core.visibility import VisibleQuerySet

from .assignment import Problem, from_data
from .conflicts import KINDS

# Sheets whose expert has answered for conflicts and may read the application.
READING = ("accepted", "draft", "submitted")
# An application can be given to experts from its admission until the decisions.
TO_JUDGE = ("admitted", "under_review")
# Sheets that still count on somebody: one expert has at most one of these for an application.
LIVE = ("invited", *READING)
# Sheets that an expert still owes.
OWED = ("invited", "accepted", "draft")
# While the call is in one of these states its sheets may be written.
JUDGING = ("closed", "judging")
# What a divergence of the experts is answered by.
ANSWERS = [("expert", _("one more expert")), ("discussion", _("a discussion"))]


class ToldQuerySet(VisibleQuerySet):
    def told_to(self, user):
        """Each with `is_told`: may the user learn what became of it? That it is there, whoever assigns experts sees."""
        return self.annotate(is_told=Exists(self.model.objects.visible_to(user).filter(pk=OuterRef("pk"))))


class SheetQuerySet(ToldQuerySet):
    def of_call(self, call):
        return self.filter(application__call=call)

    def by_number(self):
        """In the order of their applications' numbers, which grow longer."""
        return self.order_by(Length("application__number"), "application__number", "expert")

    def live(self):
        return self.filter(state__in=LIVE)

    def reading(self):
        return self.filter(state__in=READING)

    def submitted(self):
        return self.filter(state="submitted")

    def outstanding(self):
        """Accepted and not handed in: what an expert still owes."""
        return self.filter(state__in=OWED)

    def overdue(self, now):
        """Owed, and its day is over."""
        return self.outstanding().filter(due_at__lt=now, application__call__state__in=JUDGING, application__state="under_review")


class Sheet(Opaque):
    """One expert's judgement of one application. A draft is overwritten; what is handed in is a HandIn and stays."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="sheets")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField(max_length=20, default="invited")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("due"))
    answered_at = models.DateTimeField(null=True)
    # {"criterion": {"value": "4.5" | "" , "na": false, "comment": "…"}} as typed: a draft may be incomplete or wrong.
    draft = models.JSONField(default=dict)
    remark = models.TextField(_("What to tell the author"), blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    current = models.OneToOneField("HandIn", null=True, on_delete=models.PROTECT, related_name="+")
    # The sheet that was given back, closed or late, and this one came in its place.
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replacement")
    # When an officer reminded the expert last, and when the expert and then the curator were told that it is late.
    reminded_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "expert"], condition=Q(state__in=LIVE), name="one_live_sheet_per_expert"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", current__isnull=False) | ~Q(state="submitted") & Q(current__isnull=True),
                name="submitted_sheet_has_its_hand_in",
            ),
        ]
        indexes = [models.Index(fields=["expert", "state"])]

    def __str__(self) -> str:
        return f"{self.application} · {self.state}"

    @property
    def is_submitted(self) -> bool:
        return self.state == "submitted"

    @property
    def is_reading(self) -> bool:
        return self.state in READING

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    def is_late(self, now) -> bool:
        return self.is_owed and self.due_at < now

    def is_lost(self, now) -> bool:
        """Will nothing come of it, so that somebody else is asked: given back, closed by a tie, or late?"""
        return self.state in ("declined", "conflicted") or self.is_late(now)


class HandIn(models.Model):
    """What an expert handed in, once; a changed score is a further row with its reason. Append-only."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="hand_ins")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    # {"criterion": {"value": "4.5" | null, "comment": "…"}}; null is "no score" (N/A), never a zero.
    scores = models.JSONField()
    remark = models.TextField(blank=True)
    total = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="hand_ins_are_numbered")]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.number}"


class ConflictQuerySet(VisibleQuerySet):
    def live(self):
        return self.filter(withdrawn_at=None)


class Conflict(models.Model):
    """A tie between an expert and an applicant; while it stands the application is closed to that expert everywhere."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="conflicts")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=KINDS)
    # What a rule found it by: {"who": ids of persons behind the application, "keys": what they share}; empty if declared.
    facts = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    # Nobody: a rule found it.
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "expert", "kind"], condition=Q(withdrawn_at=None), name="one_live_conflict_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.expert_id}–{self.application_id}"


class Standing(models.Model):
    """The ranking of a call as last computed: the page reads it, `fingerprint` says whether it is still true."""

    call = models.OneToOneField("calls.Call", on_delete=models.CASCADE, related_name="standing")
    fingerprint = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    rows = models.JSONField()  # by columns


class Divergence(models.Model):
    """That the experts of one application lie as far apart as the regulation names: found once, answered once."""

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="divergence")
    found_at = models.DateTimeField()
    spread = models.DecimalField(max_digits=18, decimal_places=6)
    # Computed again whenever a sheet changes: a divergence may pass by itself, and come back.
    stands = models.BooleanField(default=True)
    answer = models.CharField(max_length=10, blank=True, choices=ANSWERS)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The sheet of the one more expert.
    extra = models.OneToOneField(Sheet, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None, extra=None)
                | Q(answer="discussion", answered_at__isnull=False, answered_by__isnull=False, extra=None)
                | Q(answer="expert", answered_at__isnull=False, answered_by__isnull=False, extra__isnull=False),
                name="an_answered_divergence_says_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.spread}"


class DiscussionQuerySet(VisibleQuerySet):
    def of_call(self, call):
        return self.filter(application__call=call)

    def open(self):
        return self.filter(state="open", application__call__state__in=JUDGING)


class Discussion(Opaque):
    """Where the experts of one application talk about their scores; open to each after handing in their own sheet."""

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="discussion")
    state = models.CharField(max_length=10, default="open")
    topic = models.TextField(_("What to talk about"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # {sheet id as text: 0, 1, …}: who speaks as А, Б, В. Drawn by lot at the opening, kept for good.
    voices = models.JSONField(default=dict)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
                name="a_closed_discussion_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.state}"


class Message(models.Model):
    """What one expert said in a discussion. Append-only."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="messages")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.discussion_id}/{self.pk}"


class Vote(models.Model):
    """The chair's vote among equals: their numbers, best first, and why. A changed mind is a further row. Append-only."""

    call = models.ForeignKey("calls.Call", on_delete=models.PROTECT, related_name="votes")
    number = models.PositiveSmallIntegerField()
    order = models.JSONField()
    why = models.TextField(_("reason"))
    voted_at = models.DateTimeField()
    voted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["call", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="votes_are_numbered")]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.number}"


class StabilityReport(models.Model):
    """How firm one ranking is: asked for, counted by a job with its progress, kept; `fingerprint` says of which ranking."""

    STATES = [("asked", _("Asked")), ("running", _("Counting")), ("done", _("Counted")), ("failed", _("Failed"))]

    call = models.ForeignKey("calls.Call", on_delete=models.CASCADE, related_name="stability_reports")
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=STATES, default="asked")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # When the job last said how far it is; one that fell silent is taken up by the next.
    seen_at = models.DateTimeField(null=True)
    tried = models.PositiveIntegerField(default=0)
    scenarios = models.PositiveIntegerField(default=0)
    found = models.JSONField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="done") | Q(found__isnull=False), name="a_counted_report_has_its_findings"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state__in=("asked", "running")), name="one_stability_report_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in ("asked", "running")


class Expertise(models.Model):
    """What an officer says of one expert for one call: the topics they know, how many sheets they take there."""

    call = models.ForeignKey("calls.Call", on_delete=models.CASCADE, related_name="expertise")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expertise")
    # Keys of the regulation's topics; none: any.
    topics = models.JSONField(default=list)
    # None: as many as the regulation allows; 0: takes no part.
    most = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "expert"], name="one_expertise_per_expert_and_call")]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.expert_id}"


class PlanQuerySet(VisibleQuerySet):
    def open(self):
        """Asked for, counted or failed, and not yet accepted or dropped: at most one in a call."""
        return self.filter(state__in=OPEN_PLANS)


OPEN_PLANS = ("asked", "ready", "failed")


class Plan(Opaque):
    """Who would judge what, as computed for an officer and changed by hand; nobody is told before it is accepted."""

    call = models.ForeignKey("calls.Call", on_delete=models.CASCADE, related_name="plans")
    state = models.CharField(max_length=10, default="asked")
    seed = models.CharField(max_length=40)
    # May an invitation that nobody answered go to somebody else?
    moves_invited = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # When the job last said how far it is; one that fell silent is taken up by the next, a few times.
    seen_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    seconds = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    # The officer's hand: [[application, expert], …] that are wanted, and that are not.
    pinned = models.JSONField(default=list)
    barred = models.JSONField(default=list)
    # The problem it was computed from (assignment.as_data) and its print: the same with the same seed gives the same plan.
    inputs = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(state__in=OPEN_PLANS), name="one_open_plan_per_call"),
            models.CheckConstraint(
                condition=~Q(state__in=("ready", "accepted")) | Q(inputs__isnull=False, counted_at__isnull=False),
                name="a_counted_plan_has_its_inputs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_PLANS, ended_at=None, ended_by=None)
                | Q(state__in=("accepted", "dropped"), ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_plan_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.seed}, {self.state}"

    @property
    def problem(self) -> Problem:
        """What it was computed from; a counted plan has it."""
        return from_data(self.inputs or {})


class Allotment(models.Model):
    """One pair of a plan and why it is one (assignment_reasons.Reason)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="allotments")
    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    reason = models.JSONField()
    is_new = models.BooleanField(default=False)

    objects = ToldQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "application", "expert"], name="one_allotment_per_plan_and_pair")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.application_id}–{self.expert_id}"

    @property
    def pair(self) -> tuple[int, int]:
        return self.application_id, self.expert_id
