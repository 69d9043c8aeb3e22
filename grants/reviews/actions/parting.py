"""Parting equals where the regulation leaves it to a lot or to the chair: each act on the record, none of them undone."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.lots.actions import commit_draw, draw_lots, reveal_seed
from fund.lots.models import Draw
from fund.workflow.engine import lock
from grants.calls.models import Call

from ..models import Conflict, Vote
from ..permissions import can_part
from ..queries import equals_among, ranking_of, waiting_for_lot

LEAST_REASON = 20  # characters of the chair's reason


@transaction.atomic
def commit_lot(*, call: Call, by: Any, now: datetime, once: str | None = None) -> Draw:
    """Closes the list of all equals that wait for a lot and commits a seed.

    In order: lock the call; refuse who may not, a call not being judged, and where nothing waits. Those a draw was begun
    among are left out, so nobody draws until the result pleases.
    """
    lock(call)
    slot = claim(once, by=by, verb="reviews.commit_lot", body={"call": call.pk})
    if slot.made:
        return slot.thing(Draw)
    waiting = waiting_for_lot(call, ranking_of(call, now=now))
    codes = [number for equals in waiting for number in equals.numbers]
    _refuse_unfit(call, by, codes)
    if not codes:
        raise Refused(_("No equals wait for a lot."), code="nothing")
    draw = commit_draw(about=call, title=_title(call), codes=codes, by=by, now=now)
    slot.keep(draw)
    return draw


def _title(call: Call) -> dict[str, str]:
    found = {}
    for language in ("ru", "en"):
        with translation.override(language):
            name = call.words[language] or call.words["ru"]
            found[language] = _("Lot among equals, “%(call)s”") % {"call": name}
    return found


@transaction.atomic
def draw_lot(*, call: Call, draw: Draw, words: str, by: Any, now: datetime) -> None:
    """Draws with the words said aloud; the order is fixed and opens with the seed."""
    lock(call)
    _refuse_unfit(call, by, draw.codes())
    draw_lots(draw=draw, words=words, by=by, now=now)


@transaction.atomic
def reveal_lot(*, call: Call, draw: Draw, by: Any, now: datetime) -> None:
    """Opens the seed: from now on the ranking uses the lot."""
    lock(call)
    _refuse_unfit(call, by, draw.codes())
    reveal_seed(draw=draw, by=by, now=now)


@transaction.atomic
def vote_tie(*, call: Call, order: list[str], why: str, by: Any, now: datetime) -> Vote:
    """Puts equals into the chair's order, with the reason; what was voted before stays in the record.

    `order` holds the numbers of exactly one group of equals that wait for the vote, or that a vote has parted, best first.
    """
    lock(call)
    _refuse_unfit(call, by, order)
    if len(why.strip()) < LEAST_REASON:
        words = _("Give the reason in %(least)s characters or more: it stands in the protocol")
        raise Refused(words % {"least": LEAST_REASON}, field="why", code="why")
    if len(set(order)) != len(order) or set(order) not in _votable(call, now):
        raise Refused(_("The equals are others now. Look at the page anew."), code="stale")
    number = Vote.objects.filter(call=call).count() + 1
    vote = Vote.objects.create(call=call, number=number, order=order, why=why.strip(), voted_at=now, voted_by=by)
    record("reviews.vote_tie", call, by=by, now=now, why=vote.why, facts={"order": order, "number": number})
    return vote


def _votable(call: Call, now: datetime) -> list[set[str]]:
    waiting = [set(one.numbers) for one in equals_among(ranking_of(call, now=now)) if one.pending == "vote"]
    return waiting + [set(order) for order in Vote.objects.filter(call=call).values_list("order", flat=True)]


def _refuse_unfit(call: Call, by: Any, numbers: list[str]) -> None:
    if not can_part(by, call):
        raise Refused(_("This is not yours to do."), code="who")
    if call.state != "judging":
        raise Refused(_("Equals are parted while the call is being judged."), code="state")
    if Conflict.objects.live().filter(application__call=call, application__number__in=numbers, expert=by).exists():
        raise Refused(_("You are tied to one of these applications: another director parts them."), code="conflict")
