"""How long it takes to find applications that are alike: reading the texts, and comparing all with all through one index."""

import argparse
import random
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from grants.applications.similarity import alike, shingles

GOAL = 30.0  # seconds for 2,000 applications from nothing, on two cores
WORDS = 600  # in one application
ROOTS = [
    a + b + c
    for a in ("гор", "двор", "кни", "сад", "шко", "теа", "муз", "люд")
    for b in ("од", "ик", "ов", "ен", "ар")
    for c in "аеиоуыя"
]


def text(dice: random.Random) -> str:
    return " ".join(dice.choice(ROOTS) + dice.choice(("м", "х", "ть", "л", "")) for _ in range(WORDS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    count = parser.parse_args().count
    dice = random.Random(1)
    common = text(dice)[:1500]  # what a hundred took from one guide
    texts = [text(dice) + (common if key % 20 == 0 else "") for key in range(count)]
    copies = {key: texts[key - 1][: len(texts[key - 1]) * 3 // 4] for key in range(7, count, 50)}
    texts = [copies.get(key, one) for key, one in enumerate(texts)]
    begun = perf_counter()
    held = {key: shingles([one]) for key, one in enumerate(texts)}
    read = perf_counter()
    found = alike(held, held)
    compared = perf_counter()
    one = alike([count - 1], held)
    done = perf_counter()
    missed = [key for key in copies if not any(key in pair for pair in found)]
    print(
        f"{count} applications of {WORDS} words: read {read - begun:.1f} s, compared {compared - read:.1f} s (goal {GOAL} s together);"
    )
    print(
        f"one more against all: {done - compared:.1f} s; pairs alike {len(found)}, copies missed {len(missed)} of {len(copies)}, last has {len(one)}"
    )
    sys.exit(1 if missed or compared - begun > GOAL else 0)


if __name__ == "__main__":
    main()
