"""How a council votes: quorum and majority. Plain numbers in, plain answers out; docs/decisions/0011 gives the reasons."""

import math
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Tally:
    """Votes of one round: how many for, against, abstaining."""

    yes: int = 0
    no: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstained


def needed(members: int, recused: int, share: Fraction) -> int:
    """How many must vote on an item: the share of the invited members, without those recused from it, rounded up; 1 at least.

    9 members, none recused, 2/3 → 6; 9 members, 3 recused, 2/3 → 4.
    """
    return max(1, math.ceil(share * (members - recused)))


def verdict(tally: Tally, casting: str = "") -> str:
    """ "carried", "lost", or "tied" while nothing parts equal votes.

    More for than against carries; abstentions count for the quorum alone. Equal votes: the chair's vote, "for" or "against",
    decides; without one they stay tied.
    """
    if tally.yes != tally.no:
        return "carried" if tally.yes > tally.no else "lost"
    return {"for": "carried", "against": "lost"}.get(casting, "tied")


def tally_of(choices: list[str]) -> Tally:
    return Tally(choices.count("for"), choices.count("against"), choices.count("abstain"))
