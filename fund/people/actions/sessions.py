"""Ending the sessions of an account."""

from allauth.usersessions.models import UserSession
from django.db.models import F

from fund.accounts.models import Account


def end_sessions(account: Account) -> None:
    """Every session of the account ends at once: none is believed any more, and the list of them is emptied."""
    Account.objects.filter(pk=account.pk).update(era=F("era") + 1)
    account.refresh_from_db(fields=["era"])
    UserSession.objects.filter(user=account.pk).delete()
