"""What the addresses of this room are asked about: an invitation of the teammate into the applicant's project."""

from django.utils import timezone

from grants.proposals.actions import invite_member
from grants.proposals.invitations import token_of
from tests.factories.applications import make_draft
from tests.factories.calls import make_call


def world(world) -> None:
    applicant, now = world.cast.applicant, timezone.now()
    proposal = make_draft(make_call(now=now), applicant, now=now)
    member = invite_member(of=proposal, name="Илья", email=world.cast.teammate.email, rights="edit", by=applicant, now=now)
    world.kwargs |= {"proposals:invitation": {"token": token_of(member)}, "proposals:answer": {"uid": member.uid}}
