"""Whose proposal it is: the rights of its owner and its team. What may be done when is said by the room above."""

from typing import Any

from fund.people.permissions import can_act_for

from .models import Proposal, TeamMember

# Each right holds those before it.
ORDER = ("view", "edit", "submit")


def right_of(user: Any, proposal: Proposal) -> str:
    """The user's own right: "view", "edit", "submit" (the owner's too), or "" for who is not an author."""
    if user is None or not user.is_authenticated:
        return ""
    if proposal.owner_id == user.pk:
        return "submit"
    joined = TeamMember.objects.about(proposal).joined().filter(account=user.pk)
    return joined.values_list("rights", flat=True).first() or ""


def has_right(user: Any, proposal: Proposal, right: str) -> bool:
    own = right_of(user, proposal)
    return bool(own) and ORDER.index(own) >= ORDER.index(right)


def can_answer(user: Any, member: TeamMember, for_: Any = None) -> bool:
    """An invitation is answered by the account of its address, by who opened its signed link (None), by an officer for
    the caller whose address it is."""
    if for_ is not None:
        return can_act_for(user, for_) and for_.address.lower() == member.email.lower()
    return user is None or (user.is_authenticated and user.email.lower() == member.email.lower())


def can_leave(user: Any, member: TeamMember, for_: Any = None) -> bool:
    if for_ is not None:
        return can_act_for(user, for_) and member.person_id == for_.pk
    return user is not None and member.account_id == user.pk
