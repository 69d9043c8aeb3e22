"""Consents: separate documents, one purpose each, versioned; who agreed to which text, when and how, and took it back."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import Bilingual
from fund.core.models import Opaque
from fund.core.visibility import VisibleQuerySet

from ..catalogue import PURPOSES, Purpose
from .persons import Person

WAYS = [
    ("page", _("on the consents page")),
    ("link", _("by a link in a letter")),
    ("form", _("in a form of this site")),
    ("paper", _("on paper")),
    ("phone", _("by phone")),
]


class ConsentDocumentQuerySet(models.QuerySet):
    def current(self):
        """The newest version of each purpose."""
        newest = ConsentDocument.objects.filter(purpose=OuterRef("purpose")).order_by("-version").values("version")[:1]
        return self.filter(version=Subquery(newest))


class ConsentDocument(models.Model):
    """One version of one text. It is never edited: a new text is a new version."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=[(p.key, p.name) for p in PURPOSES.values()])
    version = models.PositiveSmallIntegerField(_("version"))
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"))
    text_hash = models.CharField(max_length=64, editable=False)
    is_required = models.BooleanField(_("required"), default=False)
    published_at = models.DateTimeField()

    text = Bilingual("text")
    objects = ConsentDocumentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("consent document"), _("consent documents")
        ordering = ["purpose", "version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="one_document_per_version")]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"

    @property
    def said(self) -> Purpose:
        """The purpose in words."""
        return PURPOSES[self.purpose]

    @staticmethod
    def hash_of(text_ru: str, text_en: str) -> str:
        return hashlib.sha256(f"{text_ru}\n\0\n{text_en}".encode()).hexdigest()


class ConsentQuerySet(VisibleQuerySet):
    def live(self):
        return self.filter(withdrawn_at=None)


class Consent(Opaque):
    """One person agreed to one text. Withdrawing fills the last two columns; agreeing again adds a row."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    document = models.ForeignKey(ConsentDocument, on_delete=models.PROTECT, related_name="consents")
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    how = models.CharField(_("how"), max_length=10, choices=WAYS)
    given_at = models.DateTimeField()
    # Who pressed the button: the person, a guardian for a child, staff for a caller; nobody signed in when by a link.
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "document"], condition=Q(withdrawn_at=None), name="one_live_consent_per_document"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")), name="withdrawn_after_given"
            ),
        ]
