"""Who a session belongs to: allauth's own backend, that reads the person together with the account."""

from allauth.account.auth_backends import AuthenticationBackend

from fund.accounts.models import Account


class SignIn(AuthenticationBackend):
    """Every page of a workspace names its reader: the name comes with the account instead of by a query of its own."""

    def get_user(self, user_id):
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None
