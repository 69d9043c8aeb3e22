"""How allauth asks and writes in our house: its letters are notices, its attempts are counted in the database."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.core.errors import Refused
from fund.core.navigation import address

from . import notices
from .actions import person_of
from .actions.attempts import Counted, count_attempt
from .devices import device_of, remember_device
from .roles import needs_second_factor
from .second_factor import has_second_factor


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with address and password or code."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off"),
        "duplicate_email": _("This is your address already"),
        "email_password_mismatch": _("The address or the password does not fit. Check both, or ask for a code by mail"),
        "enter_current_password": _("This is not the password you have now"),
        "incorrect_code": _("The code does not fit. Enter the one from the newest letter"),
        "incorrect_password": _("The password does not fit"),
    }

    _counted: Counted | None = None

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        notices.account_letter(template_prefix, email, now=self.request.now, context=context)

    def new_user(self, request) -> Account:
        return Account(language=(translation.get_language() or "ru")[:2], joined_at=request.now)

    def save_user(self, request, user, form, commit=True):
        account = super().save_user(request, user, form, commit=commit)
        person_of(account)
        return account

    def get_login_redirect_url(self, request) -> str:
        """The workspace of a room above, where there is one; else the profile."""
        return address(settings.LOGIN_REDIRECT_URL) or reverse("people:profile")

    get_signup_redirect_url = get_login_redirect_url

    def confirm_email(self, request, email_address):
        """An address that another account was registered with cannot be taken, confirmed there or not."""
        if Account.objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id).exists():
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
        return super().confirm_email(request, email_address)

    def pre_authenticate(self, request, **credentials) -> None:
        """Counts before the password is looked at; refused attempts cost no hashing, for known and unknown alike."""
        self._counted = count(request, "password", credentials.get("email", ""))

    def _rollback_login_failed_rl_usage(self) -> None:
        if self._counted:
            self._counted.was_right()

    def _delete_login_attempts_cached_email(self, request, **credentials) -> None:
        """Nothing stands in the cache; a new password does not forgive guesses at the old one."""

    def post_login(self, request, user, **kwargs):
        person_of(user)
        response = super().post_login(request, user, **kwargs)
        remember_device(response, request, user.email)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are kept encrypted; who must have one cannot remove the last."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator) -> bool:
        return not needs_second_factor(authenticator.user) or has_second_factor(authenticator.user, besides=authenticator)

    def _get_site_name(self) -> str:
        return str(settings.PROFILE.name.ru)


def count(request, act: str, who: str) -> Counted:
    """Counts an attempt of this request; too many become a form's error."""
    where = DefaultAccountAdapter(request).get_client_ip(request)
    try:
        return count_attempt(act, who=who, where=where, device=device_of(request, who), now=request.now)
    except Refused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal


def count_here(act: str, who: str) -> Counted:
    """The same for forms that are not given their request."""
    return count(context.request, act, who)


def _fernet() -> MultiFernet:
    digests = [hashlib.sha256(f"second factor {key!s}".encode()) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest.digest())) for digest in digests])
