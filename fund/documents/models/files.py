"""Private files with one parent each, and public pictures in the sizes pages show."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import Bilingual
from fund.core.models import Opaque, Upward, UpwardQuerySet

STATES = [("checking", _("being checked")), ("ready", _("attached")), ("infected", _("refused: a virus was found"))]


class DocumentQuerySet(UpwardQuerySet):
    def live(self):
        """Those that stand at their parent now."""
        return self.filter(removed_at=None)

    def served(self):
        """Those whose bytes may leave: checked, and either standing or kept because they were handed in."""
        return self.filter(Q(removed_at=None) | Q(pinned_at__isnull=False), state="ready")


class Document(Opaque, Upward):
    """A private file. `kind` is its place at the parent (the key of a question); whoever sees the parent sees it."""

    kind = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=140)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=STATES, default="ready")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)  # it was handed in: its bytes stay, whatever the draft does

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["of_type", "of_id", "kind"], name="document_parent")]
        constraints = [models.CheckConstraint(condition=Q(state__in=[s for s, _ in STATES]), name="document_state_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].upper()

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


class Picture(Opaque, Upward):
    """A picture shown on pages: drawn anew as WebP in a few widths, with words for those who do not see it."""

    kind = models.CharField(max_length=60, blank=True)
    alt_ru = models.CharField(_("what the picture shows, in Russian"), max_length=300)
    alt_en = models.CharField(_("what the picture shows, in English"), max_length=300, blank=True)
    credit = models.CharField(_("author"), max_length=120, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    renditions = models.JSONField(default=list)  # [[width, height, file name], …], narrowest first
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = UpwardQuerySet.as_manager()
    alt = Bilingual("alt")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["of_type", "of_id", "kind"], name="picture_parent")]

    def __str__(self) -> str:
        return self.alt_ru
