"""Verbs about accounts: open one, switch it off and on."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused

from ..models import Person
from ..permissions import can_deactivate
from .persons import NOT_YOURS, person_of
from .roles import confirm_address
from .sessions import end_sessions


@transaction.atomic
def open_account(
    email: str,
    password: str | None = None,
    *,
    by: Account | None = None,
    now: datetime,
    language: str = "ru",
    time_zone: str = "",
    **facts,
) -> Account:
    """An account with a confirmed address and its person, for the demo, imports and tests; visitors sign up themselves."""
    if Account.objects.filter(email__iexact=email).exists():
        raise Refused(_("This address has an account already."), field="email", code="taken")
    account = Account.objects.create_user(email, password, language=language, time_zone=time_zone, joined_at=now)
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    person = person_of(account)
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()
    record("people.open_account", person, by=by, now=now)
    confirm_address(account, account.email, now=now)
    return account


@transaction.atomic
def deactivate_account(account: Account, *, by: Account | None, now: datetime, for_: Person | None = None, why: str = "") -> None:
    """Nobody signs in with it any more; its sessions end at once; nothing it made is touched."""
    if not can_deactivate(by, account):
        raise Refused(NOT_YOURS, code="who")
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account)
    record("people.deactivate_account", person_of(account), by=by, for_=for_, now=now, why=why)


@transaction.atomic
def reactivate_account(account: Account, *, by: Account | None, now: datetime, for_: Person | None = None, why: str = "") -> None:
    """It may be used again; its roles are as they were."""
    if not can_deactivate(by, account):
        raise Refused(NOT_YOURS, code="who")
    account.is_active = True
    account.save(update_fields=["is_active"])
    record("people.reactivate_account", person_of(account), by=by, for_=for_, now=now, why=why)
