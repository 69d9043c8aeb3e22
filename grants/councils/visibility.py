"""Who sees decisions: those who take and prepare them; applicants learn theirs from the application, once released."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fund.core.visibility import closes, opens
from fund.people.models import Mandate
from fund.people.roles import plays, within
from grants.applications.models import Application
from grants.calls.models import Call
from grants.reviews.models import Conflict

from .models import Entry, Item, Meeting, Member, Side


@opens("councils.Outcome", "an officer of its call")
def an_officer_of_its_call(user):
    return within(user, "officer", Call, "application__call")


@opens("councils.Outcome", "a director of its call")
def a_director_of_its_call(user):
    return within(user, "director", Call, "application__call")


@opens("councils.Outcome", "the applicant, once released")
def the_applicant_once_released(user):
    return Q(application__owner=user, released_at__isnull=False)


@closes("councils.Outcome", "a declared conflict with its application")
def a_conflict_with_its_application(user):
    return Exists(Conflict.objects.live().filter(application=OuterRef("application"), expert=user))


@closes("councils.Outcome", "a rival in the same call, before the release")
def a_rival_before_the_release(user):
    """Who competes in a call waits for its release like everybody else who does, whatever they are in the fund."""
    return Q(released_at=None, application__call__in=Application.objects.competing(user).values("call"))


@opens("councils.Meeting", "a member of it")
def a_member_of_it(user):
    return Q(pk__in=_seats(user).values("meeting"))


@opens("councils.Meeting", "its secretary, tied to nobody in the call")
def its_secretary(user):
    return Q(secretary=user) & ~_tied(user)


@opens("councils.Meeting", "an officer of its call, tied to nobody in the call")
def an_officer_of_the_meetings_call(user):
    """Sums of the call tell of what is closed; a member steps aside item by item, who writes all of it down does so as a whole."""
    officer = within(user, "officer", Call, "call")
    return ~_tied(user) if officer is True else officer and officer & ~_tied(user)


@opens("councils.Meeting", "a director of its call")
def a_director_of_the_meetings_call(user):
    return within(user, "director", Call, "call")


@closes("councils.Meeting", "one's own application in the call")
def ones_own_application_in_the_call(user):
    """Who competes in a call learns nothing of what its council does, whatever they are in the fund."""
    return Q(call__in=Application.objects.competing(user).values("call"))


@opens("councils.Meeting", "an invited side of it, by its address or its organisation")
def an_invited_side_of_it(user):
    return Q(pk__in=sides_of(user).values("meeting"))


@opens("councils.Item", "who sees its meeting")
def who_sees_its_meeting(user):
    return Q(meeting__in=Meeting.objects.visible_to(user))


@closes("councils.Item", "a live conflict with an application of it")
def a_conflict_with_an_application_of_it(user):
    """Nobody tied sees the item."""
    tied = Conflict.objects.live().filter(expert=user).values("application")
    return Exists(Entry.objects.filter(item=OuterRef("pk"), application__in=tied))


@opens("councils.Topic", "who sees its meeting")
@opens("councils.Side", "who sees its meeting")
def whoever_sees_the_meeting(user):
    return Q(meeting__in=Meeting.objects.visible_to(user))


@opens("councils.Motion", "who sees its item")
def whoever_sees_its_item(user):
    return Q(item__in=Item.objects.visible_to(user))


@opens("councils.FollowUp", "who sees its meeting")
def whoever_sees_its_meeting(user):
    return Q(motion__item__meeting__in=Meeting.objects.visible_to(user))


@opens("councils.FollowUp", "who answers for it")
def who_answers_for_it(user):
    return Q(account=user)


@opens("councils.Resolution", "everyone, once the fund has published it", anyone=True)
def once_published(user):
    return Q(published_at__isnull=False)


@opens("councils.Resolution", "who sees its meeting")
def whoever_sees_the_meeting_it_came_of(user):
    return Q(meeting__in=Meeting.objects.visible_to(user))


@opens("applications.Application", "a member of the council that meets on it")
def a_member_of_the_council_that_meets_on_it(user):
    """What stands on the agenda opens with the invitation; a conflict closes it like everywhere."""
    meetings = _seats(user).filter(meeting__state__in=("called", "open", "closed")).values("meeting")
    return Q(pk__in=Entry.objects.filter(meeting__in=meetings).values("application"))


def _tied(user):
    """Meetings of calls in which something ties the user to an applicant."""
    return Q(call__in=Conflict.objects.live().filter(expert=user).values("application__call"))


def _seats(user):
    """The seats this user holds now: a seat ends with the role by which it was given."""
    is_of_council = plays(user, "council_member") or plays(user, "director")
    return Member.objects.filter(account=user) if is_of_council else Member.objects.none()


def sides_of(user):
    """The invitations that are this user's: to the address they sign in with, or to an organisation they speak for."""
    speaks_for = Mandate.objects.live(timezone.localdate()).confirmed().filter(person__account=user).values("organisation")
    return Side.objects.invited().filter(Q(email__iexact=user.email) | Q(organisation__in=speaks_for))
