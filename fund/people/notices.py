"""The messages of this room: letters about signing in, which anyone's address may get, and about roles."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.notices.actions import notify
from fund.notices.actions.notify import address_of
from fund.notices.registry import kind

from .links import Representation, guardian_token
from .models import Guardianship, Mandate, Organisation, Person, RoleGrant, Subscription

ASKED = _("You got this letter because somebody entered your address on our site.")
YOURS = _("You got this letter because it is about your account.")

# What opens a door (a code, a link) is wiped after sending and stands in no inbox.
SECRET = {"why": ASKED, "secret": True, "to_anyone": True, "urgent": True}
# That something about signing in has changed is told at once, to the address alone.
SECURITY = {"why": ASKED, "channels": ("email",), "to_anyone": True, "urgent": True}

ADDRESS_TO_CONFIRM = kind("people.address_to_confirm", _("Address to confirm"), **SECRET)
SIGN_IN_CODE = kind("people.sign_in_code", _("Sign-in code"), **SECRET)
PASSWORD_TO_RESET = kind("people.password_to_reset", _("Password to reset"), **SECRET)
ACCOUNT_EXISTS = kind("people.account_exists", _("You have an account already"), **SECURITY)
ACCOUNT_UNKNOWN = kind("people.account_unknown", _("No account with this address"), **SECURITY)
SIGN_IN_CHANGED = kind("people.sign_in_changed", _("Sign-in settings changed"), **{**SECURITY, "why": YOURS})
ROLE_GRANTED = kind("people.role_granted", _("Role given"), why=YOURS)
ROLE_REVOKED = kind("people.role_revoked", _("Role taken away"), why=YOURS)
SUBSCRIPTION_TO_CONFIRM = kind("people.subscription_to_confirm", _("Address to confirm for one letter"), **SECRET)

# A link that answers for its holder; to an adult whom a child has named, to whoever shall speak for an organisation.
GUARDIAN_ASKED = kind(
    "people.guardian_asked",
    _("A child has named you as guardian"),
    secret=True,
    to_anyone=True,
    why=_("You got this letter because a child named you as the adult who answers for them."),
)
GUARDIAN_ANSWERED = kind("people.guardian_answered", _("Your guardian has agreed"), why=YOURS)
GUARDIAN_ENDED = kind("people.guardian_ended", _("Your guardian answers no longer"), why=YOURS)
REPRESENTATIVE_INVITED = kind(
    "people.representative_invited",
    _("Invitation to speak for an organisation"),
    secret=True,
    to_anyone=True,
    why=_("You got this letter because an organisation named you as its representative."),
)
MANDATE_CONFIRMED = kind("people.mandate_confirmed", _("Your mandate is confirmed"), why=YOURS)
ACTED_FOR = kind("people.acted_for", _("An officer acts for you"), why=YOURS)

# allauth's name of a letter → our message, and the one of allauth's values it needs: a code, or where its link leads.
LETTERS = {
    "email_confirmation": (ADDRESS_TO_CONFIRM, "activate_url"),
    "email_confirmation_signup": (ADDRESS_TO_CONFIRM, "activate_url"),
    "login_code": (SIGN_IN_CODE, "code"),
    "password_reset_key": (PASSWORD_TO_RESET, "password_reset_url"),
    "account_already_exists": (ACCOUNT_EXISTS, "password_reset_url"),
    "unknown_account": (ACCOUNT_UNKNOWN, "signup_url"),
}
CHANGES = {
    "password_changed": _("The password was changed."),
    "password_set": _("A password was set."),
    "password_reset": _("The password was replaced by way of a letter."),
    "email_changed": _("The address of the account was changed."),
    "email_confirm": _("An address of the account was confirmed."),
    "email_deleted": _("An address was removed from the account."),
    "totp_activated": _("A code app was set up as the second factor."),
    "totp_deactivated": _("The code app is no longer the second factor."),
    "webauthn_added": _("A key was added."),
    "webauthn_removed": _("A key was removed."),
    "recovery_codes_generated": _("New recovery codes were made."),
}


def role_granted(grant: RoleGrant, *, now: datetime) -> None:
    _about_role(ROLE_GRANTED, grant, now=now)


def role_revoked(grant: RoleGrant, *, now: datetime) -> None:
    _about_role(ROLE_REVOKED, grant, now=now)


def _about_role(message: str, grant: RoleGrant, *, now: datetime) -> None:
    facts = {"role": grant.said.name, "description": grant.said.description, "second_factor": grant.said.second_factor}
    notify(message, grant, to=grant.account, now=now, facts=facts, link=("people:profile",))


def guardian_asked(guardianship: Guardianship, *, now: datetime) -> None:
    """To the address the child gave, whether it has an account or not."""
    facts = {"child": guardianship.child.short_name, "guardian": guardianship.guardian.short_name}
    link = ("people:guardian", guardian_token(guardianship))
    notify(GUARDIAN_ASKED, guardianship, to=to_address(guardianship.guardian.address), now=now, facts=facts, link=link)


def guardian_answered(guardianship: Guardianship, *, now: datetime) -> None:
    facts = {"guardian": guardianship.guardian.short_name}
    notify(GUARDIAN_ANSWERED, guardianship, to=[guardianship.child.account], now=now, facts=facts, link=("people:household",))


def guardian_ended(guardianship: Guardianship, *, now: datetime) -> None:
    facts = {"guardian": guardianship.guardian.short_name}
    notify(GUARDIAN_ENDED, guardianship, to=[guardianship.child.account], now=now, facts=facts, link=("people:household",))


def representative_invited(organisation: Organisation, asked: Representation, *, by: Account, now: datetime) -> None:
    person = getattr(by, "person", None)
    facts = {"organisation": organisation.name, "position": asked.position, "by": person.short_name if person else ""}
    link = ("people:accept_representation", asked.token)
    notify(REPRESENTATIVE_INVITED, organisation, to=to_address(asked.email), now=now, facts=facts, link=link)


def mandate_confirmed(mandate: Mandate, *, now: datetime) -> None:
    organisation = mandate.organisation
    facts, link = {"organisation": organisation.name}, ("people:organisation", organisation.uid)
    notify(MANDATE_CONFIRMED, mandate, to=[mandate.person.account], now=now, facts=facts, link=link)


def acted_for(person: Person, *, by: Account, now: datetime) -> None:
    facts = {"by": by.person.short_name, "at": now}
    notify(ACTED_FOR, person, to=[person.account], now=now, facts=facts, link=("people:profile",))


def to_address(email: str) -> Account | Any:
    """The account of this address, else the bare address: the letter is the same."""
    return Account.objects.filter(email__iexact=email, is_active=True).first() or address_of(email)


def account_letter(prefix: str, email: str, *, now: datetime, context: dict[str, Any]) -> None:
    """One of allauth's letters as a notice: to the account of this address, else to the bare address."""
    name = prefix.rpartition("/")[2]
    to = Account.objects.filter(email__iexact=email).first() or address_of(email)
    if name in CHANGES:
        notify(SIGN_IN_CHANGED, to, to=to, now=now, facts={"what": CHANGES[name]}, link=("account_reset_password",))
        return
    message, value = LETTERS[name]
    if value == "code":
        notify(message, to, to=to, now=now, facts={"code": str(context["code"])})
    else:
        notify(message, to, to=to, now=now, link=context[value])


def subscription_to_confirm(subscription: Subscription, about: Any, *, token: str, now: datetime) -> None:
    """The same letter to an account and to a bare address."""
    link = ("people:confirm_subscription", token)
    notify(SUBSCRIPTION_TO_CONFIRM, subscription, to=subscription.recipient, now=now, facts={"about": about}, link=link)
