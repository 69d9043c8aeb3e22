"""Persons: the human behind an account, or without one; their households and guardians."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from fund.core.models import Opaque
from fund.core.text import search_text
from fund.core.visibility import VisibleQuerySet

ADULT = 18


class Household(models.Model):
    """People who live together; one person alone is a household of one. Its row is the lock of their calendar."""

    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("household"), _("households")

    def __str__(self) -> str:
        return f"household {self.pk}"


class PersonQuerySet(VisibleQuerySet):
    def matching(self, words: str):
        """Those whose stored words hold every word asked for."""
        found = self
        for word in search_text(words).split():
            found = found.filter(search_text__contains=word)
        return found


class Person(Opaque):
    """A human: with an account, or without one (a child, a caller, a team member not yet signed up)."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person",
        verbose_name=_("account"),
    )
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    middle_name = models.CharField(_("middle name"), max_length=80, blank=True)
    # Either the whole date (who volunteers or applies as a minor) or the year alone (a child at a master class).
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("For a person without an account"))
    phone = PhoneNumberField(_("phone"), blank=True)
    # Facts of an employee: a conflict of interest is found by them.
    department = models.CharField(_("department"), max_length=120, blank=True)
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="managed", verbose_name=_("manager")
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members", verbose_name=_("household"))
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(birth_date=None) | Q(birth_year=None), name="a_person_has_one_birthday_fact"),
            models.CheckConstraint(condition=~Q(manager=models.F("pk")), name="nobody_manages_themselves"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs):
        self.search_text = search_text(self.last_name, self.first_name, self.middle_name, self.department)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    @property
    def has_name(self) -> bool:
        return bool(self.first_name and self.last_name)

    @property
    def full_name(self) -> str:
        """«Мельник Анна Сергеевна»: as papers and lists write it; the address where no name is known yet."""
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name))) or self.address

    @property
    def short_name(self) -> str:
        """«Анна Мельник»: as letters and pages address people."""
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.address

    @property
    def initials(self) -> str:
        """«АМ»: in the round mark of the menu."""
        letters = [name[0] for name in (self.first_name, self.last_name) if name]
        return ("".join(letters) or self.address[:1] or "•").upper()

    @property
    def address(self) -> str:
        """Where to write to: the account's address, else their own."""
        return self.account.email if self.account else self.email

    def is_minor_on(self, day: date) -> bool:
        """Under 18 on this day; by the year alone, whoever may still be under 18. Unknown age counts as adult."""
        if self.birth_date:
            had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
            return day.year - self.birth_date.year - (not had_birthday) < ADULT
        return self.birth_year is not None and day.year - self.birth_year <= ADULT

    def is_under(self, age: int, day: date) -> bool:
        """Surely younger than this on this day; by the year alone, whoever cannot have reached it yet. Unknown age: no."""
        if self.birth_date:
            had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
            return day.year - self.birth_date.year - (not had_birthday) < age
        return self.birth_year is not None and day.year - self.birth_year < age


class GuardianshipQuerySet(VisibleQuerySet):
    def live(self):
        return self.filter(ended_at=None)


class Guardianship(models.Model):
    """An adult answers for a minor. Named by one of them; confirmed when the guardian themself says so."""

    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wards")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    named_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("guardianship"), _("guardianships")
        constraints = [
            models.UniqueConstraint(fields=["guardian", "child"], condition=Q(ended_at=None), name="one_live_guardianship"),
            models.CheckConstraint(condition=~Q(guardian=models.F("child")), name="nobody_guards_themselves"),
        ]
