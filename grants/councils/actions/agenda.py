"""The agenda: made from the ranking, items taken out of a list, what is proposed on each, members who step aside."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.money import money
from fund.workflow.engine import lock
from grants.applications.models import Application
from grants.reviews.actions import recuse
from grants.reviews.models import Conflict
from grants.reviews.queries import Ranked, ranking_of

from ..models import SUGGESTED, Entry, Item, Meeting
from ..permissions import can_propose, can_recuse


def make_agenda(meeting: Meeting, *, singly: int | None, now: datetime) -> None:
    """Items in the order of the ranking. Voted one by one: what the rules fund or reserve, where experts diverge or equals
    wait for a vote, whatever ties a member, and the first `singly` places; all others by one vote on a list."""
    waiting = set(Application.objects.filter(call=meeting.call, state="under_review").values_list("pk", flat=True))
    rows = [row for row in ranking_of(meeting.call, now=now) if row.pk in waiting]
    members = meeting.members.values("account")
    tied = set(Conflict.objects.live().filter(expert__in=members, application__in=waiting).values_list("application", flat=True))
    single = [place < (singly or 0) or stands_out(row) or row.pk in tied for place, row in enumerate(rows)]
    listed = [row for row, alone in zip(rows, single, strict=True) if not alone]
    if len(listed) == 1:
        single, listed = [True] * len(rows), []
    number = 0
    for row, alone in zip(rows, single, strict=True):
        if alone:
            number += 1
            outcome = SUGGESTED.get(row.outcome, "")
            amount = row.amount if outcome == "fund" else None
            item = Item.objects.create(meeting=meeting, number=number, outcome=outcome, amount=amount)
            Entry.objects.create(meeting=meeting, item=item, application_id=row.pk)
    if listed:
        item = Item.objects.create(meeting=meeting, number=number + 1)
        Entry.objects.bulk_create([Entry(meeting=meeting, item=item, application_id=row.pk) for row in listed])


def stands_out(row: Ranked) -> bool:
    return row.outcome in ("funded", "reserve") or row.diverges or row.pending is not None


@transaction.atomic
def separate(*, item: Item, application: Application, by: Any, now: datetime) -> Item:
    """Takes one application out of a list: it becomes the last item of the agenda, with the ranking's own proposal."""
    lock(item.meeting)
    lock(item)
    if not can_propose(by, item):
        raise Refused(_("The list is being voted on or decided."), code="state")
    return _separate(item, application, by=by, now=now)


def _separate(item: Item, application: Application, *, by: Any, now: datetime) -> Item:
    entry = item.entries.filter(application=application).first()
    if entry is None or item.entries.count() < 2:
        raise Refused(_("This application stands by itself already."), code="single")
    row = next((row for row in ranking_of(item.meeting.call, now=now) if row.pk == application.pk), None)
    outcome = SUGGESTED.get(row.outcome, "") if row else ""
    amount = row.amount if row and outcome == "fund" else None
    last = item.meeting.items.aggregate(last=Max("number"))["last"]
    own = Item.objects.create(meeting=item.meeting, number=last + 1, outcome=outcome, amount=amount)
    entry.item = own
    entry.save(update_fields=["item"])
    record("councils.separate", own, by=by, now=now, facts={"from": item.pk, "application": application.pk})
    return own


@transaction.atomic
def propose(*, item: Item, outcome: str, by: Any, now: datetime, amount: Decimal | None = None, why: str = "") -> None:
    """Changes what the council will vote on: outcome, amount, the reason where it departs from the ranking."""
    lock(item)
    if not can_propose(by, item):
        raise Refused(_("What is proposed can be changed before the vote begins."), code="state")
    entries = list(item.entries.select_related("application"))
    if len(entries) != 1:
        raise Refused(_("A list gets what the ranking says. Take out what should be decided otherwise."), code="list")
    application = entries[0].application
    if outcome == "fund":
        amount = application.amount if amount is None else amount
        if not 0 < amount <= application.amount:
            asked = money(application.amount)
            raise Refused(
                _("The amount must be above zero and at most what is asked, %(asked)s") % {"asked": asked},
                field="amount",
                code="amount",
            )
    item.outcome, item.amount, item.why = outcome, amount if outcome == "fund" else None, why.strip()
    item.save(update_fields=["outcome", "amount", "why"])
    facts = {"amount": str(item.amount) if item.amount else "", "round": item.round}
    record("councils.propose", item, by=by, now=now, to=outcome, why=why, facts=facts)


@transaction.atomic
def recuse_member(*, item: Item, application: Application, kind: str, by: Any, now: datetime, why: str = "") -> None:
    """A member says what ties them to an applicant: the item closes to them at once; their vote on it does not count.

    An application in a list is taken out first, so that they go on voting on the rest. The call's lock comes first: closing
    the item takes it before the item's, and so does the member's own sheet, which is closed too.
    """
    if item.meeting.call is not None:
        lock(item.meeting.call)
    lock(item.meeting)
    lock(item)
    if not can_recuse(by, item):
        raise Refused(_("This item is decided."), code="state")
    if not item.entries.filter(application=application).exists():
        raise Refused(_("This application does not stand on this item."), code="item")
    if item.entries.count() > 1 and item.state != "voting":
        _separate(item, application, by=by, now=now)
    recuse(application=application, kind=kind, why=why, by=by, now=now)
