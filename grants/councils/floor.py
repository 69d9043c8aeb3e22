"""A meeting without a call as its pages and papers tell it: topics, sides, proposals with their votes, what follows from them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from fund.core.charts import Range
from fund.core.moments import day
from fund.workflow.table import State

from .gathering import Gathering, Voted
from .models import FollowUp, Meeting, Member, Motion, Side, Topic, Wording
from .queries.votes import Seats, counts_of
from .workflow import FOLLOW_UP, ITEM

# What a state of an item means for a proposal.
STATES = {
    **ITEM.states,
    "waiting": State(pgettext_lazy("motion", "On the list")),
    "carried": State(pgettext_lazy("motion", "Carried"), "ok"),
}
JOINED = ("item", "topic", "side", "member__account__person", "follow_up__account__person", "follow_up__side")


@dataclass
class MotionLine(Voted):
    """A proposal, how the vote on it stands, what follows from it."""

    motion: Motion

    is_list = departs = False

    @property
    def state(self) -> State:
        return STATES[self.item.state]

    @property
    def tone(self) -> str:
        return self.state.tone

    @property
    def text(self) -> str:
        return self.motion.text

    @property
    def earlier(self) -> list[Wording]:
        """Wordings that another one replaced."""
        return list(self.motion.wordings.all())[:-1]


@dataclass
class Floor(Gathering):
    """The meeting: `lines` are its proposals in the order in which they were handed in."""

    topics: list[Topic]
    sides: list[Side]

    @property
    def sides_there(self) -> list[Side]:
        return [side for side in self.sides if side.attended]

    @property
    def coming(self) -> int:
        return sum(side.answer in ("comes", "sends") for side in self.sides)

    def under(self, topic: Topic | None) -> list[MotionLine]:
        return [line for line in self.lines if line.motion.topic_id == (topic and topic.pk)]


def motions_of(meeting: Meeting) -> list[Motion]:
    """With all that a page says of each; a constant number of queries."""
    rows = Motion.objects.filter(item__meeting=meeting).select_related(*JOINED)
    found = list(rows.prefetch_related(Prefetch("wordings", Wording.objects.select_related("written_by__person"))))
    for motion in found:
        motion.item.meeting = meeting
    return found


def floor_of(meeting: Meeting) -> Floor:
    members: list[Member] = list(meeting.members.select_related("account__person"))
    motions = motions_of(meeting)
    counts = counts_of(meeting, [motion.item for motion in motions], Seats(members, {}, set()))
    lines = [MotionLine(motion.item, counts[motion.item_id], motion) for motion in motions]
    sides = list(meeting.sides.invited().select_related("organisation"))
    return Floor(meeting, members, lines, list(meeting.topics.all()), sides)


@dataclass(frozen=True)
class Progress:
    """How far the proposals of an outcome document are carried out, and the picture of it: days from the meeting on."""

    rows: list[FollowUp]
    now: datetime

    @property
    def done(self) -> int:
        return self._count("done")

    @property
    def not_done(self) -> int:
        return self._count("not_done")

    @property
    def overdue(self) -> int:
        return sum(row.is_overdue(self.now) for row in self.rows)

    @property
    def open(self) -> int:
        """In progress and in time."""
        return self._count("open") - self.overdue

    def _count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def stretches(self) -> list[int]:
        """For the bar: done, overdue, not done; what is left is in progress."""
        return [self.done, self.overdue, self.not_done]

    @property
    def words(self) -> str:
        facts = {"done": self.done, "all": len(self.rows), "overdue": self.overdue, "not_done": self.not_done}
        return _("Done: %(done)s of %(all)s, overdue: %(overdue)s, not done: %(not_done)s") % facts

    @property
    def begun(self):
        return timezone.localtime(self.rows[0].motion.meeting.starts_at).date()

    @property
    def last(self) -> int:
        return max((row.due_on - self.begun).days for row in self.rows)

    @property
    def today(self) -> int:
        return (timezone.localtime(self.now).date() - self.begun).days

    @property
    def ranges(self) -> list[Range]:
        return [self._range(row) for row in sorted(self.rows, key=lambda row: row.motion.clause or row.motion.item.number)]

    def _range(self, row: FollowUp) -> Range:
        """From the meeting to the day it is due; the mark stands where it was reported, else on its day."""
        due = (row.due_on - self.begun).days
        ended = (timezone.localtime(row.reported_at).date() - self.begun).days if row.reported_at else due
        words = f"{day(row.due_on)}, {self.said(row)}"
        number = row.motion.clause or row.motion.item.number
        return Range(f"{number}. {row.responsible}", 0, min(ended, self.last), due, words, is_open=row.is_overdue(self.now))

    def said(self, row: FollowUp) -> str:
        return pgettext("follow-up", "overdue") if row.is_overdue(self.now) else str(FOLLOW_UP.states[row.state].label).lower()


def progress_of(motions: list[Motion], *, now: datetime) -> Progress | None:
    """None while nothing is entrusted to anybody."""
    rows = [motion.follow_up for motion in motions if hasattr(motion, "follow_up")]
    for motion in motions:
        if hasattr(motion, "follow_up"):
            motion.follow_up.motion = motion
    return Progress(rows, now) if rows else None
