"""What rooms above read of draws: the lots that hold about a thing, and what one draw shows to one reader."""

from dataclasses import dataclass
from typing import Any

from .drawing import Drawn, faults_of, spoken
from .models import Draw, Participant


@dataclass(frozen=True)
class Lots:
    """One revealed draw as arithmetic takes it: the seed with the words said aloud, and the codes it was drawn among."""

    seed: str
    among: frozenset[str]


def lots_about(thing: Any) -> list[Lots]:
    """The revealed draws about a thing, the earliest first: a later draw among the same never replaces an earlier one."""
    draws = Draw.objects.about(thing).revealed().order_by("committed_at", "pk").select_related("seal", "drawing", "reveal")
    return [Lots(spoken(one.seed, one.words), frozenset(one.codes())) for one in draws.prefetch_related("participants")]


def drawn_codes(thing: Any) -> list[frozenset[str]]:
    """The lists of all draws about a thing, however far each has come: whoever shares one of these draws no second time."""
    return [frozenset(one.codes()) for one in Draw.objects.about(thing).prefetch_related("participants")]


@dataclass(frozen=True)
class Opened:
    """A draw as one reader may see it: without `codes` while the list is closed to them."""

    draw: Draw
    codes: list[str]
    order: list[Drawn]
    salt: str | None
    faults: list[str]

    @property
    def is_open(self) -> bool:
        return bool(self.codes)

    def inputs(self) -> dict:
        """All that the order follows from, for a program; what is still closed is null."""
        draw = self.draw
        return {
            "format": 1,
            "draw": draw.uid,
            "title": {"ru": draw.title_ru, "en": draw.title_en},
            "committed_at": draw.committed_at.isoformat(),
            "seed_hash": draw.seed_hash,
            "list_hash": draw.list_hash,
            "seed": draw.seed,
            "words": draw.words,
            "salt": self.salt,
            "participants": self.codes or None,
        }


def opened_to(user: Any, draw: Draw) -> Opened:
    """The draw with what this reader may see of its list; checked against what was published before."""
    codes = list(Participant.objects.visible_to(user).filter(draw=draw).order_by("position").values_list("code", flat=True))
    if not codes:
        return Opened(draw, [], [], None, [])
    faults = []
    if draw.seed:
        hashes = {"seed_hash": draw.seed_hash, "list_hash": draw.list_hash}
        faults = faults_of(codes, salt=draw.seal.salt, seed=draw.seed, **hashes)
    return Opened(draw, codes, draw.order(), draw.seal.salt, faults)
