"""Who did what, when: entries that are only ever added, and their chain. What is personal lies beside them and can be erased."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from fund.core.models import Upward, UpwardQuerySet


class EntryQuerySet(UpwardQuerySet):
    def unchained(self):
        """Those the job has not seen yet."""
        return self.filter(link=None)


class Entry(Upward):
    """One act on one thing. `digest` covers the personal values beside it, so erasing them breaks no chain."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The person staff acted for; a person lives in a room above, so only the id stands here.
    for_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=40, blank=True)
    to = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["of_type", "of_id", "at"])]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.verb} {self.of_type}:{self.of_id}"

    def columns(self) -> list:
        """Everything that stands in the row, for its link's digest."""
        return [getattr(self, field.attname) for field in self._meta.concrete_fields]


class Link(models.Model):
    """An entry's place in the chain. Its digest covers the link before it, so whoever alters one must alter all that follow."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)
    chained_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


def new_salt() -> str:
    return secrets.token_hex(16)


class Personal(models.Model):
    """The personal side of an entry: reasons and values that name people. Erasure removes the row."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="personal")
    salt = models.CharField(max_length=32, default=new_salt)
    why = models.TextField(blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "personal values"
