"""Input of this room: signing in, second factors, profile, consents, roles."""

from .household import ActForForm, ChildForm, GuardianAnswerForm, NameGuardianForm, RegisterChildForm
from .organisations import (
    BankDetailsForm,
    ConfirmMandateForm,
    OrganisationForm,
    RegisterOrganisationForm,
    RepresentativeForm,
)
from .profile import ConsentsForm, ProfileForm
from .second_factor import (
    AddKeyForm,
    ConfirmSecondFactorForm,
    MakeRecoveryCodesForm,
    NameKeyForm,
    RemoveAppForm,
    SecondFactorForm,
    SetUpAppForm,
)
from .sign_in import (
    ChangeAddressForm,
    ChangePasswordForm,
    ConfirmCodeForm,
    ConfirmPasswordForm,
    LoginForm,
    NewPasswordForm,
    RequestCodeForm,
    ResetPasswordForm,
    SetPasswordForm,
    SignupForm,
)
from .staff import ConsentTextForm, CreatePersonForm, EmploymentForm, GrantRoleForm
from .subscriptions import SubscribeForm, SubscribeSignedInForm

__all__ = [
    "ActForForm",
    "AddKeyForm",
    "BankDetailsForm",
    "ChangeAddressForm",
    "ChangePasswordForm",
    "ChildForm",
    "ConfirmCodeForm",
    "ConfirmMandateForm",
    "ConfirmPasswordForm",
    "ConfirmSecondFactorForm",
    "ConsentTextForm",
    "ConsentsForm",
    "CreatePersonForm",
    "EmploymentForm",
    "GrantRoleForm",
    "GuardianAnswerForm",
    "LoginForm",
    "MakeRecoveryCodesForm",
    "NameGuardianForm",
    "NameKeyForm",
    "NewPasswordForm",
    "OrganisationForm",
    "ProfileForm",
    "RegisterChildForm",
    "RegisterOrganisationForm",
    "RemoveAppForm",
    "RepresentativeForm",
    "RequestCodeForm",
    "ResetPasswordForm",
    "SecondFactorForm",
    "SetPasswordForm",
    "SetUpAppForm",
    "SignupForm",
    "SubscribeForm",
    "SubscribeSignedInForm",
]
