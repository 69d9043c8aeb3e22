"""What parts equals from outside: the revealed lots and the chair's votes of a call; and what still waits for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fund.lots.models import Draw
from fund.lots.queries import drawn_codes, lots_about
from grants.scoring.draw import Draw as Outside
from grants.scoring.draw import Lot, numbered

from ..models import Vote


def draw_of(call: Any) -> Outside:
    """The lots and votes that hold: of several draws among the same the first, of several votes the last."""
    votes = Vote.objects.filter(call=call).order_by("-number").values_list("order", flat=True)
    lots = (Lot(one.seed, one.among) for one in lots_about(call))
    return Outside(tuple(lots), tuple(numbered(order) for order in votes))


@dataclass(frozen=True)
class Equals:
    """Rows of the ranking that nothing has parted yet, in the order of their numbers; `is_on_line`: money hangs on them."""

    pending: str
    rows: tuple[Any, ...]

    @property
    def place(self) -> int:
        return self.rows[0].place

    @property
    def last(self) -> int:
        """The last of the places they share."""
        return self.place + len(self.rows) - 1

    @property
    def numbers(self) -> list[str]:
        return [row.number for row in self.rows]

    @property
    def is_on_line(self) -> bool:
        return any(row.outcome == "undecided" for row in self.rows)


def equals_among(rows: Iterable[Any]) -> list[Equals]:
    """The groups of equals in a ranking (rows in order) that wait for a vote, a lot, or nothing more ("end")."""
    tied = [row for row in rows if row.pending]
    found = [list(group) for _name, group in groupby(tied, key=lambda row: row.equals)]
    return [Equals(group[0].pending, tuple(sorted(group, key=lambda row: (len(row.number), row.number)))) for group in found]


def waiting_for_lot(call: Any, rows: Iterable[Any]) -> list[Equals]:
    """Equals that a lot must part and that no draw was begun among."""
    begun = drawn_codes(call)
    groups = [one for one in equals_among(rows) if one.pending == "lot"]
    return [one for one in groups if not any(codes.issuperset(one.numbers) for codes in begun)]


def lots_among(call: Any, number: str = "") -> list[Draw]:
    """The revealed draws about a call, the earliest first; with a number those among which this application was drawn."""
    draws = Draw.objects.about(call).revealed().order_by("committed_at", "pk")
    return list(draws.filter(participants__code=number) if number else draws)


def draws_of(call: Any) -> list[Draw]:
    """The draws about a call, the newest first, with how far each has come."""
    draws = Draw.objects.about(call).select_related("drawing", "reveal", "seal").prefetch_related("participants")
    return list(draws.order_by("-committed_at", "-pk"))
