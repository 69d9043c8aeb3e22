"""The team of a proposal: invitations that expire, answers that each member gives alone, leaving, handing over."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.core.ringing import ring
from fund.people.actions import create_person, give_consent, person_of, update_profile
from fund.people.models import ConsentDocument, Person
from fund.people.queries import missing_consents

from .. import notices
from ..models import RIGHTS, Proposal, TeamMember
from ..permissions import can_answer, can_leave

# An invitation not answered by then can be sent again.
OPEN_FOR = timedelta(days=14)
# A letter to one address about one project is not repeated sooner; in a day one account asks one address so often at most.
PAUSE, MOST_A_DAY = timedelta(hours=3), 5
# Whoever judges may be tied to whoever joins.
ON_CHANGE = "grants.reviews.tasks.look_for_ties"


FOREIGN = gettext_lazy("This invitation was sent to another address. Sign in with that one.")
TOO_SOON = gettext_lazy("A letter has just been sent to this address. It can be sent again in a few hours.")


@transaction.atomic
def invite_member(
    *,
    of: Proposal,
    name: str,
    email: str,
    rights: str,
    by: Any,
    now: datetime,
    part: str = "",
    most: int | None = None,
    once: str | None = None,
    for_: Person | None = None,
) -> TeamMember:
    """Names a person in the proposal and writes to their address.

    In order: the token; refuse the owner's own address, one that is named already, one member too many (`most` counts the
    owner); write; record; the letter. Whether the address has an account is told to nobody.
    """
    email = email.strip().lower()
    body = {"of": TeamMember.key(of), "email": email, "name": name, "rights": rights, "part": part}
    slot = claim(once, by=by, verb="proposals.invite_member", body=body)
    if slot.made:
        return slot.thing(TeamMember)
    _refuse_unknown_rights(rights)
    live = TeamMember.objects.about(of).live()
    if email == of.owner.email.lower():
        raise Refused(_("This is the owner's address: the owner is in the team already"), field="email", code="owner")
    if live.filter(email__iexact=email).exists():
        raise Refused(_("This address is in the team already"), field="email", code="twice")
    if most is not None and live.count() + 1 >= most:
        raise Refused(_("A team has at most %(most)s people, you included") % {"most": most}, code="most")
    _refuse_heaps(of, email, by=by, now=now)
    facts = {"name": name, "email": email, "part": part, "rights": rights}
    member = TeamMember.objects.create(**TeamMember.key(of), **facts, invited_by=by, invited_at=now, expires_at=now + OPEN_FOR)
    slot.keep(member)
    record(
        "proposals.invite_member",
        of,
        by=by,
        for_=for_,
        now=now,
        facts={"member": member.uid, "rights": rights},
        personal={"name": name},
    )
    notices.invited(member, of, now=now)
    ring(ON_CHANGE)
    return member


def carry_team(old: Proposal, new: Proposal, *, now: datetime) -> None:
    """The team of a proposal that goes on as another one: who has joined stays joined, consent and rights with them; who
    has not answered an invitation that still holds is invited anew.
    """
    for member in TeamMember.objects.about(old).live():
        if member.state_at(now) == "expired":
            continue
        same = ("account", "person", "name", "email", "part", "rights", "invited_by", "accepted_at", "consented_at")
        copy = TeamMember(**TeamMember.key(new), **{name: getattr(member, name) for name in same})
        copy.invited_at, copy.expires_at = (member.invited_at, member.expires_at) if member.accepted_at else (now, now + OPEN_FOR)
        copy.save()
        record("proposals.carry_member", new, by=None, now=now, facts={"member": copy.uid, "from": member.uid})
        if copy.accepted_at is None:
            notices.invited(copy, new, now=now)


@transaction.atomic
def invite_again(*, member: TeamMember, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Writes once more to who has not answered, some hours after the last letter; the invitation is good for another two weeks."""
    _lock(member)
    if now < member.invited_at + PAUSE:
        raise Refused(TOO_SOON, code="often")
    if member.accepted_at is not None:
        raise Refused(_("%(name)s has joined already") % {"name": member.name}, code="joined")
    member.invited_by, member.invited_at, member.expires_at = by, now, now + OPEN_FOR
    member.save(update_fields=["invited_by", "invited_at", "expires_at"])
    record("proposals.invite_again", member.of, by=by, for_=for_, now=now, facts={"member": member.uid})
    notices.invited(member, member.of, now=now)


@transaction.atomic
def change_member(*, member: TeamMember, rights: str, part: str, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Changes what a member may do and their part in the project."""
    _refuse_unknown_rights(rights)
    _lock(member)
    before, member.rights, member.part = member.rights, rights, part
    member.save(update_fields=["rights", "part"])
    record(
        "proposals.change_member",
        member.of,
        by=by,
        for_=for_,
        now=now,
        facts={"member": member.uid, "from": before, "to": rights},
    )


@transaction.atomic
def remove_member(*, member: TeamMember, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Takes a member out: their rights end at once; whoever had joined is written to."""
    _lock(member)
    _end(member, "proposals.remove_member", by=by, now=now, for_=for_)
    if member.account_id is not None:
        notices.removed(member, member.of, now=now)


@transaction.atomic
def leave_team(*, member: TeamMember, by: Any, now: datetime, for_: Person | None = None) -> None:
    """A member leaves, consent and all; the owner is written to."""
    _lock(member)
    if not can_leave(by, member, for_):
        raise Refused(_("This is not yours to do."), code="who")
    _end(member, "proposals.leave_team", by=by, now=now, for_=for_)
    notices.left(member, member.of, now=now)


@transaction.atomic
def accept_invitation(
    *,
    member: TeamMember,
    first_name: str,
    last_name: str,
    documents: Collection[ConsentDocument],
    by: Account | None,
    now: datetime,
    for_: Person | None = None,
) -> TeamMember:
    """The invited person consents to being named, and joins. `by` None: the signed link in the letter vouches for them;
    `for_`: an officer writes down what a caller says.

    In order: the locks; refuse a foreign account, an expired invitation; find or write down the person; keep the consents
    agreed to, refuse if a required one is missing; join under the account of the address, if there is one; record; tell
    the owner.
    """
    _lock_address(member.email)
    _lock(member)
    if not can_answer(by, member, for_):
        raise Refused(FOREIGN, code="who")
    if member.accepted_at is not None:
        return member
    if member.expires_at <= now:
        raise Refused(_("The invitation has expired. Ask for a new one."), code="expired")
    of_address = Account.objects.filter(email__iexact=member.email, is_active=True).first()
    account = of_address if by is None or for_ else by
    person = for_ or _person(member, account, first_name=first_name, last_name=last_name, by=by, now=now)
    for document in documents:
        give_consent(person, document, by=by, now=now, how="phone" if for_ else "page" if by else "link", for_=for_)
    if missing := missing_consents(person):
        document = missing[0]
        words = _("Without this consent we cannot name you: %(purpose)s") % {"purpose": document.said.name}
        raise Refused(words, field=f"purpose_{document.purpose}", code="consent")
    member.account, member.person, member.name = account, person, person.short_name
    member.accepted_at = member.consented_at = now
    member.save(update_fields=["account", "person", "name", "accepted_at", "consented_at"])
    record("proposals.accept_invitation", member.of, by=by if for_ else account, for_=for_, now=now, facts={"member": member.uid})
    notices.joined(member, member.of, now=now)
    ring(ON_CHANGE)
    return member


def _person(member: TeamMember, account: Account | None, *, first_name: str, last_name: str, by: Any, now: datetime) -> Person:
    """The account's person, named if they had no name; else the same person invited before by this address; else a new one."""
    names: dict[str, Any] = {"first_name": first_name.strip(), "last_name": last_name.strip()}
    if account is not None:
        person = person_of(account)
        return person if person.has_name else update_profile(person, by=account, now=now, **names)
    known = Person.objects.filter(account=None, email__iexact=member.email, **names).first()
    return known or create_person(by=by, now=now, email=member.email, **names)


@transaction.atomic
def decline_invitation(*, member: TeamMember, by: Account | None, now: datetime, for_: Person | None = None) -> None:
    """The invited person says no; their name leaves the proposal, the owner is written to."""
    _lock(member)
    if not can_answer(by, member, for_):
        raise Refused(FOREIGN, code="who")
    if member.accepted_at is not None:
        raise Refused(_("You have joined already. You can leave the team on its page."), code="joined")
    member.declined_at = now
    member.save(update_fields=["declined_at"])
    record("proposals.decline_invitation", member.of, by=by, for_=for_, now=now, facts={"member": member.uid})
    notices.declined(member, member.of, now=now)


@transaction.atomic
def hand_over(*, of: Proposal, to: TeamMember, by: Any, now: datetime, for_: Person | None = None) -> TeamMember:
    """Makes a member who has joined the owner. The owner until now stays in the team and may still send; both are written to.

    They stay as a member who has consented, so whatever consent they have not given yet is asked first.
    """
    _lock(to)
    if TeamMember.key(of) != {"of_type": to.of_type, "of_id": to.of_id} or to.account is None or to.accepted_at is None:
        raise Refused(_("Only a member who has joined can become the owner"), field="to", code="joined")
    before, person = of.owner, person_of(of.owner)
    if missing := missing_consents(person):
        words = _("You stay in the team, so your own consent comes first: %(purpose)s") % {"purpose": missing[0].said.name}
        raise Refused(words, code="consent")
    to.removed_at = now
    to.save(update_fields=["removed_at"])
    of.owner = to.account
    of.save(update_fields=["owner"])
    stays = TeamMember.objects.create(
        **TeamMember.key(of),
        account=before,
        person=person,
        name=person.short_name,
        email=before.email.lower(),
        rights="submit",
        invited_by=to.account,
        invited_at=now,
        expires_at=now + OPEN_FOR,
        accepted_at=now,
        consented_at=now,
    )
    record("proposals.hand_over", of, by=by, for_=for_, now=now, facts={"from": before.pk, "to": to.account_id})
    notices.handed_over(of, to=to.account, before=before, now=now)
    ring(ON_CHANGE)
    return stays


def _refuse_heaps(of: Proposal, email: str, *, by: Any, now: datetime) -> None:
    """Taking somebody out and naming them anew is no way round the pause, nor are many drafts, nor many windows."""
    Account.objects.select_for_update().get(pk=by.pk)
    asked = TeamMember.objects.filter(email__iexact=email)
    if asked.about(of).filter(invited_at__gt=now - PAUSE).exists():
        raise Refused(TOO_SOON, field="email", code="often")
    if asked.filter(invited_by=by, invited_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("You have invited this address often enough for today"), field="email", code="often")


def _lock(member: TeamMember) -> None:
    """Reads the member anew under its lock; refuses who is not in the team any more."""
    member.refresh_from_db(from_queryset=TeamMember.objects.select_for_update(of=("self",)))
    if member.removed_at is not None or member.declined_at is not None:
        raise Refused(_("%(name)s is not in the team any more") % {"name": member.name}, code="gone")


def _lock_address(email: str) -> None:
    """Every invitation to this address, in one order: of two accepted at once the second finds the person the first wrote down."""
    list(TeamMember.objects.select_for_update(of=("self",)).filter(email__iexact=email).order_by("pk"))


def _end(member: TeamMember, verb: str, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    member.removed_at = now
    member.save(update_fields=["removed_at"])
    record(verb, member.of, by=by, for_=for_, now=now, facts={"member": member.uid})


def _refuse_unknown_rights(rights: str) -> None:
    if rights not in dict(RIGHTS):
        raise Refused(_("Choose what they may do"), field="rights", code="rights")
