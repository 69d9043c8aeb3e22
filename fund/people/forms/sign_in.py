"""allauth's forms of signing in, drawn like ours, in our words, with attempts and letters counted in the database."""

from allauth.account import forms as allauth
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Drawn

from ..adapter import count_here

ADDRESS = _("E-mail")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
PASSWORD_HINT = _("At least 10 characters, not a common password")


class Worded(Drawn):
    """Our labels and hints; no placeholders, one password field: what is pasted from a manager needs no second typing."""

    words: dict = {}
    hints: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class CountsLetters(Worded):
    """A form that ends in a letter to the address typed: only so many in an hour, whether it has an account or not."""

    def clean(self):
        cleaned = super().clean()
        if self.cleaned_data.get("email") and not self.errors:
            count_here("letter", self.cleaned_data["email"])
        return cleaned


class LoginForm(Worded, allauth.LoginForm):
    words = {"login": ADDRESS, "password": PASSWORD}


class SignupForm(CountsLetters, allauth.SignupForm):
    words = {"email": ADDRESS, "password1": PASSWORD}
    hints = {"password1": _("At least 10 characters. Leave it empty and we will mail you a code each time you sign in.")}

    def try_save(self, request):
        """A known address gets the same page after the same time: its password is hashed too, then thrown away."""
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ResetPasswordForm(CountsLetters, allauth.ResetPasswordForm):
    words = {"email": ADDRESS}


class RequestCodeForm(CountsLetters, allauth.RequestLoginCodeForm):
    words = {"email": ADDRESS}


class ConfirmCodeForm(Worded, allauth.ConfirmLoginCodeForm):
    words = {"code": _("Code of six digits")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "class": "w-year"})


class ChangeAddressForm(CountsLetters, allauth.AddEmailForm):
    words = {"email": _("New e-mail")}


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):
    words = {"oldpassword": _("Current password"), "password1": NEW_PASSWORD}
    hints = {"password1": PASSWORD_HINT}

    def clean_oldpassword(self):
        counted = count_here("password", self.user.email)
        password = super().clean_oldpassword()
        counted.was_right()
        return password


class SetPasswordForm(Worded, allauth.SetPasswordForm):
    words = {"password1": NEW_PASSWORD}
    hints = {"password1": PASSWORD_HINT}


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD}
    hints = {"password1": PASSWORD_HINT}


class ConfirmPasswordForm(Worded, allauth.ReauthenticateForm):
    words = {"password": PASSWORD}
