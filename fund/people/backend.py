"""Who a session belongs to: allauth's own backend, that reads more together with the account."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from fund.accounts.models import Account

from .second_factor import factors_of


class SignIn(AuthenticationBackend):
    """Every page of a workspace names its reader and asks for a second factor: both come with the account instead of by
    queries of their own."""

    def get_user(self, user_id):
        accounts = Account.objects.select_related("person").annotate(came_with_factor=Exists(factors_of(OuterRef("pk"))))
        account = accounts.filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None
