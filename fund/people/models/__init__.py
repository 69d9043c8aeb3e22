"""The nouns of this room: people and their households, organisations, roles, consents, counted attempts."""

from .attempts import Attempt
from .consents import Consent, ConsentDocument
from .grants import RoleGrant
from .organisations import BankDetails, Mandate, Organisation
from .persons import Guardianship, Household, Person
from .subscriptions import Subscription

__all__ = [
    "Attempt",
    "BankDetails",
    "Consent",
    "ConsentDocument",
    "Guardianship",
    "Household",
    "Mandate",
    "Organisation",
    "Person",
    "RoleGrant",
    "Subscription",
]
