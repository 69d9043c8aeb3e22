"""Who joined a team by the letter's link alone and registers later finds it under their account."""

from datetime import datetime

from django.db import transaction

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.ringing import ring
from fund.people.actions import take_up_person

from ..models import TeamMember
from .team import ON_CHANGE


@transaction.atomic
def take_up_memberships(account: Account, *, email: str, now: datetime) -> int:
    """Ties the memberships of this address to the account; the caller has made sure that it is theirs, confirmed.

    In order: the locks; one person of the member and the account; write; record; look for conflicts anew. How many.
    """
    waiting = TeamMember.objects.joined().filter(account=None, email__iexact=email).select_for_update(of=("self",))
    found = [member for member in waiting if member.of is not None]
    for member in found:
        member.account = account
        member.person = take_up_person(account, member.person, now=now)
        member.save(update_fields=["account", "person"])
        record("proposals.take_up_memberships", member.of, by=account, now=now, facts={"member": member.uid})
    if found:
        ring(ON_CHANGE)
    return len(found)
