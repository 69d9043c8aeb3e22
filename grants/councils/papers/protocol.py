"""The protocol of a meeting that decides a call."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fund.core.bilingual import say
from fund.core.money import money
from fund.core.numerals import num
from fund.documents.contents import Block, Contents, facts, heading, in_both, table, text

from ..models import Meeting
from ..sitting import AgendaLine, Sitting, sitting_of
from .parts import attendance, how_each_voted, signed_by, votes_of, when


def protocol_texts(meeting: Meeting, *, now: datetime) -> dict[str, dict]:
    """What the protocol of a meeting says, in both languages: attendance, recusals, votes, ranked list, decisions."""
    return in_both(lambda: _protocol(sitting_of(meeting, now=now), now))


def _protocol(sitting: Sitting, now: datetime) -> Contents:
    meeting = sitting.meeting
    blocks = (
        when(sitting, now),
        *attendance(sitting),
        *_recusals(sitting),
        heading(_("Votes and decisions")),
        _votes(sitting),
        *how_each_voted(sitting),
        *_reasons(sitting),
        *_lists(sitting),
        heading(_("Sums")),
        facts(
            [
                (_("Envelope of the call"), money(meeting.call.envelope)),
                (_("Given so far"), money(sitting.given)),
                (_("Left"), money(meeting.call.envelope - sitting.given)),
            ]
        ),
        signed_by(meeting),
    )
    return Contents(
        _("Protocol of the meeting of the expert council"),
        blocks,
        lead=_("Call “%(call)s”, %(code)s") % {"call": say(meeting.call.words), "code": meeting.call.code},
    )


def _recusals(sitting: Sitting) -> list[Block]:
    rows = [[line.item.number, seat.account.person.full_name, words] for line in sitting.lines for seat, words in line.recused]
    if not rows:
        return [heading(_("Recusals")), text(_("There were none."))]
    told = _("Who is recused takes no part in the item and does not see it; the quorum of the item is counted without them.")
    return [
        heading(_("Recusals")),
        text(told),
        table([pgettext("agenda", "Item"), _("Member"), _("Tie")], rows, widths=[1, 4, 6]),
    ]


def _votes(sitting: Sitting) -> Block:
    rows = [_vote(line) for line in sitting.lines]
    head = [
        pgettext("agenda", "Item"),
        _("Application"),
        _("Score"),
        _("Asked, ₽"),
        _("For : against : abstained"),
        _("Decision"),
        _("Given, ₽"),
    ]
    total = ["", _("Total"), "", "", "", "", money(sitting.given, sign=False)]
    return table(head, rows, widths=[1.1, 5.2, 1.4, 2.2, 2.4, 2.4, 2.2], right=[2, 3, 6], total=total)


def _vote(line: AgendaLine) -> list:
    votes = votes_of(line)
    if line.is_list:
        n = len(line.applications)
        title = ngettext("%(n)s application by one vote", "%(n)s applications by one vote", n) % {"n": n}
        return [line.item.number, title, "", "", votes, line.state.label, ""]
    row, decision = line.row, line.decision
    score = num(row.total, 1) if row and row.total is not None else "—"
    result = decision.get_outcome_display() if decision else line.state.label
    given = money(decision.amount, sign=False) if decision and decision.amount else ""
    name = f"{line.application.name}\n{line.application.number}"
    return [line.item.number, name, score, money(line.application.amount, sign=False), votes, result, given]


def _reasons(sitting: Sitting) -> list[Block]:
    rows = [
        [line.item.number, line.application.number, line.decision.why]
        for line in sitting.lines
        if line.decision and line.decision.why
    ]
    return (
        [heading(_("Reasons")), table([pgettext("agenda", "Item"), _("Application"), _("Reason")], rows, widths=[1, 2, 8])]
        if rows
        else []
    )


def _lists(sitting: Sitting) -> list[Block]:
    """What one vote decided for several, application by application."""
    found: list[Block] = []
    for line in sitting.lines:
        if not line.is_list:
            continue
        results = {one.application_id: one.get_outcome_display() for one in line.decisions}
        scores = {row.pk: num(row.total, 1) for row in line.rows if row.total is not None}
        rows = [
            [one.number, one.name, scores.get(one.pk, "—"), results.get(one.pk, line.state.label)] for one in line.applications
        ]
        title = _("Item %(number)s: by one vote") % {"number": line.item.number}
        head = [_("Number"), _("Application"), _("Score"), _("Decision")]
        found += [heading(title), table(head, rows, widths=[2, 6, 1.4, 2.6], right=[2])]
    return found
