"""Who sees notices: the one they are addressed to. Letters that failed: whoever may send them again."""

from django.db.models import Q

from fund.core.visibility import opens

from .permissions import can_resend


@opens("notices.Notice", "its recipient")
def its_recipient(user):
    return Q(account=user)


@opens("notices.Delivery", "who may resend failed letters")
def who_may_resend(user):
    return Q(state="failed", channel="email") if can_resend(user) else False
