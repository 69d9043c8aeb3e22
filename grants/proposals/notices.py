"""The messages of this room: invitations, their answers, changes of a team."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.notices.actions import notify
from fund.notices.registry import kind

from .invitations import token_of
from .models import UNTITLED, Proposal, TeamMember

OWNER = {"why": _("You got this letter as the owner of the project.")}

# The link lets its holder answer for the address: it stands in the letter alone.
INVITED = kind(
    "proposals.invited", _("Invitation into a team"), secret=True, to_anyone=True, why=_("Somebody named you in a project.")
)
JOINED = kind("proposals.joined", _("A team member has joined"), **OWNER)
DECLINED = kind("proposals.declined", _("An invitation was declined"), **OWNER)
LEFT = kind("proposals.left", _("A team member has left"), **OWNER)
REMOVED = kind("proposals.removed", _("Taken out of a team"), why=_("You got this letter as a member of the team."))
HANDED_OVER = kind("proposals.handed_over", _("A project has a new owner"), why=_("You got this letter as a member of the team."))


def invited(member: TeamMember, proposal: Proposal, *, now: datetime) -> None:
    """To the account of the address, else to the bare address: the letter and its link are the same."""
    to = Account.objects.filter(email__iexact=member.email, is_active=True).first() or member.email
    facts = {**facts_of(member, proposal), "by": _name(member.invited_by), "until": member.expires_at}
    notify(INVITED, member, to=to, now=now, facts=facts, link=("proposals:invitation", token_of(member)))


def joined(member: TeamMember, proposal: Proposal, *, now: datetime) -> None:
    notify(JOINED, member, to=proposal.owner, now=now, facts=facts_of(member, proposal), link=proposal.page("team"))


def declined(member: TeamMember, proposal: Proposal, *, now: datetime) -> None:
    notify(DECLINED, member, to=proposal.owner, now=now, facts=facts_of(member, proposal), link=proposal.page("team"))


def left(member: TeamMember, proposal: Proposal, *, now: datetime) -> None:
    notify(LEFT, member, to=proposal.owner, now=now, facts=facts_of(member, proposal), link=proposal.page("team"))


def removed(member: TeamMember, proposal: Proposal, *, now: datetime) -> None:
    notify(REMOVED, member, to=member.account, now=now, facts=facts_of(member, proposal))


def handed_over(proposal: Proposal, *, to: Account, before: Account, now: datetime) -> None:
    facts = {"title": proposal.title or UNTITLED, "new": _name(to), "old": _name(before)}
    notify(HANDED_OVER, proposal, to=[to, before], now=now, facts=facts, link=proposal.page("read"))


def facts_of(member: TeamMember, proposal: Proposal) -> dict[str, Any]:
    return {"name": member.name, "title": proposal.title or UNTITLED, "part": member.part}


def _name(account: Account) -> str:
    """What a letter calls a person; never an address, which is theirs to tell."""
    person = getattr(account, "person", None)
    return f"{person.first_name} {person.last_name}".strip() if person else ""
