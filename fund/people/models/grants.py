"""Who was given which role, by whom, for what, until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.core.models import Opaque, Upward, UpwardQuerySet

from ..catalogue import ROLES, Role


class RoleGrantQuerySet(UpwardQuerySet):
    def live(self):
        return self.filter(revoked_at=None)


class RoleGrant(Opaque, Upward):
    """One role of one account: for the whole fund, or for one call, event or programme."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20)
    of_type = models.CharField(max_length=60, blank=True)
    of_id = models.BigIntegerField(null=True, blank=True)  # type: ignore[assignment]  # a reference that may be absent
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("role grant"), _("role grants")
        ordering = ["pk"]
        indexes = [models.Index(fields=["role", "of_type", "of_id"], condition=Q(revoked_at=None), name="live_by_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(revoked_at=None, of_id=None), name="one_live_grant_for_the_fund"
            ),
            models.UniqueConstraint(
                fields=["account", "role", "of_type", "of_id"],
                condition=Q(revoked_at=None) & ~Q(of_id=None),
                name="one_live_grant_per_thing",
            ),
            models.CheckConstraint(
                condition=Q(of_type="", of_id=None) | (~Q(of_type="") & Q(of_id__isnull=False)), name="a_scope_is_whole"
            ),
            models.CheckConstraint(condition=Q(revoked_by=None) | Q(revoked_at__isnull=False), name="a_revoker_has_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.account_id}"

    @property
    def is_scoped(self) -> bool:
        return self.of_id is not None

    @property
    def said(self) -> Role:
        """The role in words."""
        return ROLES[self.role]
