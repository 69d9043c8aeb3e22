"""Counted failures at passwords and codes: in the database, so that no restart, no second process and no header forgets them."""

from django.db import models


class Attempt(models.Model):
    """Failures under one key (a digest of whom and where from: no address stands here), and when the next try is heard."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    closed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"])]
