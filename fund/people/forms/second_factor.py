"""allauth's forms of the second factor, drawn like ours, with attempts counted in the database."""

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..adapter import count_here
from ..second_factor import find_by_code
from .sign_in import Worded

CODE = _("Code from the app, or a recovery code")
WRONG = _("The code does not fit. Enter the one the app shows now")


class CodeForm(Worded):
    """Six digits of an app or eight of a recovery code."""

    words = {"code": CODE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "class": "w-year"})

    def clean_code(self):
        counted = count_here("code", f"account {self.user.pk}")
        code = self.cleaned_data["code"].replace(" ", "")
        found = find_by_code(self.user, code, now=context.request.now)
        if found is None:
            raise ValidationError(WRONG, code="incorrect_code")
        found.user = self.user
        self.authenticator = found
        counted.was_right()
        return code


class SecondFactorForm(CodeForm, base.AuthenticateForm):
    pass


class ConfirmSecondFactorForm(CodeForm, base.ReauthenticateForm):
    pass


class SetUpAppForm(Worded, totp.ActivateTOTPForm):
    words = {"code": _("Code that the app shows")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "class": "w-year"})


class RemoveAppForm(Worded, totp.DeactivateTOTPForm):
    pass


class AddKeyForm(Worded, webauthn.AddWebAuthnForm):
    words = {"name": _("Name of the key"), "passwordless": _("Sign in with this key alone, without a password")}


class NameKeyForm(Worded, webauthn.EditWebAuthnForm):
    words = {"name": _("Name of the key")}


class MakeRecoveryCodesForm(Worded, recovery.GenerateRecoveryCodesForm):
    pass
