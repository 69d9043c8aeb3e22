"""Verbs about roles: give one, take one away; and the one a confirmed address proves."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.models import Upward
from fund.core.once import claim

from .. import notices
from ..models import Person, RoleGrant
from ..permissions import can_grant_role, can_revoke_role
from .sessions import end_sessions


@transaction.atomic
def grant_role(
    account: Account,
    role: str,
    *,
    by: Account | None,
    now: datetime,
    for_: Person | None = None,
    thing: Model | None = None,
    why: str = "",
    once: str | None = None,
) -> RoleGrant:
    """Gives the role, for the whole fund or for one thing; records it; tells the person. Held already: changes nothing.

    Nobody gives a role to themselves, but for the superuser who sets the site up.
    """
    if not can_grant_role(by, role) or (by is not None and by.pk == account.pk and not by.is_superuser):
        raise Refused(_("You cannot give this role."), field="role", code="who")
    scope = Upward.key(thing) if thing is not None else {"of_type": "", "of_id": None}
    slot = claim(once, by=by, verb="people.grant_role", body={"account": account.pk, "role": role, **scope})
    if slot.made:
        return slot.thing(RoleGrant)
    Account.objects.select_for_update().get(pk=account.pk)
    grant = RoleGrant.objects.live().filter(account=account, role=role, **scope).first()
    if grant is None:
        grant = RoleGrant.objects.create(account=account, role=role, granted_at=now, granted_by=by, **scope)
        record("people.grant_role", grant, by=by, for_=for_, now=now, to=role, why=why, facts=scope)
        notices.role_granted(grant, now=now)
    slot.keep(grant)
    forget(account)
    return grant


@transaction.atomic
def revoke_role(grant: RoleGrant, *, by: Account | None, now: datetime, for_: Person | None = None, why: str = "") -> None:
    """Takes the role away: every session of the account ends at once; recorded with the reason; the person is told."""
    if not can_revoke_role(by, grant):
        raise Refused(_("You cannot take this role away."), code="who")
    taken = RoleGrant.objects.live().filter(pk=grant.pk).update(revoked_at=now, revoked_by=by)
    if not taken:
        raise Refused(_("This role was taken away already."), code="state")
    grant.refresh_from_db()
    end_sessions(grant.account)
    record("people.revoke_role", grant, by=by, for_=for_, now=now, source=grant.role, why=why)
    notices.role_revoked(grant, now=now)
    forget(grant.account)


def confirm_address(account: Account, email: str, *, now: datetime) -> None:
    """What a confirmed address proves: one of a corporate domain makes an employee."""
    if email.rpartition("@")[2].lower() in settings.PROFILE.corporate_domains:
        grant_role(account, "employee", by=None, now=now)


def forget(account: Account) -> None:
    """The object in hand asks anew; other requests read anew anyway."""
    vars(account).pop("_grants", None)
