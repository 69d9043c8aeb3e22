"""Draws: a closed list and a committed seed, the words said aloud, the reveal; each step a row that is only ever added."""

from typing import Literal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import Bilingual
from fund.core.models import Opaque, Upward, UpwardQuerySet
from fund.core.visibility import VisibleQuerySet

from .drawing import Drawn, drawn

Step = Literal["committed", "drawn", "revealed"]
HASH = 64  # hexadecimal digits of a SHA-256


class DrawQuerySet(UpwardQuerySet):
    def revealed(self):
        """Draws whose seed is public: only these count."""
        return self.filter(reveal__isnull=False)

    def waiting(self):
        """Committed and not revealed yet."""
        return self.filter(reveal=None)


class Draw(Opaque, Upward):
    """One draw about one thing. The hashes are public from the first moment, whatever else is still closed."""

    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    seed_hash = models.CharField(max_length=HASH)
    list_hash = models.CharField(max_length=HASH)
    committed_at = models.DateTimeField()
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    title = Bilingual("title")
    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["-committed_at", "-pk"]
        indexes = [models.Index(fields=["of_type", "of_id"])]

    def __str__(self) -> str:
        return self.title_ru

    def get_absolute_url(self) -> str:
        return reverse("lots:read", args=[self.uid])

    @property
    def step(self) -> Step:
        """How far it has come; the rows that exist say it, so it cannot go back."""
        return "revealed" if hasattr(self, "reveal") else "drawn" if hasattr(self, "drawing") else "committed"

    @property
    def seed(self) -> str | None:
        """The seed once it is revealed; None before, to everyone."""
        return self.seal.seed if self.step == "revealed" else None

    @property
    def words(self) -> str:
        """What was said aloud at the draw."""
        return self.drawing.words if hasattr(self, "drawing") else ""

    def codes(self) -> list[str]:
        """The closed list in its fixed order."""
        return [participant.code for participant in self.participants.all()]

    def order(self) -> list[Drawn]:
        """The result, best first; nothing before the reveal."""
        return drawn(self.codes(), self.seed, self.words) if self.seed else []


class Participant(models.Model):
    """One line of a closed list: a code, never a name. Who may read the list is told by the room that draws."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="participants")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["draw", "position"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="lines_of_a_list_are_numbered"),
            models.UniqueConstraint(fields=["draw", "code"], name="each_participant_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Seal(models.Model):
    """What a draw keeps closed: the seed until the reveal, the salt of the list as long as the list itself."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="seal")
    seed = models.CharField(max_length=HASH)
    salt = models.CharField(max_length=HASH)


class Drawing(models.Model):
    """The moment of the draw, and the words said aloud by somebody who could not know the seed."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="drawing")
    words = models.CharField(_("words said aloud"), max_length=100, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Reveal(models.Model):
    """The moment from which the seed is public and the order holds."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="reveal")
    revealed_at = models.DateTimeField()
    revealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
