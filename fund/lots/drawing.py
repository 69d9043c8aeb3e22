"""The draw as arithmetic: from a seed, the words said aloud and a closed list to an order that anyone can compute again."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Drawn:
    """One participant of a draw: the code, its number in the list and its place in the order (both from 1), its lot."""

    code: str
    position: int
    place: int
    lot: str


def new_seed() -> str:
    """A seed nobody has chosen: 64 hexadecimal digits of the machine's own randomness. As a seed or as the salt of a list."""
    return secrets.token_hex(SEED_BYTES)


def fingerprint(seed: str) -> str:
    """The SHA-256 of the seed in UTF-8, as 64 hexadecimal digits: what is published before the draw.

    It tells nothing of the seed, and no other seed fits it. Anyone can check it: `printf '%s' SEED | sha256sum`.
    """
    return sha256(seed.encode()).hexdigest()


def list_fingerprint(salt: str, codes: Iterable[str]) -> str:
    """The SHA-256 of the salt and the codes in the order of the list, parted by line feeds, in UTF-8.

    Published together with the seed's, so that the list cannot change either. The salt keeps a short list from being
    guessed while it is closed. `printf '%s\\n%s\\n%s' SALT CODE1 CODE2 | sha256sum`.
    """
    return sha256("\n".join([salt, *codes]).encode()).hexdigest()


def in_fixed_order(codes: Iterable[str]) -> list[str]:
    """The list of a draw: each code once, sorted by its characters (Unicode code points), whatever order they came in.

    Raises ValueError for a code that is empty, holds a line break, or stands twice: lists would no longer be told apart.
    """
    listed = list(codes)
    if len(set(listed)) != len(listed) or any(not code or code.splitlines() != [code] for code in listed):
        raise ValueError("a list holds each code once, none empty or broken over lines")
    return sorted(listed)


def spoken(seed: str, words: str = "") -> str:
    """The seed the lots are made with: the committed one and, after one space, the words said aloud at the draw.

    Whoever knows the seed cannot know these words when the hash is published; without words it is the seed itself.
    """
    return f"{seed} {words}" if words else seed


def lot_of(seed: str, code: str) -> str:
    """The lot of one participant: SHA-256 (hexadecimal) of the seed, a line feed and the code, in UTF-8.

    The smallest comes first. Anyone who knows the revealed seed can compute it:
    `printf '%s\\n%s' SEED CODE | sha256sum`. Source: domain.md, "Lot".
    """
    return sha256(f"{seed}\n{code}".encode()).hexdigest()


def drawn(codes: Iterable[str], seed: str, words: str = "") -> list[Drawn]:
    """The participants in the order of the draw, smallest lot first; all of them, so that any number may win.

    `codes` are taken as the published list: their order there gives `position` and changes no place. `seed` is the
    committed seed, `words` what was said aloud ("" if nothing was).
    """
    whole = spoken(seed, words)
    lots = sorted((lot_of(whole, code), number, code) for number, code in enumerate(codes, 1))
    return [Drawn(code, number, place, lot) for place, (lot, number, code) in enumerate(lots, 1)]


def faults_of(codes: Iterable[str], *, salt: str, seed: str, seed_hash: str, list_hash: str) -> list[str]:
    """What does not fit what was published before the draw: "seed", "list" or nothing. The check anyone can make."""
    wrong = ["seed"] if fingerprint(seed) != seed_hash else []
    return [*wrong, "list"] if list_fingerprint(salt, codes) != list_hash else wrong
