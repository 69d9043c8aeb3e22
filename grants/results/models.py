"""What follows a result: comments cleared for the applicant's eyes, and appeals on procedure."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.core.models import Opaque
from fund.core.visibility import VisibleQuerySet

CHOICES = [
    ("cleared", _("Show as it is written")),
    ("edited", _("Show with a part taken out")),
    ("withheld", _("Do not show")),
]
AGAINST = [("decision", _("the decision")), ("refusal", _("the refusal to admit"))]
# Procedure only: what an expert thought of a project is not judged a second time.
GROUNDS = [
    ("count", _("A mistake in the count: sums, weights, rounding, threshold")),
    ("conflict", _("A hidden tie of someone who judged or decided")),
    ("regulation", _("The regulation was not kept")),
    ("check", _("The formal check went wrong: a document was there, a limit was kept")),
    ("notice", _("A letter or a deadline went wrong")),
]
OPEN = ("filed", "in_consideration")
STANDING = (*OPEN, "upheld", "rejected")


class Clearance(models.Model):
    """What an officer decided about one comment of a sheet handed in; a changed mind is a further row. Append-only.

    `part` is the key of a criterion, or empty for what the sheet says to the author. `text` is what is shown: in place of
    the original if edited, in place of nothing (the gist, told by the curator) if withheld.
    """

    hand_in = models.ForeignKey("reviews.HandIn", on_delete=models.PROTECT, related_name="clearances")
    part = models.CharField(max_length=40, blank=True)
    number = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=10, choices=CHOICES)
    text = models.TextField(blank=True)
    why = models.TextField(_("reason"), blank=True)
    cleared_at = models.DateTimeField()
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["hand_in", "part", "number"]
        constraints = [
            models.UniqueConstraint(fields=["hand_in", "part", "number"], name="clearances_are_numbered"),
            models.CheckConstraint(condition=Q(choice="cleared") | ~Q(why=""), name="what_is_changed_has_its_reason"),
            models.CheckConstraint(condition=~Q(choice="edited") | ~Q(text=""), name="an_edited_comment_has_its_text"),
        ]

    def __str__(self) -> str:
        return f"{self.hand_in_id}/{self.part}/{self.number} {self.choice}"


class AppealQuerySet(VisibleQuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def of_call(self, call):
        return self.filter(application__call=call)


class Appeal(Opaque):
    """An applicant says that the procedure was not kept; somebody who took no part answers in writing."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="appeals")
    against = models.CharField(_("against"), max_length=10, choices=AGAINST)
    state = models.CharField(max_length=20, default="filed")
    # Keys of GROUNDS.
    grounds = models.JSONField(default=list)
    text = models.TextField(_("what happened"), max_length=6000)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateTimeField(_("answer due"))
    considered_at = models.DateTimeField(null=True)
    considered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("Answer"), max_length=6000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # What the council decided anew after it was upheld.
    revision = models.OneToOneField("councils.Decision", null=True, on_delete=models.PROTECT, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("appeal"), _("appeals")
        ordering = ["answer_by", "pk"]
        indexes = [models.Index(fields=["state", "answer_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "against"], condition=Q(state__in=STANDING), name="one_appeal_against_a_result"
            ),
            models.CheckConstraint(
                condition=Q(considered_at=None, considered_by=None) | Q(considered_at__isnull=False, considered_by__isnull=False),
                name="who_considers_stands_with_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("upheld", "rejected"), answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer="")
                | ~Q(state__in=("upheld", "rejected")) & Q(answered_at=None, answered_by=None, answer=""),
                name="an_answered_appeal_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(revision=None) | Q(state="upheld", against="decision"), name="only_an_upheld_appeal_revises"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
