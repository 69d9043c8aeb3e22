"""What this room does when allauth says that something happened."""

from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from .actions import take_up_memberships


@receiver(email_confirmed)
def an_address_was_confirmed(request, email_address, **kwargs) -> None:
    take_up_memberships(email_address.user, email=email_address.email, now=request.now)
