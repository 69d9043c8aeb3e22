"""What every meeting of a council has, whatever it decides: who came, the quorum, lines that are voted on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fund.workflow.table import State

from .models import Item, Meeting, Member
from .queries.votes import Count
from .voting import needed
from .workflow import ITEM


@dataclass
class Voted:
    """An item and how the vote on it stands. `may`: what the reader can do with it now."""

    item: Item
    count: Count
    may: dict[str, bool] = field(default_factory=dict, kw_only=True)

    @property
    def state(self) -> State:
        return ITEM.states[self.item.state]

    @property
    def chairs_vote(self) -> str:
        """The chair's vote where it parted equal ones, or will once the item is closed: "for", "against"; else ""."""
        tally, state = self.count.tally, self.item.state
        is_counted = state in ("carried", "lost") or (state == "voting" and not self.count.waiting)
        return self.count.casting if is_counted and tally.yes == tally.no and tally.cast and self.count.verdict != "tied" else ""

    @property
    def chosen_pairs(self) -> list[tuple[int, str]]:
        """Seat and choice of everyone who may vote; "" for who has not."""
        return [(seat.pk, self.count.chosen.get(seat.pk, "")) for seat in self.count.voters]

    def allow(self, reader: Any, *, runs: bool) -> None:
        """What the reader may do with it. Lines shown are those nothing ties the reader to, so the meeting's rules decide."""
        meeting, state = self.item.meeting, self.item.state
        is_open = runs and meeting.state == "open"
        presides = meeting.state == "open" and reader.pk == meeting.chair_id
        self.may = {
            "propose": runs and meeting.state in ("called", "open") and state in ("waiting", "lost"),
            "put": is_open and state in ("waiting", "lost"),
            "close": is_open and state == "voting",
            "resume": is_open and state == "postponed",
            "cast": presides and state == "voting" and self.count.verdict == "tied" and not self.count.waiting,
        }


@dataclass
class Gathering:
    """A meeting, its seats, its lines."""

    meeting: Meeting
    members: list[Member]
    lines: Sequence[Any]

    @property
    def came(self) -> list[Member]:
        return [seat for seat in self.members if seat.attended]

    @property
    def absent(self) -> list[Member]:
        return [seat for seat in self.members if seat.attended is False]

    @property
    def needed(self) -> int:
        return needed(len(self.members), 0, self.meeting.share)

    @property
    def has_quorum(self) -> bool:
        return len(self.came) >= self.needed

    @property
    def decided(self) -> int:
        return sum(line.item.state == "carried" for line in self.lines)

    @property
    def open_lines(self) -> list[Any]:
        return [line for line in self.lines if line.item.state in ("waiting", "voting")]
