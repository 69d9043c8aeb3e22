"""Who sees applications. Drafts are their authors' alone; later rooms add experts and take conflicts away."""

from django.db.models import Q

from fund.core.visibility import opens
from fund.people.roles import has_role, plays, within
from grants.calls.models import Call
from grants.proposals.models import TeamMember

from .models import Application

# What the fund's people may know of: what was sent, and what asks to be taken late.
KNOWN = Q(submitted_at__isnull=False) | Q(state__in=("late_requested", "refused"))


@opens("applications.Application", "its owner")
def its_owner(user):
    return Q(owner=user.pk)


@opens("applications.Application", "a member of its team")
def a_member_of_its_team(user):
    joined = TeamMember.objects.joined().filter(of_type="applications.application", account=user.pk)
    return Q(pk__in=joined.values("of_id"))


@opens("applications.Application", "the guardian of its applicant")
def the_guardian_of_its_applicant(user):
    return Q(guardian__account=user.pk)


@opens("applications.Application", "an officer of its call, once it was sent")
def an_officer_of_its_call(user):
    return _of_the_fund(user, "officer")


@opens("applications.Application", "a director of its call, once it was sent")
def a_director_of_its_call(user):
    return _of_the_fund(user, "director")


@opens("applications.Application", "the curator of its call, once it was sent")
def the_curator_of_its_call(user):
    """An officer of the whole fund sees it by the rule above."""
    some = plays(user, "officer") and not has_role(user, "officer")
    return KNOWN & Q(call__curator=user.pk) & _not_a_rival(user) if some else False


def _of_the_fund(user, role: str):
    calls = within(user, role, Call, "call")
    if not calls:
        return False
    known = KNOWN & _not_a_rival(user)
    return known if calls is True else known & calls


def _not_a_rival(user) -> Q:
    """Who competes in a call reads nobody else's application there, whatever they are in the fund."""
    return ~Q(call__in=Application.objects.competing(user).values("call"))
