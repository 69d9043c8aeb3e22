"""Who sees appeals: those who may contest the application, and the fund's people who are strangers to it."""

from django.db.models import Exists, OuterRef, Q

from fund.core.visibility import closes, opens
from fund.people.roles import within
from grants.applications.models import Application
from grants.calls.models import Call
from grants.reviews.models import Conflict


@opens("results.Appeal", "an author of its application")
def an_author_of_its_application(user):
    return Q(application__in=Application.objects.written_by(user).values("pk"))


@opens("results.Appeal", "an officer of its call")
def an_officer_of_its_call(user):
    return within(user, "officer", Call, "application__call")


@opens("results.Appeal", "a director of its call")
def a_director_of_its_call(user):
    return within(user, "director", Call, "application__call")


@opens("results.Appeal", "a council member of its call")
def a_council_member_of_its_call(user):
    return within(user, "council_member", Call, "application__call")


@closes("results.Appeal", "a rival in the same call")
def a_rival_in_the_same_call(user):
    """Who competes in a call learns of no appeal there but their own, whatever they are in the fund."""
    rivals = Q(application__call__in=Application.objects.competing(user).values("call"))
    return rivals & ~Q(application__in=Application.objects.written_by(user).values("pk"))


@closes("results.Appeal", "a declared conflict with its application")
def a_conflict_with_its_application(user):
    return Exists(Conflict.objects.live().filter(application=OuterRef("application"), expert=user))
