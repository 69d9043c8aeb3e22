"""Who decides. Nobody decides on what they are tied to, nor anything in a call in which they compete."""

from fund.people.roles import has_role, plays
from grants.applications.permissions import competes
from grants.reviews.models import Conflict


def can_rank(user, call) -> bool:
    """Who may read the ranking and the pending decisions: a director, who steps aside application by application; an officer
    tied to nobody in the call, for places and sums tell of the application that is closed to them."""
    if competes(user, call):
        return False
    return has_role(user, "director", call) or (has_role(user, "officer", call) and not is_tied_in(user, call))


def is_tied_in(user, call) -> bool:
    # Kept with the call, as the answer of competes is.
    asked = ("tied", user.pk)
    if asked not in call.answers:
        call.answers[asked] = Conflict.objects.live().filter(application__call=call, expert=user).exists()
    return call.answers[asked]


def can_decide(user, application) -> bool:
    """A director who may release the call, unless tied to the application by a declared conflict."""
    if not can_release(user, application.call):
        return False
    return not Conflict.objects.live().filter(application=application, expert=user).exists()


def can_release(user, call) -> bool:
    return has_role(user, "director", call) and not competes(user, call)


def can_fund_from_reserve(user, application) -> bool:
    """A director who is tied to nothing in it, while it waits."""
    return application.state == "reserve" and can_decide(user, application)


def decides(user) -> bool:
    return plays(user, "director")


def can_call_meeting(user, call) -> bool:
    """An officer or a director of the call, while it is judged and nobody has released it."""
    return can_rank(user, call) and call.state == "judging"


def can_convene(user) -> bool:
    """An officer or a director of the fund calls a meeting that decides no call."""
    return has_role(user, "director") or has_role(user, "officer")


def runs_meeting(user, meeting) -> bool:
    """Keeps the minutes: the secretary or an officer, tied to nobody in the call, or a director of it, item by item."""
    if user is None or not user.is_authenticated:
        return False
    if meeting.is_floor:
        return can_convene(user) or meeting.secretary_id == user.pk
    if competes(user, meeting.call):
        return False
    if has_role(user, "director", meeting.call):
        return True
    writes = meeting.secretary_id == user.pk or has_role(user, "officer", meeting.call)
    return writes and not is_tied_in(user, meeting.call)


def sits_in(user, meeting) -> bool:
    return user is not None and any(member.account_id == user.pk for member in meeting.members.all())


def can_open_meeting(user, meeting) -> bool:
    return runs_meeting(user, meeting)


def can_close_meeting(user, meeting) -> bool:
    return runs_meeting(user, meeting)


def can_cancel_meeting(user, meeting) -> bool:
    return runs_meeting(user, meeting)


def can_reschedule_meeting(user, meeting) -> bool:
    return runs_meeting(user, meeting) and meeting.state == "called"


def can_attend(user, meeting) -> bool:
    """Mark who came: before it opens and while it is under way."""
    return runs_meeting(user, meeting) and meeting.state in ("called", "open")


def can_sign_protocol(user, meeting) -> bool:
    """The chair and the secretary, each once, after the end."""
    if user is None or meeting.state != "closed":
        return False
    waits = {meeting.chair_id: meeting.chair_signed_at is None, meeting.secretary_id: meeting.secretary_signed_at is None}
    return waits.get(user.pk, False)


def can_reissue_protocol(user, meeting) -> bool:
    return runs_meeting(user, meeting) and meeting.state == "closed" and (meeting.is_floor or meeting.call.state == "judging")


def is_tied(user, item) -> bool:
    """Does a live conflict tie the user to an application of this item?"""
    return Conflict.objects.live().filter(expert=user, application__in=item.entries.values("application")).exists()


def runs_item(user, item) -> bool:
    """Who keeps the minutes, unless tied to it: then somebody else does for this item."""
    return runs_meeting(user, item.meeting) and not is_tied(user, item)


def can_run_item(user, item) -> bool:
    return item.meeting.state == "open" and runs_item(user, item)


def can_propose(user, item) -> bool:
    """Change what is proposed for an application: before the vote on it begins. A motion is reworded instead."""
    if item.meeting.is_floor:
        return False
    return item.meeting.state in ("called", "open") and item.state in ("waiting", "lost") and runs_item(user, item)


def can_vote(user, item) -> bool:
    """A member who came and is not tied, while the item is being voted on."""
    if user is None or item.state != "voting" or item.meeting.state != "open":
        return False
    return item.meeting.members.filter(account=user, attended=True).exists() and not is_tied(user, item)


def can_recuse(user, item) -> bool:
    """A member says what ties them to an applicant: any time before the item is decided."""
    if item.meeting.is_floor or not sits_in(user, item.meeting):
        return False
    return item.meeting.state in ("called", "open") and item.state in ("waiting", "voting", "lost")


def can_read_protocol(user, meeting) -> bool:
    """Who runs the call, and members whom nothing ties to anything on the agenda: the protocol tells of every item."""
    if not runs_meeting(user, meeting) and not sits_in(user, meeting):
        return False
    return not Conflict.objects.live().filter(expert=user, application__in=meeting.entries.values("application")).exists()


def can_invite(user, meeting) -> bool:
    """Invite a side, take an invitation back: until the meeting is over."""
    return can_set_topics(user, meeting)


def can_set_topics(user, meeting) -> bool:
    """Write the agenda and what was said on it: until the meeting is over."""
    return meeting.is_floor and meeting.state in ("called", "open") and runs_meeting(user, meeting)


def can_hand_in(user, meeting) -> bool:
    """Make a proposal: a member for themselves, whoever keeps the minutes for anybody in the room; a side by its link."""
    if not meeting.is_floor or meeting.state not in ("called", "open"):
        return False
    return runs_meeting(user, meeting) or sits_in(user, meeting)


def can_reword(user, motion) -> bool:
    """Change the words that will be voted on: not while they are, nor once they are carried."""
    return can_set_topics(user, motion.meeting) and motion.item.state in ("waiting", "lost", "postponed")


def can_withdraw_motion(user, item) -> bool:
    """Its author, where a member made it; whoever keeps the minutes, at the author's word."""
    return item.meeting.state in ("called", "open") and owns_motion(user, item)


def owns_motion(user, item) -> bool:
    motion = getattr(item, "motion", None)
    if motion is None:
        return False
    own = motion.member is not None and motion.member.account_id == getattr(user, "pk", 0)
    return own or runs_meeting(user, item.meeting)


def can_entrust(user, motion) -> bool:
    """Say who answers for a carried proposal and by when; changed later too, until it is reported on."""
    if motion.item.state != "carried" or not runs_meeting(user, motion.meeting):
        return False
    follow_up = getattr(motion, "follow_up", None)
    return follow_up is None or follow_up.state == "open"


def can_issue_outcome(user, meeting) -> bool:
    return meeting.is_floor and meeting.state == "closed" and runs_meeting(user, meeting) and not hasattr(meeting, "resolution")


def can_reissue_outcome(user, resolution) -> bool:
    return runs_meeting(user, resolution.meeting)


def can_publish(user, resolution) -> bool:
    """The fund decides to publish: a director does."""
    return has_role(user, "director")


def can_report(user, follow_up) -> bool:
    """Who answers for it, or whoever keeps the minutes. None: its side, for whom the link of its letter vouches."""
    if user is None:
        return follow_up.side_id is not None
    return follow_up.account_id == user.pk or runs_meeting(user, follow_up.motion.meeting)


def can_reopen_follow_up(user, follow_up) -> bool:
    return runs_meeting(user, follow_up.motion.meeting)


def sees_meetings(user) -> bool:
    """Who has meetings in their bar."""
    return any(plays(user, role) for role in ("council_member", "officer", "director"))
