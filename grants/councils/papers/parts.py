"""What the protocol of every meeting says: when and where, who came, how each voted, who signs."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fund.core.moments import clock, zone_here
from fund.documents.contents import Block, dated, facts, heading, items, signatures, table, text

from ..gathering import Gathering, Voted
from ..models import Meeting, Member


def when(sitting: Gathering, now: datetime) -> Block:
    meeting = sitting.meeting
    opened = meeting.opened_at or meeting.starts_at
    # One zone for both ends: what `zone` adds would tell the first hour elsewhere, right beside the last.
    ended = f"{clock(opened)}–{clock(meeting.closed_at or now)} {zone_here(opened)}"
    return facts(
        [
            (_("Day"), dated(opened)),
            (_("Time"), ended),
            (_("Place"), meeting.place),
            (_("Ballot"), meeting.get_ballot_display()),
            (_("Chair"), meeting.chair.person.full_name),
            (_("Secretary"), meeting.secretary.person.full_name),
        ]
    )


def attendance(sitting: Gathering) -> list[Block]:
    """Who came, who did not, whether there was a quorum."""
    absent = ", ".join(seat.account.person.full_name for seat in sitting.absent)
    quorum = {"needed": sitting.needed, "all": len(sitting.members), "came": len(sitting.came)}
    return [
        heading(_("Present")),
        items(_seat(sitting, seat) for seat in sitting.came),
        *([text(_("Absent: %(names)s.") % {"names": absent})] if absent else []),
        text(_("The quorum is %(needed)s of %(all)s members; %(came)s came.") % quorum),
    ]


def _seat(sitting: Gathering, seat: Member) -> str:
    name = seat.account.person.full_name
    return _("%(name)s, chair") % {"name": name} if seat.account_id == sitting.meeting.chair_id else name


def votes_of(line: Voted) -> str:
    """For : against : abstained, and how the chair's vote parted equal ones."""
    tally = line.count.tally
    votes = f"{tally.yes} : {tally.no} : {tally.abstained}" if tally.cast else "—"
    decided = {"for": _("the chair's vote decided: for"), "against": _("the chair's vote decided: against")}
    return f"{votes}\n{decided[line.chairs_vote]}" if line.chairs_vote else votes


def how_each_voted(sitting: Gathering) -> list[Block]:
    """By item and member; of a secret ballot only the sums are known."""
    if sitting.meeting.is_secret or not sitting.came:
        return []
    words = {"for": pgettext("vote", "for"), "against": pgettext("vote", "against"), "abstain": pgettext("vote", "abst.")}
    short = [seat.account.person.last_name or seat.account.person.short_name for seat in sitting.came]
    rows = []
    for line in sitting.lines:
        if line.count.tally.cast:
            cells = [
                pgettext("vote", "recused") if s.pk in line.count.recused else words.get(line.count.chosen.get(s.pk, ""), "—")
                for s in sitting.came
            ]
            rows.append([line.item.number, *cells])
    if not rows:
        return []
    return [heading(_("How each voted")), table([pgettext("agenda", "Item"), *short], rows, widths=[1.2, *[2] * len(short)])]


def signed_by(meeting: Meeting) -> Block:
    return signatures([(_("Chair"), meeting.chair.person.full_name), (_("Secretary"), meeting.secretary.person.full_name)])
