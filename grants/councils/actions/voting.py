"""Voting: an item is put to the vote, members vote, the result becomes a pending decision.

Locks are taken in one order: the call, the meeting, the item, the application.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.workflow.engine import lock, perform
from grants.reviews.queries import ranking_of

from ..models import CHOICES, SUGGESTED, Ballot, Item, Member, Vote
from ..permissions import can_run_item, can_vote
from ..queries.votes import Count, count_of
from ..workflow import ITEM
from .deciding import decide


@transaction.atomic
def put_to_vote(*, item: Item, by: Any, now: datetime) -> None:
    """Opens the vote on an item, in a new round. What is proposed must be known, and enough members must have come.

    The meeting's lock keeps it from being closed around a vote that has just begun.
    """
    lock(item.meeting)
    lock(item)
    if item.entries.count() == 1 and not item.outcome:
        raise Refused(_("Say first what is proposed: the rules part no equals here."), code="proposal")
    count = count_of(item)
    if count.present < count.needed:
        raise Refused(
            _("There is no quorum on this item: %(present)s may vote, %(needed)s are needed.")
            % {"present": count.present, "needed": count.needed},
            code="quorum",
        )
    perform(ITEM, "put_to_vote", item, by=by, now=now, round=item.round + 1, facts={"round": item.round + 1})


@transaction.atomic
def cast_vote(*, item: Item, member: Member, choice: str, by: Any, now: datetime) -> Vote:
    """Counts one member's vote. A changed mind before the end is a further row and the last one counts; a secret ballot lies
    in the box and cannot be taken out. Who keeps the minutes may write down hands that are raised, and the journal says so.
    """
    lock(item)
    if choice not in dict(CHOICES):
        raise Refused(_("Choose: for, against or abstain"), field="choice", code="choice")
    _refuse_voter(item, member, by)
    before = list(Vote.objects.filter(item=item, member=member, round=item.round, is_casting=False).order_by("number"))
    if item.meeting.is_secret and before:
        raise Refused(_("The vote lies in the box already."), code="cast")
    if before and before[-1].choice == choice:
        return before[-1]
    return _cast(item, member, choice, by=by, now=now)


def _refuse_voter(item: Item, member: Member, by: Any) -> None:
    if item.state != "voting":
        raise Refused(_("This item is not being voted on."), code="state")
    if member.meeting_id != item.meeting_id or not can_vote(member.account, item):
        raise Refused(_("This member did not come or is recused from this item."), code="member")
    writes = not item.meeting.is_secret and can_run_item(by, item)
    if member.account_id != by.pk and not writes:
        raise Refused(_("Everyone votes for themselves."), code="who")


def _cast(item: Item, member: Member, choice: str, *, by: Any, now: datetime, is_casting: bool = False) -> Vote:
    secret = item.meeting.is_secret and not is_casting
    vote = Vote.objects.create(
        item=item,
        member=member,
        round=item.round,
        number=Vote.objects.filter(item=item, member=member, round=item.round).count() + 1,
        choice="" if secret else choice,
        is_casting=is_casting,
        cast_at=now,
        cast_by=by,
    )
    if secret:
        Ballot.objects.create(item=item, round=item.round, choice=choice)
    facts: dict[str, Any] = {"round": item.round, "number": vote.number, "member": member.account_id}
    if not secret:
        facts["choice"] = choice
    record("councils.cast_vote", item, by=by, for_=_person_of(member, by), now=now, facts=facts)
    return vote


def _person_of(member: Member, by: Any) -> Any:
    """Whom the journal names besides `by`: the member whose raised hand was written down."""
    return member.account.person if member.account_id != by.pk else None


@transaction.atomic
def break_tie(*, item: Item, choice: str, by: Any, now: datetime) -> Vote:
    """The chair's casting vote after equal votes: where the ballot is secret, or the chair abstained."""
    lock(item)
    count = count_of(item)
    if item.state != "voting" or count.verdict != "tied":
        raise Refused(_("The votes are not equal."), code="state")
    member = item.meeting.members.filter(account=item.meeting.chair).first()
    if by.pk != item.meeting.chair_id or member is None or not can_vote(by, item):
        raise Refused(_("Equal votes are parted by the chair."), code="who")
    if choice not in ("for", "against"):
        raise Refused(_("Choose: for or against"), field="choice", code="choice")
    return _cast(item, member, choice, by=by, now=now, is_casting=True)


@transaction.atomic
def close_item(*, item: Item, by: Any, now: datetime, why: str = "") -> str:
    """Ends the vote. In order: lock the call and the item; refuse without a quorum of votes or while they are equal; carried:
    each application gets its pending decision, its money is held, a motion stands in the outcome document; lost: the item waits
    for another proposal or wording. Says which.
    """
    if item.meeting.call is not None:
        lock(item.meeting.call)
    lock(item)
    if item.state != "voting":
        raise Refused(_("This item is not being voted on any more."), code="state")
    count = count_of(item)
    _refuse_unready(count)
    facts = {"round": item.round, "votes": [count.tally.yes, count.tally.no, count.tally.abstained], "casting": count.casting}
    if count.verdict == "lost":
        perform(ITEM, "lose", item, by=by, now=now, facts=facts)
        return "lost"
    reason = why.strip() or item.why
    _decide_all(item, reason, by=by, now=now)
    perform(ITEM, "carry", item, by=by, now=now, facts=facts, closed_at=now, why=reason)
    return "carried"


def _refuse_unready(count: Count) -> None:
    if count.tally.cast < count.needed:
        raise Refused(
            _("%(cast)s voted, %(needed)s are needed: wait for the votes, or postpone the item.")
            % {"cast": count.tally.cast, "needed": count.needed},
            code="quorum",
        )
    if count.verdict == "tied":
        raise Refused(_("The votes are equal: the chair's casting vote is needed."), code="tied")


def _decide_all(item: Item, why: str, *, by: Any, now: datetime) -> None:
    """One application gets what was proposed, those of a list what the ranking says."""
    entries = list(item.entries.select_related("application__call"))
    rows = {row.pk: row for row in ranking_of(item.meeting.call, now=now)} if len(entries) > 1 else {}
    for entry in entries:
        application = entry.application
        if application.state == "withdrawn":
            continue
        outcome, amount = item.outcome, item.amount
        if rows:
            outcome, amount = SUGGESTED.get(rows[application.pk].outcome, "decline"), rows[application.pk].amount or None
        decide(application=application, outcome=outcome, amount=amount, why=why, by=by, now=now, item=item)


@transaction.atomic
def postpone_item(*, item: Item, by: Any, now: datetime) -> None:
    """Leaves the item for another meeting, or for later in this one."""
    perform(ITEM, "postpone", item, by=by, now=now)


@transaction.atomic
def resume_item(*, item: Item, by: Any, now: datetime) -> None:
    """Takes a postponed item up again, unless the meeting is closed meanwhile."""
    lock(item.meeting)
    perform(ITEM, "resume", item, by=by, now=now)
