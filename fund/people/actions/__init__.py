"""The verbs of this room: everything that changes people, roles, consents, organisations, accounts."""

from .accounts import deactivate_account, open_account, reactivate_account
from .callers import act_for
from .consents import consent_token, give_consent, publish_consent_document, withdraw_consent
from .employment import set_employment
from .guardians import answer_as_guardian, ask_guardian_again, confirm_guardianship, end_guardianship, name_guardian
from .organisations import (
    claim_mandate,
    confirm_mandate,
    end_mandate,
    register_organisation,
    set_bank_details,
    update_organisation,
)
from .persons import create_person, person_of, register_child, take_up_person, update_profile
from .representatives import accept_representation, invite_representative
from .roles import confirm_address, grant_role, revoke_role
from .sessions import end_sessions
from .subscriptions import confirm_subscription, subscribe, tell_subscribers, withdraw_subscription

__all__ = [
    "accept_representation",
    "act_for",
    "answer_as_guardian",
    "ask_guardian_again",
    "claim_mandate",
    "confirm_address",
    "confirm_guardianship",
    "confirm_mandate",
    "confirm_subscription",
    "consent_token",
    "create_person",
    "deactivate_account",
    "end_guardianship",
    "end_mandate",
    "end_sessions",
    "give_consent",
    "grant_role",
    "invite_representative",
    "name_guardian",
    "open_account",
    "person_of",
    "publish_consent_document",
    "reactivate_account",
    "register_child",
    "register_organisation",
    "revoke_role",
    "set_bank_details",
    "set_employment",
    "subscribe",
    "take_up_person",
    "tell_subscribers",
    "update_organisation",
    "update_profile",
    "withdraw_consent",
    "withdraw_subscription",
]
