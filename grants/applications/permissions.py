"""Who may do what with an application: its authors by their rights, the officers of its call, the director for outcomes.

An officer may do for a caller what the caller may do; the verbs then want to know for whom (`for_`).
"""

from typing import Any

from fund.people.roles import has_role, plays
from grants.proposals.permissions import has_right, right_of

from .models import Application


def acts(user: Any, application: Any, right: str, for_: Any = None) -> bool:
    """By one's own right, or as an officer for a person (`for_`) who has it."""
    if for_ is None:
        return has_right(user, application, right)
    return (
        has_role(user, "officer", application.call)
        and for_.account_id is not None
        and has_right(for_.account, application, right)
    )


def can_start(user, call) -> bool:
    return user is not None and user.is_authenticated and user.is_active


def can_list(user) -> bool:
    """My applications: everyone's own page."""
    return user.is_authenticated


def can_read(user, application) -> bool:
    """The whole of it, names and all: its authors, the applicant's guardian, who runs its call. Experts read it in their own room."""
    guardian = application.guardian
    if right_of(user, application):
        return True
    runs = any(has_role(user, role, application.call) for role in ("officer", "director")) and not competes(
        user, application.call
    )
    return runs or bool(guardian and guardian.account_id and guardian.account_id == user.pk)


def can_edit(user, application) -> bool:
    return has_right(user, application, "edit") and application.is_written


def can_submit(user, application) -> bool:
    return has_right(user, application, "submit") or has_role(user, "officer", application.call)


def can_replace(user, application) -> bool:
    return can_submit(user, application)


def can_resubmit(user, application) -> bool:
    return can_submit(user, application)


def can_invite(user, application) -> bool:
    """The team is named by the owner and by who may send; not by who may only write."""
    return has_right(user, application, "submit") and application.is_written


def can_hand_over(user, application) -> bool:
    return user is not None and application.owner_id == user.pk and application.is_written


def can_withdraw(user, application) -> bool:
    return can_submit(user, application)


def can_ask_late(user, application) -> bool:
    return can_submit(user, application)


def can_continue(user, application) -> bool:
    return has_right(user, application, "submit") and application.has_ended


def can_intake(user) -> bool:
    """Is there a queue for this user at all?"""
    return plays(user, "officer")


def can_check(user, application) -> bool:
    """The formal check: an officer of the call who is an author of nothing in it."""
    return (
        has_role(user, "officer", application.call) and not right_of(user, application) and not competes(user, application.call)
    )


def competes(user, call) -> bool:
    """Who has sent an application, alone or in a team, neither checks nor judges nor decides anything in the same call."""
    if user is None:
        return False
    # Asked by every predicate of a page about the same two objects; both live for one request.
    asked = ("competes", user.pk)
    if asked not in call.answers:
        call.answers[asked] = Application.objects.of_call(call).competing(user).exists()
    return call.answers[asked]


def can_return(user, application) -> bool:
    return can_check(user, application)


def can_admit(user, application) -> bool:
    return can_check(user, application)


def can_refuse(user, application) -> bool:
    return can_check(user, application)


def can_read_admission(user, call) -> bool:
    """The protocol of admission: officers and directors of the call who compete with nobody in it. It tells of every
    application, so nothing sent to the call may be closed to them by a conflict."""
    if not any(has_role(user, role, call) for role in ("officer", "director")) or competes(user, call):
        return False
    open_ones = Application.objects.visible_to(user).of_call(call)
    return not Application.objects.of_call(call).sent().exclude(pk__in=open_ones.values("pk")).exists()


def can_issue_admission(user, call) -> bool:
    """Sign and issue it: an officer of the call, from its close until the decisions."""
    return has_role(user, "officer", call) and call.state in ("closed", "judging") and can_read_admission(user, call)


def can_decide_likeness(user, likeness) -> bool:
    return can_check(user, likeness.first) and can_check(user, likeness.second)


def can_set_applicant(user, application) -> bool:
    """Who may send says who applies."""
    return has_right(user, application, "submit") and application.is_written


def can_leave(user, application) -> bool:
    """A member of the team who is not its owner, while it may be written."""
    return application.is_written and application.owner_id != user.pk and bool(right_of(user, application))


def can_extend(user, application) -> bool:
    return can_check(user, application)


def can_extend_drafts(user, call) -> bool:
    """Drafts of the call, unseen: while somebody may still be writing one."""
    return has_role(user, "officer", call) and call.state in ("announced", "open", "closed") and not competes(user, call)


def can_decide_late(user, application) -> bool:
    return can_check(user, application)


def can_admit_on_appeal(user, application) -> bool:
    """Whoever of the fund answers an appeal; that they took no part in the refusal is asked where appeals are answered."""
    runs = any(has_role(user, role, application.call) for role in ("officer", "director", "council_member"))
    return runs and not competes(user, application.call)


def can_begin_review(user, application) -> bool:
    return has_role(user, "officer", application.call)


def can_release(user, application) -> bool:
    return has_role(user, "director", application.call)
