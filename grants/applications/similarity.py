"""How much of one text stands in another: five-word shingles of stemmed words. Plain data in and out, no database.

A shingle is a run of five words, stemmed, so that endings and the order of clauses change little. Two texts are alike by
the share of shingles they have in common, of the shorter one's: whoever copies a short text into a longer one is found too.
Source: A. Broder, "On the resemblance and containment of documents", 1997 (containment).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from fund.core.text import normalised, stem

LENGTH = 5
# Alike are texts that share more than this of the shorter one, in percent.
MOST_ALIKE = 50
# Texts with fewer shingles are not compared: a name and an address are alike by chance.
FEWEST = 20
# Of the texts that hold one shingle at most so many are looked at for each: what a hundred share is a form of words.
MOST_HOLDERS = 50
_WORD = re.compile(r"\w+")


def shingles(texts: Iterable[str]) -> frozenset[int]:
    """The shingles of some texts, each text by itself, as 64-bit numbers that are the same in every process."""
    return frozenset(number for text in texts for _start, _end, number in _runs(text))


def alike(news: Iterable[Any], held: Mapping[Any, Collection[int]]) -> dict[tuple[Any, Any], int]:
    """Pairs of keys (lesser, greater) of which one is in `news`, with the percent they share, rounded down; only those above MOST_ALIKE.

    `held`: key → shingles of its text. Cost: one index over all shingles, then for each of `news` its own shingles times
    MOST_HOLDERS at most; linear in the amount of text.
    """
    fit = {key: set(own) for key, own in held.items() if len(own) >= FEWEST}
    index: dict[int, list[Any]] = {}
    for key, own in fit.items():
        for number in own:
            holders = index.setdefault(number, [])
            if len(holders) <= MOST_HOLDERS:
                holders.append(key)
    found: dict[tuple[Any, Any], int] = {}
    for key in news:
        if key not in fit:
            continue
        shared = Counter(other for number in fit[key] for other in index[number] if other != key)
        for other, common in shared.items():
            percent = common * 100 // min(len(fit[key]), len(fit[other]))
            if common * 100 > MOST_ALIKE * min(len(fit[key]), len(fit[other])):
                found[min(key, other), max(key, other)] = percent
    return found


def marked(text: str, theirs: Collection[int]) -> list[tuple[str, bool]]:
    """The text in pieces, in order, each with whether it stands in the other text as well: for reading side by side."""
    spans: list[list[int]] = []
    for start, end, number in _runs(text):
        if number not in theirs:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each run of five words begins and ends in the text, and its number."""
    words = list(_WORD.finditer(text))
    stems = [stem(normalised(word.group())) for word in words]
    for place in range(len(words) - LENGTH + 1):
        run = " ".join(stems[place : place + LENGTH])
        yield words[place].start(), words[place + LENGTH - 1].end(), _number(run)


def _number(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big")


def packed(numbers: Collection[int]) -> bytes:
    """Eight bytes a shingle, in order."""
    return b"".join(number.to_bytes(8, "big") for number in sorted(numbers))


def unpacked(data: bytes) -> list[int]:
    return [int.from_bytes(data[at : at + 8], "big") for at in range(0, len(data), 8)]
