"""Verbs about organisations: register one, speak for it, say where it is paid."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.core.ringing import ring
from fund.workflow.engine import lock

from .. import notices
from ..models import BankDetails, Mandate, Organisation, Person
from ..numbers import is_account, is_bik, is_correspondent_account, is_inn, is_ogrn
from ..permissions import (
    can_confirm_mandate,
    can_end_mandate,
    can_set_bank_details,
    can_update_organisation,
    can_update_person,
)
from .persons import AFFILIATED, NOT_YOURS, person_of


@transaction.atomic
def register_organisation(
    *,
    by: Any,
    now: datetime,
    for_: Person | None = None,
    kind: str,
    name: str,
    inn: str = "",
    ogrn: str = "",
    full_name: str = "",
    address: str = "",
    position: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    once: str | None = None,
) -> Organisation:
    """Writes the organisation down and lets who registers it speak for it, by their own word.

    A taxpayer number that is known already finds its organisation: nothing of it is rewritten, a mandate is claimed.
    """
    check_numbers(kind, inn, ogrn)
    person = for_ or person_of(by)
    if not can_update_person(by, person):
        raise Refused(NOT_YOURS, code="who")
    facts = {"kind": kind, "name": name, "inn": inn, "ogrn": ogrn, "full_name": full_name, "address": address}
    slot = claim(once, by=by, verb="people.register_organisation", body={**facts, "position": position, "person": person.pk})
    if slot.made:
        return slot.thing(Organisation)
    organisation, is_new = _found_or_made(facts)
    if is_new:
        record("people.register_organisation", organisation, by=by, for_=for_, now=now)
    claim_mandate(organisation, by=by, now=now, for_=for_, position=position, starts_on=starts_on, ends_on=ends_on)
    slot.keep(organisation)
    return organisation


def _found_or_made(facts: dict) -> tuple[Organisation, bool]:
    """Two who register one number at once get one row: the unique number decides, the later finds it."""
    if not facts["inn"]:
        return Organisation.objects.create(**facts), True
    return Organisation.objects.get_or_create(inn=facts["inn"], defaults=facts)


def check_numbers(kind: str, inn: str, ogrn: str) -> None:
    """Refuses a number whose check digits do not come out; an informal group has none."""
    if kind != "informal" and not inn:
        raise Refused(_("Enter the INN"), field="inn", code="inn")
    if inn and not is_inn(inn):
        raise Refused(_("Check the INN: its last digits do not fit the others"), field="inn", code="inn")
    if inn and kind == "sole_trader" and len(inn) != 12:
        raise Refused(_("The INN of a sole trader has 12 digits"), field="inn", code="inn")
    if ogrn and not is_ogrn(ogrn):
        raise Refused(_("Check the OGRN: its last digit does not fit the others"), field="ogrn", code="ogrn")


@transaction.atomic
def update_organisation(
    organisation: Organisation, *, by: Any, now: datetime, for_: Person | None = None, **facts: str
) -> Organisation:
    """Corrects names, registration number and address. Kind and taxpayer number stay: they are who it is."""
    if not can_update_organisation(by, organisation, now.date()):
        raise Refused(NOT_YOURS, code="who")
    check_numbers(organisation.kind, organisation.inn, facts.get("ogrn", organisation.ogrn))
    changed = [
        name
        for name in ("name", "full_name", "ogrn", "address")
        if facts.get(name, getattr(organisation, name)) != getattr(organisation, name)
    ]
    for name in changed:
        setattr(organisation, name, facts[name])
    if changed:
        organisation.save(update_fields=changed)
        record("people.update_organisation", organisation, by=by, for_=for_, now=now, facts={"fields": changed})
    return organisation


@transaction.atomic
def claim_mandate(
    organisation: Organisation,
    *,
    by: Any,
    now: datetime,
    for_: Person | None = None,
    position: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Mandate:
    """Says "I speak for it"; an officer confirms when the paper is seen. Claimed already: stays as it is."""
    person = for_ or person_of(by)
    if not can_update_person(by, person):
        raise Refused(NOT_YOURS, code="who")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("The term must end after it begins"), field="ends_on")
    facts = {"position": position, "starts_on": starts_on, "ends_on": ends_on, "claimed_at": now}
    mandate, made = Mandate.objects.get_or_create(organisation=organisation, person=person, ended_at=None, defaults=facts)
    if made:
        record("people.claim_mandate", organisation, by=by, for_=for_, now=now)
        ring(AFFILIATED)
    return mandate


@transaction.atomic
def confirm_mandate(mandate: Mandate, *, by: Any, now: datetime, for_: Person | None = None, paper: str = "") -> None:
    """An officer has seen the paper, and says which; the representative is written to. Confirmed already: stays as it is."""
    lock(mandate)
    if not can_confirm_mandate(by, mandate):
        raise Refused(NOT_YOURS, code="who")
    if mandate.ended_at:
        raise Refused(_("This mandate has ended."), code="state")
    if mandate.confirmed_at:
        return
    mandate.confirmed_at = now
    mandate.save(update_fields=["confirmed_at"])
    record("people.confirm_mandate", mandate.organisation, by=by, for_=for_, now=now, why=paper)
    notices.mandate_confirmed(mandate, now=now)


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Any, now: datetime, for_: Person | None = None, why: str = "") -> None:
    """The person no longer speaks for the organisation; what was done in its name stays."""
    lock(mandate)
    if not can_end_mandate(by, mandate, now.date()):
        raise Refused(NOT_YOURS, code="who")
    if mandate.ended_at:
        return
    mandate.ended_at = now
    mandate.save(update_fields=["ended_at"])
    record("people.end_mandate", mandate.organisation, by=by, for_=for_, now=now, why=why)


@transaction.atomic
def set_bank_details(
    organisation: Organisation,
    *,
    by: Any,
    now: datetime,
    for_: Person | None = None,
    bank: str,
    bik: str,
    account_number: str,
    correspondent_account: str = "",
) -> BankDetails:
    """Writes where the organisation is paid. A representative may write it and does not see it again."""
    if not can_set_bank_details(by, organisation, now.date()):
        raise Refused(NOT_YOURS, code="who")
    if not is_bik(bik):
        raise Refused(_("The BIK has 9 digits and begins with 04"), field="bik")
    if not is_account(account_number, bik):
        raise Refused(_("Check the account number: it does not fit this BIK"), field="account_number")
    if correspondent_account and not is_correspondent_account(correspondent_account, bik):
        raise Refused(_("Check the correspondent account: it does not fit this BIK"), field="correspondent_account")
    facts = {"bank": bank, "bik": bik, "account_number": account_number, "correspondent_account": correspondent_account}
    details, _made = BankDetails.objects.update_or_create(organisation=organisation, defaults={**facts, "updated_at": now})
    record("people.set_bank_details", organisation, by=by, for_=for_, now=now)
    return details
