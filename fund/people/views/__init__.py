"""Pages of this room: my profile, household, organisations, consents; people, organisations and roles, for staff; "tell me when it opens"."""

from .callers import ActFor, StopActing
from .household import ChildConsent, ChildRegister, ChildUpdate, GuardianName, GuardianPage, HouseholdPage
from .organisations import (
    AllOrganisations,
    BankDetailsSet,
    MandateConfirm,
    MyOrganisations,
    OrganisationRead,
    OrganisationRegister,
    OrganisationUpdate,
    RepresentationAccept,
    RepresentativeInvite,
)
from .profile import ConsentDocumentPage, Consents, ConsentWithdraw, ProfilePage, ProfileUpdate
from .roles import AccountDeactivate, AccountReactivate, RoleGrantPage, RoleRevoke, Roles
from .staff import ConsentDocumentPublish, ConsentDocuments, EmploymentSet, People, PersonCreate
from .subscriptions import Subscribe, SubscriptionConfirm, SubscriptionWithdraw

__all__ = [
    "AccountDeactivate",
    "AccountReactivate",
    "ActFor",
    "AllOrganisations",
    "BankDetailsSet",
    "ChildConsent",
    "ChildRegister",
    "ChildUpdate",
    "ConsentDocumentPage",
    "ConsentDocumentPublish",
    "ConsentDocuments",
    "ConsentWithdraw",
    "Consents",
    "EmploymentSet",
    "GuardianName",
    "GuardianPage",
    "HouseholdPage",
    "MandateConfirm",
    "MyOrganisations",
    "OrganisationRead",
    "OrganisationRegister",
    "OrganisationUpdate",
    "People",
    "PersonCreate",
    "ProfilePage",
    "ProfileUpdate",
    "RepresentationAccept",
    "RepresentativeInvite",
    "RoleGrantPage",
    "RoleRevoke",
    "Roles",
    "StopActing",
    "Subscribe",
    "SubscriptionConfirm",
    "SubscriptionWithdraw",
]
