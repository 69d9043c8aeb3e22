"""Check codes of papers: long enough that nobody guesses one, and read tolerantly, for they are typed from paper."""

import re
import secrets

from fund.core.uids import ALPHABET

LENGTH = 12  # of 30 signs each: no guessing gets anywhere, and it is limited besides
# What a Russian keyboard gives for a letter that looks the same.
ALIKE = str.maketrans("авекмнрстух", "abekmhpctyx")
_BETWEEN = re.compile(r"[\s\-–—−_.]+")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def written(code: str) -> str:
    """`7KHM-2XQ9-PT4D`, as papers and pages show it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()


def read_code(typed: str) -> str:
    """What was typed, without spaces, dashes, case and keyboard; "" if it cannot be a code."""
    bare = _BETWEEN.sub("", typed).lower().translate(ALIKE)
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else ""
