"""Bases that every room builds its nouns on: opaque ids, references upwards, replay tokens."""

from typing import Any

from django.conf import settings
from django.db import models

from .uids import LENGTH, new_uid
from .visibility import VisibleQuerySet


class Opaque(models.Model):
    """A thing with an address of its own: `uid` stands in URLs, the primary key never does."""

    uid = models.CharField(max_length=LENGTH, unique=True, default=new_uid, editable=False)

    class Meta:
        abstract = True


class UpwardQuerySet(VisibleQuerySet):
    def about(self, thing: models.Model):
        """The rows that refer to this thing."""
        return self.filter(**Upward.key(thing))


class Upward(models.Model):
    """A reference to a thing of a room above, which this room may not import: the model's label and the row's id."""

    of_type = models.CharField(max_length=60)
    of_id = models.BigIntegerField()

    class Meta:
        abstract = True

    @staticmethod
    def key(thing: models.Model) -> dict:
        """The two columns for a thing: {"of_type": "applications.application", "of_id": 7}."""
        return {"of_type": thing._meta.label_lower, "of_id": thing.pk}

    @property
    def of(self) -> Any:
        """The thing itself, fetched through the app registry; None once it is gone."""
        from django.apps import apps

        return apps.get_model(self.of_type)._base_manager.filter(pk=self.of_id).first()


class Once(models.Model):
    """A creating form's token: pressing twice, or sending again after a lost reply, finds the first result here."""

    token = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    made_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
