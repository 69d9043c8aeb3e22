"""Who sees sheets, and what judging adds to who sees applications and their files.

A role counts as long as it is held: an expert, officer or director whose role was taken away sees nothing by it.
"""

from django.db.models import Exists, OuterRef, Q

from fund.core.visibility import NOBODY, closes, opens
from fund.people.roles import plays, within
from fund.questions.reading import hidden_keys
from grants.applications.models import FILES, Application
from grants.calls.models import RELEASED, Call

from .models import Conflict, Sheet


@opens("applications.Application", "an assigned expert")
def an_assigned_expert(user):
    return Q(pk__in=being_read_by(user).values("application"))


@closes("applications.Application", "a declared conflict")
def a_declared_conflict(user):
    """Declared, or found by rule. Who is tied because they wrote it keeps what is their own."""
    tied = Exists(Conflict.objects.live().filter(application=OuterRef("pk"), expert=user))
    return Q(tied) & ~Q(pk__in=Application.objects.written_by(user).values("pk"))


@closes("documents.Document", "what an expert may not see of an application they judge")
def what_an_expert_may_not_see(user):
    """The same files that grants.applications.reading leaves out of the proposal; an id found elsewhere opens none."""
    read = being_read_by(user) if plays(user, "expert") else Sheet.objects.none()
    hidden = NOBODY
    for call in Call.objects.filter(pk__in=read.values("application__call")):
        regulation = call.regulation
        kinds = hidden_keys(regulation.questions) | ({FILES} if regulation.review.blind else set())
        ids = read.filter(application__call=call).values("application")
        hidden |= Q(of_type=Application._meta.label_lower, of_id__in=ids, kind__in=kinds)
    return hidden


@opens("reviews.Sheet", "its expert")
def its_expert(user):
    return _own(user, "application__call")


@opens("reviews.Sheet", "an officer of its call")
def an_officer_of_its_call(user):
    return within(user, "officer", Call, "application__call")


@opens("reviews.Sheet", "a director of its call")
def a_director_of_its_call(user):
    return within(user, "director", Call, "application__call")


@closes("reviews.Sheet", "a declared conflict with its application")
def a_conflict_with_its_application(user):
    """A director who is tied to an applicant sees none of the sheets on that application; an expert keeps their own."""
    tied = Conflict.objects.live().filter(application=OuterRef("application"), expert=user)
    return Q(Exists(tied)) & ~Q(expert=user)


@closes("reviews.Sheet", "one's own application in the call")
def ones_own_application_in_the_call(user):
    """Who competes in a call learns nothing of how it is judged, whatever they are in the fund."""
    return Q(application__call__in=Application.objects.competing(user).values("call"))


@closes("reviews.Sheet", "others' sheets, as long as one's own is awaited")
def others_while_ones_own_is_awaited(user):
    """An officer or director who also judges an application sees no other sheet on it before handing in their own."""
    own = Sheet.objects.outstanding().filter(application=OuterRef("application"), expert=user)
    return Q(Exists(own)) & ~Q(expert=user)


@opens("reviews.Discussion", "an expert who handed in their own sheet")
def an_expert_who_handed_in(user):
    return Q(application__in=being_read_by(user).submitted().values("application"))


@opens("reviews.Discussion", "an officer of its call")
def an_officer_of_the_discussions_call(user):
    return within(user, "officer", Call, "application__call")


@opens("reviews.Discussion", "a director of its call")
def a_director_of_the_discussions_call(user):
    return within(user, "director", Call, "application__call")


@closes("reviews.Discussion", "a declared conflict with its application")
def a_conflict_with_the_discussed(user):
    return Exists(Conflict.objects.live().filter(application=OuterRef("application"), expert=user))


@closes("reviews.Discussion", "as long as one's own sheet is awaited")
def while_ones_own_sheet_is_awaited(user):
    return Exists(Sheet.objects.outstanding().filter(application=OuterRef("application"), expert=user))


@closes("reviews.Discussion", "one's own application in the call")
def ones_own_application_in_the_discussions_call(user):
    return Q(application__call__in=Application.objects.competing(user).values("call"))


@opens("reviews.Plan", "an officer of its call")
def an_officer_of_the_plans_call(user):
    return within(user, "officer", Call, "call")


@closes("reviews.Plan", "one's own application in the call")
def ones_own_application_in_the_plans_call(user):
    return Q(call__in=Application.objects.competing(user).values("call"))


@opens("reviews.Allotment", "an officer of its call")
def an_officer_of_the_allotments_call(user):
    return within(user, "officer", Call, "plan__call")


@closes("reviews.Allotment", "a declared conflict with its application")
def a_conflict_with_the_allotted(user):
    return Exists(Conflict.objects.live().filter(application=OuterRef("application"), expert=user))


@closes("reviews.Allotment", "one's own application in the call")
def ones_own_application_in_the_allotments_call(user):
    return Q(plan__call__in=Application.objects.competing(user).values("call"))


@opens("lots.Participant", "of a released call", anyone=True)
def of_a_released_call(user):
    """Before the release nobody outside may learn who stood level; with it everyone may check the draw."""
    return _of_call(Call.objects.filter(state__in=RELEASED))


@opens("lots.Participant", "an officer of its call")
def lots_for_an_officer(user):
    return _of_own_calls(user, "officer")


@opens("lots.Participant", "a director of its call")
def lots_for_a_director(user):
    return _of_own_calls(user, "director")


@closes("lots.Participant", "a rival in the same call, before the release")
def lots_for_a_rival(user):
    competing = Application.objects.competing(user).values("call")
    return _of_call(Call.objects.filter(pk__in=competing).exclude(state__in=RELEASED))


def _of_own_calls(user, role: str):
    own = within(user, role, Call, "pk")
    return own and _of_call(Call.objects.all() if own is True else Call.objects.filter(own))


def _of_call(calls):
    return Q(draw__of_type=Call._meta.label_lower, draw__of_id__in=calls.values("pk"))


def being_read_by(user):
    """The sheets by which this user may read applications now."""
    mine = Sheet.objects.reading().filter(_own(user, "application__call") or NOBODY)
    return mine.exclude(application__call__in=Application.objects.competing(user).values("call"))


def _own(user, path: str):
    judged = within(user, "expert", Call, path)
    return Q(expert=user) if judged is True else judged and Q(expert=user) & judged
