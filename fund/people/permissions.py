"""Who may change people, roles, consents, organisations. `user` None is the product itself: a task, a command."""

from datetime import date

import rules

from .catalogue import GRANTED
from .models import BankDetails, Consent, Guardianship, Mandate, Organisation, Person, RoleGrant
from .roles import has_role, needs_second_factor, plays

BY_OFFICERS = frozenset({"employee"})


def can_create_person(user) -> bool:
    """Staff write down a caller; everyone names members of their team and their children."""
    return user is None or user.is_authenticated


def can_update_person(user, person: Person) -> bool:
    return is_self(user, person) or is_guardian(user, person) or has_role(user, "officer")


def can_set_employment(user, person: Person) -> bool:
    """Department and manager decide about conflicts of interest, so nobody writes their own."""
    return user is None or (has_role(user, "officer") and not is_self(user, person))


def can_grant_role(user, key: str) -> bool:
    if key not in GRANTED:
        return False
    return user is None or has_role(user, "admin") or (key in BY_OFFICERS and has_role(user, "officer"))


def can_revoke_role(user, grant: RoleGrant) -> bool:
    """Nobody takes a role from themselves: the last administrator would lock everyone out."""
    return can_grant_role(user, grant.role) and (user is None or user.pk != grant.account_id)


def can_see_roles(user) -> bool:
    return has_role(user, "admin")


def can_see_people(user) -> bool:
    return has_role(user, "officer")


def can_publish_consent_document(user) -> bool:
    return user is None or has_role(user, "admin")


def can_deactivate(user, account) -> bool:
    return user is None or (has_role(user, "admin") and user.pk != account.pk)


def can_give_consent(user, person: Person) -> bool:
    """The person, their guardian, staff for a caller; None when a signed link vouches for the person."""
    return user is None or can_update_person(user, person)


def can_withdraw_consent(user, consent: Consent) -> bool:
    return user is None or can_update_person(user, consent.person)


def can_name_guardian(user, child: Person) -> bool:
    return can_update_person(user, child)


def can_confirm_guardianship(user, guardianship: Guardianship) -> bool:
    return user is None or is_self(user, guardianship.guardian) or has_role(user, "officer")


def can_end_guardianship(user, guardianship: Guardianship) -> bool:
    """The guardian (None: by the letter's link), the child, who guards the child, staff for a caller."""
    return user is None or is_self(user, guardianship.guardian) or can_update_person(user, guardianship.child)


def can_act_for(user, person: Person) -> bool:
    """An officer for a caller; never for somebody whose own roles touch money or scores."""
    is_staff = person.account is not None and needs_second_factor(person.account)
    return plays(user, "officer") and not is_self(user, person) and not is_staff


def can_represent(user, organisation: Organisation, day: date, *, is_confirmed: bool = False) -> bool:
    """Holds a mandate that runs on this day, by their own word at least."""
    mandates = Mandate.objects.live(day)
    mandates = mandates.confirmed() if is_confirmed else mandates
    return user is not None and mandates.filter(organisation=organisation, person__account=user.pk).exists()


def can_confirm_mandate(user, mandate: Mandate) -> bool:
    return has_role(user, "officer") and not is_self(user, mandate.person)


def can_end_mandate(user, mandate: Mandate, day: date | None = None) -> bool:
    """Staff, oneself, and on the day given whoever speaks for the same organisation with a confirmed mandate."""
    if has_role(user, "officer") or is_self(user, mandate.person):
        return True
    return day is not None and can_represent(user, mandate.organisation, day, is_confirmed=True)


def can_update_organisation(user, organisation: Organisation, day: date) -> bool:
    return has_role(user, "officer") or can_represent(user, organisation, day, is_confirmed=True)


def can_invite_representative(user, organisation: Organisation, day: date) -> bool:
    """Not by one's own word alone: letters to others go out in the organisation's name."""
    return can_update_organisation(user, organisation, day)


def can_see_organisations(user) -> bool:
    """The list of all of them: those who work with their papers and payments."""
    return has_role(user, "officer") or has_role(user, "accountant")


def pays(user) -> bool:
    """Whose way to the organisations does not lead over the people."""
    return can_see_organisations(user) and not can_see_people(user)


def can_set_bank_details(user, organisation: Organisation, day: date) -> bool:
    """Staff, or a representative whose paper an officer has seen: anyone may claim to speak for any taxpayer number."""
    return can_see_bank_details(user) or can_represent(user, organisation, day, is_confirmed=True)


def can_see_bank_details(user, details: BankDetails | None = None) -> bool:
    return has_role(user, "officer") or has_role(user, "accountant")


def is_self(user, person: Person) -> bool:
    return user is not None and person.account_id is not None and person.account_id == user.pk


def is_guardian(user, person: Person) -> bool:
    """A confirmed guardian of a child."""
    if user is None or not user.is_authenticated:
        return False
    live = Guardianship.objects.live().exclude(confirmed_at=None)
    return live.filter(child=person, guardian__account=user.pk).exists()


def can_resend_letters(user) -> bool:
    """Letters that failed are seen, and sent again, by staff. The room of notices, below, asks by the permission's name."""
    return has_role(user, "officer") or has_role(user, "admin")


rules.add_perm("notices.resend", rules.predicate(can_resend_letters))
