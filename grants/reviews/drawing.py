"""Who speaks as А, Б, В in a discussion: drawn, so that a letter says nothing of who or of who was first. No database here."""

import hashlib
from collections.abc import Iterable

from fund.core.bilingual import reader

LETTERS = {"ru": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ", "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def draw_voices(seed: str, known: dict[str, int], sheets: Iterable[int]) -> dict[str, int]:
    """Sheet id as text → place from 0: those known keep theirs, the new ones follow in the order of their lots."""
    voices = dict(known)
    new = sorted(
        (str(pk) for pk in sheets if str(pk) not in voices), key=lambda pk: hashlib.sha256(f"{seed}:{pk}".encode()).hexdigest()
    )
    for pk in new:
        voices[pk] = len(voices)
    return voices


def letter(place: int) -> str:
    """А, Б, В … in the reader's alphabet; past its end numbers."""
    letters = LETTERS[reader()]
    return letters[place] if place < len(letters) else str(place + 1)
