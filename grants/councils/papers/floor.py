"""Papers of a meeting without a call: its protocol, and the outcome document with its numbered proposals."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fund.core.bilingual import say
from fund.documents.contents import Block, Contents, clauses, dated, facts, heading, in_both, items, table, text

from ..floor import Floor, MotionLine, floor_of
from ..models import FollowUp, Meeting, Resolution, Side
from .parts import attendance, how_each_voted, signed_by, votes_of, when


def floor_texts(meeting: Meeting, *, now: datetime) -> dict[str, dict]:
    """What its protocol says: attendance, topics, proposals with all their wordings, votes."""
    return in_both(lambda: _protocol(floor_of(meeting), now))


def _protocol(floor: Floor, now: datetime) -> Contents:
    meeting = floor.meeting
    blocks = (
        when(floor, now),
        *attendance(floor),
        *_sides(floor),
        heading(_("Agenda")),
        clauses((f"{number}.", _topic(topic)) for number, topic in enumerate(floor.topics, 1)),
        *_minutes(floor),
        heading(_("Proposals and votes")),
        *([_votes(floor), *_wordings(floor)] if floor.lines else [text(_("None was made."))]),
        *how_each_voted(floor),
        signed_by(meeting),
    )
    return Contents(_("Protocol of the meeting of the expert council"), blocks, lead=meeting.title)


def _sides(floor: Floor) -> list[Block]:
    if not floor.sides_there:
        return []
    return [heading(_("Invited sides present")), items(f"{side.name}: {side.comer}" for side in floor.sides_there)]


def _topic(topic) -> str:
    return f"{topic.title}\n" + _("Speaker: %(name)s") % {"name": topic.speaker} if topic.speaker else topic.title


def _minutes(floor: Floor) -> list[Block]:
    rows = [(f"{number}.", topic.minutes) for number, topic in enumerate(floor.topics, 1) if topic.minutes]
    return [heading(_("Course of the discussion")), clauses(rows)] if rows else []


def _votes(floor: Floor) -> Block:
    rows = [[line.item.number, line.text, line.motion.author, votes_of(line), line.state.label] for line in floor.lines]
    head = ["№", _("Proposal"), _("Made by"), _("For : against : abstained"), pgettext("proposal", "Result")]
    return table(head, rows, widths=[0.8, 6.5, 3, 2.4, 2.2])


def _wordings(floor: Floor) -> list[Block]:
    """Earlier words of what was reworded."""
    rows = [[line.item.number, one.number, one.text] for line in floor.lines for one in line.earlier]
    if not rows:
        return []
    return [heading(_("Earlier wordings")), table(["№", _("Wording"), _("Text")], rows, widths=[0.8, 1.6, 10])]


def outcome_texts(resolution: Resolution) -> dict[str, dict]:
    """What the outcome document says. It may become public, so it names sides and the fund, and of persons the chair alone."""
    return in_both(lambda: _outcome(floor_of(resolution.meeting)))


def _outcome(floor: Floor) -> Contents:
    meeting = floor.meeting
    carried: list[MotionLine] = [line for line in floor.lines if line.item.state == "carried"]
    blocks = (
        facts([(_("Day"), dated(meeting.opened_at or meeting.starts_at)), (_("Place"), meeting.place)]),
        heading(_("Who took part")),
        items([_("The expert council of the fund"), *(side.name for side in floor.sides_there)]),
        heading(_("What was discussed")),
        items(topic.title for topic in floor.topics),
        heading(_("Proposals of the meeting")),
        clauses((f"{line.motion.clause}.", line.text) for line in carried),
        heading(_("Who answers for it and by when")),
        _answers(carried),
        facts([(_("Chair"), meeting.chair.person.full_name)]),
    )
    return Contents(_("Outcome document of the expert council"), blocks, lead=meeting.title)


def _answers(carried: list[MotionLine]) -> Block:
    rows = [[line.motion.clause, answers_for(line.motion.follow_up), dated_day(line.motion.follow_up)] for line in carried]
    return table(["№", _("Answers for it"), _("By")], rows, widths=[0.8, 7, 3])


def answers_for(follow_up: FollowUp) -> str:
    """A side by its name; whoever of the fund it is, the fund answers."""
    side: Side | None = follow_up.side
    return side.name if side is not None else str(say(settings.PROFILE.fund))


def dated_day(follow_up: FollowUp) -> str:
    return dated(datetime.combine(follow_up.due_on, datetime.min.time().replace(hour=12), tzinfo=follow_up.due_at.tzinfo))
