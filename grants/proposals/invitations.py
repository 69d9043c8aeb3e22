"""The signed link of an invitation: it lets whoever holds the letter answer for its address, and opens nothing else."""

from fund.core.links import read, sign

from .models import TeamMember

PURPOSE = "proposals.invitation"
LINK_DAYS = 30


def token_of(member: TeamMember) -> str:
    return sign(PURPOSE, {"member": member.uid})


def member_of(token: str) -> TeamMember | None:
    """Whom a link speaks for; None when it is foreign, altered, too old, or they were taken out of the team."""
    payload = read(PURPOSE, token, days=LINK_DAYS)
    return TeamMember.objects.filter(removed_at=None, uid=payload["member"]).first() if payload else None
