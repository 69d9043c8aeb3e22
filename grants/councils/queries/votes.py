"""What the votes on an item come to now: who may vote, how many are needed, how it stands."""

from dataclasses import dataclass
from functools import cached_property

from grants.reviews.models import Conflict

from ..models import Ballot, Entry, Item, Meeting, Member, Vote
from ..voting import Tally, needed, tally_of, verdict


@dataclass
class Count:
    """One item's round. `recused`, `chosen` by seat; in a secret ballot `chosen` says only who voted ("" for what)."""

    members: list[Member]
    recused: set[int]
    chosen: dict[int, str]
    box: list[str]
    casting: str
    is_secret: bool
    needed: int

    @property
    def voters(self) -> list[Member]:
        """Those who came and are not recused."""
        return [seat for seat in self.members if seat.attended and seat.pk not in self.recused]

    @property
    def present(self) -> int:
        return len(self.voters)

    @cached_property
    def tally(self) -> Tally:
        """A vote of somebody recused or sent away since does not count; a secret one cannot be told from the others."""
        able = {seat.pk for seat in self.voters}
        return tally_of(self.box if self.is_secret else [choice for seat, choice in self.chosen.items() if seat in able])

    @property
    def waiting(self) -> list[Member]:
        return [seat for seat in self.voters if seat.pk not in self.chosen]

    @property
    def verdict(self) -> str:
        return verdict(self.tally, self.casting)


def count_of(item: Item) -> Count:
    """The present round of one item."""
    return counts_of(item.meeting, [item])[item.pk]


@dataclass
class Seats:
    """Who sits, what is on which item, who is tied to what (seat, application): what the counting of votes rests on."""

    members: list[Member]
    entries: dict[int, list[int]]
    tied: set[tuple[int, int]]


def seats_of(meeting: Meeting, items: list[Item]) -> Seats:
    members = list(meeting.members.select_related("account__person"))
    entries = dict_of(Entry.objects.filter(item__in=items).values_list("item", "application"))
    rows = Conflict.objects.live().filter(
        expert__in=[seat.account_id for seat in members], application__in=[pk for pks in entries.values() for pk in pks]
    )
    by_account = {seat.account_id: seat.pk for seat in members}
    tied = {(by_account[account], application) for account, application in rows.values_list("expert", "application")}
    return Seats(members, entries, tied)


def counts_of(meeting: Meeting, items: list[Item], seats: Seats | None = None) -> dict[int, Count]:
    """Item id → how it stands; a constant number of queries."""
    seats = seats or seats_of(meeting, items)
    chosen, casting = _votes(items)
    boxes = _boxes(items) if meeting.is_secret else {}
    chair = next((seat.pk for seat in seats.members if seat.account_id == meeting.chair_id), 0)
    found = {}
    for item in items:
        recused = {seat for seat, application in seats.tied if application in seats.entries.get(item.pk, ())}
        own = "" if meeting.is_secret or chair in recused else chosen.get(item.pk, {}).get(chair, "")
        found[item.pk] = Count(
            members=seats.members,
            recused=recused,
            chosen=chosen.get(item.pk, {}),
            box=boxes.get(item.pk, []),
            casting=casting.get(item.pk) or own,
            is_secret=meeting.is_secret,
            needed=needed(len(seats.members), len(recused), meeting.share),
        )
    return found


def _votes(items: list[Item]) -> tuple[dict[int, dict[int, str]], dict[int, str]]:
    """Item → seat → the last choice of its round; item → the chair's casting vote."""
    rounds = {item.pk: item.round for item in items}
    chosen: dict[int, dict[int, str]] = {}
    casting: dict[int, str] = {}
    for vote in Vote.objects.filter(item__in=items).order_by("pk"):
        if vote.round != rounds[vote.item_id]:
            continue
        if vote.is_casting:
            casting[vote.item_id] = vote.choice
        else:
            chosen.setdefault(vote.item_id, {})[vote.member_id] = vote.choice
    return chosen, casting


def _boxes(items: list[Item]) -> dict[int, list[str]]:
    """Item → what lies in the box of its round, in the order of the choices: nobody can tell one ballot from another."""
    rounds = {item.pk: item.round for item in items}
    boxes: dict[int, list[str]] = {}
    rows = Ballot.objects.filter(item__in=items).order_by("choice").values_list("item", "round", "choice")
    for pk, number, choice in rows:
        if number == rounds[pk]:
            boxes.setdefault(pk, []).append(choice)
    return boxes


def dict_of(pairs) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
