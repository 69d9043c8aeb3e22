"""Decisions: every one that was ever taken, and which of them stands for each application until the release."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.core.fields import MoneyField
from fund.core.visibility import VisibleQuerySet

OUTCOMES = [("fund", _("Fund")), ("reserve", _("Reserve")), ("decline", _("Decline"))]
TONES = {"fund": "ok", "reserve": "info", "decline": "mute"}
# What the ranking's own outcome amounts to.
SUGGESTED = {"funded": "fund", "reserve": "reserve", "declined": "decline"}


class Decision(models.Model):
    """One decision on one application, as it was taken. A changed mind is a further row. Append-only."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(_("decision"), max_length=10, choices=OUTCOMES)
    amount = MoneyField(_("amount"), default=0)
    why = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The council's item whose vote it is the result of; none where a director decided alone.
    item = models.ForeignKey("councils.Item", null=True, on_delete=models.PROTECT, related_name="decisions")

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="decisions_are_numbered"),
            models.CheckConstraint(
                condition=Q(outcome="fund", amount__gt=0) | (~Q(outcome="fund") & Q(amount=0)), name="only_funding_has_an_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.number} {self.outcome}"


class OutcomeQuerySet(VisibleQuerySet):
    def of_call(self, call):
        return self.filter(application__call=call)

    def pending(self):
        return self.filter(released_at=None)

    def released(self):
        return self.exclude(released_at=None)


class Outcome(models.Model):
    """The decision that stands for an application: pending until the release, told to nobody before it."""

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="outcome")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="outcome_of")
    released_at = models.DateTimeField(null=True)

    objects = OutcomeQuerySet.as_manager()

    @property
    def is_later(self) -> bool:
        """Was it decided after the release: anew on an appeal, or from the reserve?"""
        return self.released_at is not None and self.decision.decided_at > self.released_at
