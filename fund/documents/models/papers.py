"""Issued papers: numbered without gaps, never changed, each with a code by which anyone can ask whether it is genuine."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import reader
from fund.core.models import Opaque, Upward, UpwardQuerySet

from ..catalogue import PaperKind, paper_kind_of
from ..codes import LENGTH, new_code, written


class Series(models.Model):
    """The numbers of one kind in one year; its row is the queue in which papers take theirs."""

    kind = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series_a_kind_and_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class PaperQuerySet(UpwardQuerySet):
    def standing(self):
        """Those nobody has voided."""
        return self.filter(void=None)

    def undrawn(self):
        """Those that lack the PDF of a language."""
        return self.annotate(n=models.Count("files")).filter(n__lt=len(settings.LANGUAGES))

    def told(self):
        """With what a page says beside each; of an erased one no file is told."""
        files = models.Prefetch("files", PaperFile.objects.readable())
        return self.select_related("void").prefetch_related(files).annotate(is_erased=Q(contents=None))


class Paper(Opaque, Upward):
    """One issued paper. Its words lie beside it (they name people), its bytes in files. Append-only."""

    kind = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=20, unique=True)
    code = models.CharField(_("check code"), max_length=LENGTH, unique=True, default=new_code)
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("paper"), _("papers")
        ordering = ["pk"]
        indexes = [models.Index(fields=["of_type", "of_id", "kind"], name="paper_parent")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "sequence"], name="papers_are_numbered"),
            models.CheckConstraint(condition=Q(sequence__gt=0), name="paper_numbers_begin_with_one"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("papers:read", args=[self.uid])

    @property
    def said(self) -> PaperKind:
        """Its kind, in words."""
        return paper_kind_of(self.kind)

    @property
    def written_code(self) -> str:
        """The code as it stands on the paper: 7KHM-2XQ9-PT4D."""
        return written(self.code)

    @property
    def is_void(self) -> bool:
        return getattr(self, "void", None) is not None

    @cached_property
    def drawn(self) -> dict[str, Any]:
        """Language → its PDF, as far as they are made."""
        return {file.language: file for file in self.files.all()}

    @property
    def file(self) -> Any:
        """The PDF in the reader's language, None while it is being prepared."""
        return self.drawn.get(reader())

    def text(self, language: str = "") -> dict:
        """What it says, in the reader's language; empty once it was erased."""
        if not hasattr(self, "contents"):
            return {}
        return self.contents.texts.get(language or reader()) or self.contents.texts["ru"]


class PaperContents(models.Model):
    """What a paper says, by language, as it was at the issuing. It may name people, so it can be erased without the paper."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="contents")
    texts = models.JSONField()

    class Meta:
        verbose_name_plural = "paper contents"

    def __str__(self) -> str:
        return f"contents of {self.paper_id}"


class PaperFileQuerySet(models.QuerySet):
    def readable(self):
        """Those of papers whose words nobody has erased."""
        return self.filter(paper__contents__isnull=False)

    def erased(self):
        """Their rows stay: the hash says that somebody's copy is genuine. Their bytes are to go."""
        return self.filter(paper__contents=None)


class PaperFile(models.Model):
    """The bytes of a paper in one language, drawn once. Append-only."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField()

    objects = PaperFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "language"], name="one_file_a_paper_and_language")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.language}"


class PaperVoid(models.Model):
    """A paper was declared void, by whom and why; it stays readable, and whoever verifies it is told. Append-only."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="void")
    why = models.TextField(_("reason"))
    voided_at = models.DateTimeField()
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.paper_id} is void"
