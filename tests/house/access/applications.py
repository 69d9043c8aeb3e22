"""What the addresses of this room are asked about: the applicant's drafts and sent ones, the teammate in their team."""

from datetime import timedelta

from django.utils import timezone

from grants.applications.actions import ask_late, invite_member, lapse_application
from grants.applications.models import Likeness
from grants.proposals.actions import accept_invitation
from tests.factories.applications import consent, make_draft, make_ready, make_submitted
from tests.factories.calls import make_call


def world(world) -> None:
    cast, now = world.cast, timezone.now()
    draft = make_ready(make_call(cast.officer, now=now), cast.applicant, now=now)
    member = join(draft, cast.teammate, now=now)
    sent = make_submitted(make_call(cast.officer, now=now), cast.applicant, now=now)
    missed, late = (lapsed(make_call(cast.officer, now=now), cast.applicant, now=now) for _ in range(2))
    ask_late(application=late, why="Свет", by=cast.applicant, now=late.closes_at + timedelta(hours=1))
    twin = make_submitted(sent.call, now=now)
    Likeness.objects.create(first=sent, second=twin, percent=80, found_at=now)
    world.things |= {"application": sent, "draft": draft}
    of_sent = ("check", "return", "admit", "refuse", "extend", "receipt", "print")
    world.kwargs |= {
        "applications": {"uid": draft.uid},
        "applications:start": {"slug": draft.call.slug},
        "applications:intake_call": {"slug": draft.call.slug},
        "applications:extend_draft": {"slug": draft.call.slug},
        "applications:admission": {"slug": sent.call.slug},
        "applications:edit": {"uid": draft.uid, "section": "idea"},
        "applications:change_member": {"uid": draft.uid, "member": member.uid},
        "applications:ask_late": {"uid": missed.uid},
        "applications:continue": {"uid": missed.uid},
        "applications:decide_likeness": {"uid": sent.uid, "other": twin.uid},
        "applications:decide_late": {"uid": late.uid},
        **{f"applications:{name}": {"uid": sent.uid} for name in of_sent},
    }


def join(draft, account, *, now):
    """The account's person, in the team with the right to write."""
    member = invite_member(application=draft, name="Илья", email=account.email, rights="edit", part="", by=draft.owner, now=now)
    consent(account, now=now)
    return accept_invitation(member=member, first_name="Илья", last_name="Ветров", documents=[], by=account, now=now)


def lapsed(call, owner, *, now):
    draft = make_draft(call, owner, now=now)
    lapse_application(application=draft, now=draft.closes_at + timedelta(hours=1))
    return draft
