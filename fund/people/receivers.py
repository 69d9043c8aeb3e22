"""What we do when allauth says that something happened; our own rooms call one another's verbs instead."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import email_confirmed
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver

from .actions import confirm_address

BY_CODE = "account_confirm_login_code"


@receiver(email_confirmed)
def an_address_was_confirmed(request, email_address, **kwargs) -> None:
    """A corporate address makes an employee. Who proves an address by a mailed code need not be who chose the password
    at registration: that password is thrown away."""
    account = email_address.user
    if request.resolver_match and request.resolver_match.url_name == BY_CODE and account.has_usable_password():
        account.set_unusable_password()
        account.save(update_fields=["password"])
    confirm_address(account, email_address.email, now=request.now)


@receiver(authenticator_added)
def a_second_factor_was_set_up(request, user, authenticator, **kwargs) -> None:
    """Setting it up proves it: the session counts as signed in with it."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
