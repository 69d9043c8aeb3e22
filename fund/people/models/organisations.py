"""Organisations, who speaks for them and until when, and their bank details, which few may see."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.core.models import Opaque
from fund.core.text import search_text
from fund.core.visibility import VisibleQuerySet

from .persons import Person

KINDS = [
    ("company", _("company")),
    ("sole_trader", _("sole trader")),
    ("nonprofit", _("non-profit organisation")),
    ("municipal", _("municipal body")),
    ("school", _("school")),
    ("informal", _("informal group")),
]


class OrganisationQuerySet(VisibleQuerySet):
    def matching(self, words: str):
        """Those whose names or numbers hold every word asked for."""
        found = self
        for word in search_text(words).split():
            found = found.filter(search_text__contains=word)
        return found


class Organisation(Opaque):
    """A company, a non-profit, a school, a group of people with a name."""

    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    name = models.CharField(_("short name"), max_length=200)
    full_name = models.CharField(_("full name"), max_length=400, blank=True)
    inn = models.CharField(_("INN"), max_length=12, blank=True)
    ogrn = models.CharField(_("OGRN"), max_length=15, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inn"], condition=~Q(inn=""), name="one_organisation_per_inn"),
            models.CheckConstraint(condition=Q(kind="informal") | ~Q(inn=""), name="a_legal_body_has_an_inn"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.search_text = search_text(self.name, self.full_name, self.inn)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)


class BankDetails(models.Model):
    """Where an organisation is paid. Apart from it, so that no page about the organisation can show them by mistake."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="bank_details")
    bank = models.CharField(_("bank"), max_length=200)
    bik = models.CharField(_("BIK"), max_length=9)
    account_number = models.CharField(_("account number"), max_length=20)
    correspondent_account = models.CharField(_("correspondent account"), max_length=20, blank=True)
    updated_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("bank details")


class MandateQuerySet(VisibleQuerySet):
    def live(self, day: date):
        """Not ended, and within the term on this day."""
        begun = Q(starts_on=None) | Q(starts_on__lte=day)
        running = Q(ends_on=None) | Q(ends_on__gte=day)
        return self.filter(begun, running, ended_at=None)

    def confirmed(self):
        return self.exclude(confirmed_at=None)


class Mandate(models.Model):
    """A person speaks for an organisation, by their own word until an officer has seen the paper."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    position = models.CharField(_("position"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    claimed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("mandate"), _("mandates")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], condition=Q(ended_at=None), name="one_live_mandate"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="a_mandate_ends_after_it_starts",
            ),
        ]
