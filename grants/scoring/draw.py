"""What parts equals from outside: lots whose seed is revealed, and the chair's votes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fund.lots.drawing import lot_of


@dataclass(frozen=True, slots=True)
class Lot:
    """The revealed seed of one draw, and the applications it was drawn among (None: whoever is equal)."""

    seed: str
    among: frozenset[str] | None = None

    def key(self, application: str) -> str:
        """What the lot sorts by, smallest first. Anyone can compute it: see fund/lots/drawing.py."""
        return lot_of(self.seed, application)


@dataclass(frozen=True, slots=True)
class Draw:
    """Lots and votes there are. Of several among the same equals the first in this order holds."""

    lots: tuple[Lot, ...] = ()
    votes: tuple[Mapping[str, int], ...] = ()
    known: dict[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, lot_seed: str | None, votes: Sequence[str] | None) -> "Draw":
        """One lot among all, and one vote: what a worked example and the `rank` command give."""
        lots = () if lot_seed is None else (Lot(lot_seed),)
        return cls(lots, (numbered(votes),) if votes else ())

    @property
    def open(self) -> Lot | None:
        """A lot among all: its key looks at one application alone."""
        return next((lot for lot in self.lots if lot.among is None), None)

    def key(self, application: str) -> str:
        """The key of the lot among all; computed once for each application."""
        found = self.known.get(application)
        if found is None:
            assert self.open is not None
            found = self.known[application] = self.open.key(application)
        return found

    def lot_among(self, names: Sequence[str]) -> Lot | None:
        """The first lot that was drawn among all of these."""
        return next((lot for lot in self.lots if lot.among is None or lot.among.issuperset(names)), None)

    def vote_among(self, names: Sequence[str]) -> Mapping[str, int] | None:
        """The first vote that names every one of these."""
        return next((vote for vote in self.votes if all(name in vote for name in names)), None)


def numbered(order: Iterable[str]) -> dict[str, int]:
    """A vote: applications, best first, as the places it gives them."""
    return {application: place for place, application in enumerate(order)}
