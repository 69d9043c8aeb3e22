"""Verbs about who else speaks for an organisation: an invitation by letter, and its acceptance by the account of that address."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.notices.queries import was_told
from fund.workflow.engine import lock

from .. import notices
from ..links import Representation
from ..models import Mandate, Organisation, Person
from ..permissions import can_invite_representative
from .guardians import PAUSE
from .organisations import claim_mandate
from .persons import NOT_YOURS, person_of


@transaction.atomic
def invite_representative(
    organisation: Organisation,
    *,
    email: str,
    by: Any,
    now: datetime,
    position: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    for_: Person | None = None,
    once: str | None = None,
) -> None:
    """Writes to an address: its owner may say that they speak for the organisation, until the term given. An officer confirms."""
    email = email.strip().lower()
    body = {"organisation": organisation.pk, "email": email, "position": position, "from": starts_on, "until": ends_on}
    slot = claim(once, by=by, verb="people.invite_representative", body=body)
    if slot.made:
        return
    if not can_invite_representative(by, organisation, now.date()):
        raise Refused(NOT_YOURS, code="who")
    if ends_on and ends_on < max(now.date(), starts_on or now.date()):
        raise Refused(_("The term must end after it begins, and not in the past"), field="ends_on", code="term")
    if Mandate.objects.filter(organisation=organisation, ended_at=None, person__account__email__iexact=email).exists():
        raise Refused(_("The owner of this address speaks for the organisation already"), field="email", code="twice")
    lock(organisation)  # two letters to one address at once: the second finds the first
    if was_told(notices.REPRESENTATIVE_INVITED, organisation, since=now - PAUSE, email=email):
        raise Refused(_("A letter has just been sent there. It can be sent again in a few hours."), field="email", code="often")
    asked = Representation(organisation.uid, email, position, starts_on, ends_on, now)
    notices.representative_invited(organisation, asked, by=by, now=now)
    slot.keep(organisation)
    record("people.invite_representative", organisation, by=by, for_=for_, now=now, personal={"email": email})


@transaction.atomic
def accept_representation(asked: Representation, organisation: Organisation, *, by: Account, now: datetime) -> Mandate:
    """The invited person, signed in with the address of the letter, says that they speak for the organisation.

    A link whose mandate was ended since is spent.
    """
    if by.email.lower() != asked.email:
        raise Refused(_("This invitation was sent to another address. Sign in with that one."), code="who")
    if now > asked.at + timedelta(days=Representation.DAYS):
        raise Refused(_("The invitation has expired. Ask for a new one."), code="expired")
    person = person_of(by)
    if Mandate.objects.filter(organisation=organisation, person=person, ended_at__gte=asked.at).exists():
        raise Refused(_("This invitation was used. Ask for a new one."), code="spent")
    terms: dict[str, Any] = {"position": asked.position, "starts_on": asked.starts_on, "ends_on": asked.ends_on}
    return claim_mandate(organisation, by=by, now=now, **terms)
