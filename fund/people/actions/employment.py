"""The verb about who works in the cluster: by these facts conflicts of interest are found and some calls are open."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.ringing import ring

from ..models import Person, RoleGrant
from ..permissions import can_set_employment
from .persons import AFFILIATED, NOT_YOURS
from .roles import grant_role, revoke_role


@transaction.atomic
def set_employment(
    person: Person,
    *,
    by: Any,
    now: datetime,
    for_: Person | None = None,
    department: str,
    manager: Person | None = None,
    is_employee: bool | None = None,
) -> None:
    """Writes down department and manager; gives or takes the role of an employee where it is said, which ends sessions."""
    if not can_set_employment(by, person):
        raise Refused(NOT_YOURS, code="who")
    if manager and manager.pk == person.pk:
        raise Refused(_("Nobody is their own manager."), field="manager")
    person.department, person.manager = department, manager
    person.save(update_fields=["department", "manager"])
    record("people.set_employment", person, by=by, for_=for_, now=now)
    ring(AFFILIATED)
    if is_employee is None or person.account is None:
        return
    grant = RoleGrant.objects.live().filter(account=person.account, role="employee", of_id=None).first()
    if is_employee and grant is None:
        grant_role(person.account, "employee", by=by, for_=for_, now=now)
    elif grant and not is_employee:
        revoke_role(grant, by=by, for_=for_, now=now)
