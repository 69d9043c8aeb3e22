"""Who sees calls and the questions asked about them."""

from django.db.models import Q

from fund.core.visibility import opens
from fund.people.roles import has_role, within

from .models import PUBLISHED, Call


@opens("calls.Call", "published", anyone=True)
def published(user):
    return Q(state__in=PUBLISHED)


@opens("calls.Call", "its officer")
def its_officer(user):
    return within(user, "officer", Call, "pk")


@opens("calls.Call", "its director")
def its_director(user):
    return within(user, "director", Call, "pk")


@opens("calls.Sketch", "an officer, of a new call")
def an_officer_of_a_new_call(user):
    return Q(call=None) if has_role(user, "officer") else False


@opens("calls.Sketch", "an officer of its call")
def an_officer_of_its_call(user):
    may = within(user, "officer", Call, "call")
    return Q(call__isnull=False) if may is True else may


@opens("calls.Question", "answered in public", anyone=True)
def answered_in_public(user):
    return Q(is_public=True, call__state__in=PUBLISHED)


@opens("calls.Question", "one's own")
def ones_own(user):
    return Q(asked_by=user.pk)


@opens("calls.Question", "an officer of the call")
def an_officer_of_the_call(user):
    return within(user, "officer", Call, "call")
