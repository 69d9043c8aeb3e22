"""Verbs about persons: who they are, whose children they are."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim

from ..models import Guardianship, Household, Person
from ..permissions import can_create_person, can_update_person

NAMES = ("last_name", "first_name", "middle_name")
NOT_YOURS = _("This is not yours to do.")
# Where somebody works or lives changed: conflicts of interest rest on it, and the room that judges looks again.
AFFILIATED = "grants.reviews.tasks.look_for_ties"


@transaction.atomic
def person_of(account: Account) -> Person:
    """The person behind an account; made, nameless and in a household of one, when the account has none yet."""
    person = Person.objects.filter(account=account).first()
    if person is None:
        Account.objects.select_for_update().get(pk=account.pk)  # two first requests at once make one person
        person = Person.objects.filter(account=account).first()
        person = person or Person.objects.create(account=account, household=Household.objects.create())
    account.person = person
    return person


@transaction.atomic
def take_up_person(account: Account, person: Person, *, now: datetime) -> Person:
    """Who answered a letter before they had an account is one person with it: what they consented to stays theirs.

    The account's own person gives way if it is new: nameless and nothing rests on it. Otherwise the account keeps its own.
    The caller has made sure that the address of `person` is the account's, confirmed.
    """
    own = person_of(account)
    if person.account_id is not None or own.has_name:
        return own
    try:
        with transaction.atomic():
            home = own.household
            own.delete()
            if not home.members.exists():
                home.delete()
    except ProtectedError:
        return own
    person.account, person.email = account, ""
    person.save(update_fields=["account", "email"])
    account.person = person
    record("people.take_up_person", person, by=account, now=now)
    return person


@transaction.atomic
def create_person(
    *,
    by: Any,
    now: datetime,
    for_: Person | None = None,
    household: Household | None = None,
    once: str | None = None,
    **facts: Any,
) -> Person:
    """Writes down a person without an account: a caller, a child, a member of a team.

    `facts`: names, email, phone, birth_date or birth_year. Without a household they are one of their own.
    """
    if not can_create_person(by):
        raise Refused(NOT_YOURS, code="who")
    slot = claim(once, by=by, verb="people.create_person", body={**facts, "household": household and household.pk})
    if slot.made:
        return slot.thing(Person)
    person = Person.objects.create(household=household or Household.objects.create(), **facts)
    slot.keep(person)
    record("people.create_person", person, by=by, for_=for_, now=now)
    return person


@transaction.atomic
def update_profile(
    person: Person,
    *,
    by: Any,
    now: datetime,
    for_: Person | None = None,
    language: str | None = None,
    time_zone: str | None = None,
    **facts: Any,
) -> Person:
    """Changes names, phone, birthday; of an account also language and zone. Records which fields, never their contents."""
    if not can_update_person(by, person):
        raise Refused(NOT_YOURS, code="who")
    changed = [name for name, value in facts.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, facts[name])
    if changed:
        person.save(update_fields=changed)
    account = person.account
    wanted = {"language": language, "time_zone": time_zone} if account else {}
    spoken = [name for name, value in wanted.items() if value is not None and getattr(account, name) != value]
    for name in spoken:
        setattr(account, name, wanted[name])
    if account and spoken:
        account.save(update_fields=spoken)
    if changed or spoken:
        record("people.update_profile", person, by=by, for_=for_, now=now, facts={"fields": sorted(changed + spoken)})
    return person


@transaction.atomic
def register_child(
    *,
    by: Account,
    now: datetime,
    for_: Person | None = None,
    first_name: str,
    birth_year: int,
    last_name: str = "",
    once: str | None = None,
) -> Person:
    """An adult adds a child to their household and is their guardian from then on; no e-mail is asked for a child."""
    parent = for_ or person_of(by)
    if not can_update_person(by, parent):
        raise Refused(NOT_YOURS, code="who")
    if not 0 <= now.year - birth_year <= 18:
        raise Refused(_("Enter the year of birth of a child under 18"), field="birth_year")
    body = {"parent": parent.pk, "name": [last_name, first_name], "year": birth_year}
    slot = claim(once, by=by, verb="people.register_child", body=body)
    if slot.made:
        return slot.thing(Person)
    names = {"last_name": last_name, "first_name": first_name}
    child = create_person(by=by, for_=for_, now=now, household=parent.household, birth_year=birth_year, **names)
    Guardianship.objects.create(guardian=parent, child=child, named_at=now, confirmed_at=now)
    slot.keep(child)
    record("people.register_child", child, by=by, for_=for_, now=now)
    return child
