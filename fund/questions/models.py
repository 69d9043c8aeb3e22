"""Answers to a question set, kept per thing they belong to, with every sitting beside them."""

from django.conf import settings
from django.db import models

from fund.core.models import Upward, UpwardQuerySet


class Answers(Upward):
    """All answers of one form: `values` by question key, as typed, right or wrong."""

    values = models.JSONField(default=dict)
    # Keys of sections that the people said they will come back to.
    postponed = models.JSONField(default=list)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = UpwardQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "answers"
        constraints = [models.UniqueConstraint(fields=["of_type", "of_id"], name="one_set_of_answers")]

    def __str__(self) -> str:
        return f"answers of {self.of_type}:{self.of_id}"

    def last_saving(self, part: str) -> "Saving | None":
        """The newest saving of a part: its version is what a form must name to change it."""
        return self.savings.filter(part=part).order_by("-version").first() if self.pk else None

    def version_of(self, part: str) -> int:
        last = self.last_saving(part)
        return last.version if last else 0


class Saving(models.Model):
    """One part of a form as one person left it in one sitting. Kept so that nothing typed is lost to a later tab."""

    answers = models.ForeignKey(Answers, on_delete=models.CASCADE, related_name="savings")
    part = models.CharField(max_length=41)
    version = models.PositiveIntegerField()
    values = models.JSONField()
    # The open page it came from: its own earlier saving, whose reply was lost or overtaken, is no conflict.
    tab = models.CharField(max_length=32, blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The person staff wrote for.
    saved_for = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answers", "part", "version"], name="savings_are_numbered")]

    def __str__(self) -> str:
        return f"{self.part} v{self.version}"
