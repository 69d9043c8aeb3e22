"""Ranking and stability, in this process alone: figures at 1×, 10× and 100× of a hundred applications, and the exponent.

python benchmarks/ranking.py [--criteria N] [--quick] [--json]
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from math import log10
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from grants.scoring.ranking import rank
from grants.scoring.rules import Rules
from grants.scoring.sheets import Entry, Sheet
from grants.scoring.stability import stability

SIZES = (100, 1_000, 10_000)
SHEETS, LOAD = 5, 333
GOALS = {"rank": 2.0, "stability": 20.0}


def make_rules(criteria: int, rule: str) -> Rules:
    """A rubric as demanding as any: N/A, two thresholds, divergence, a whole chain of ties."""
    return Rules.model_validate({
        "criteria": [
            {"key": f"c{n}", "title": f"Критерий {n}", "scale": {"max": 10}, "na_allowed": n == 1, "threshold": 1 if n == 0 else None}
            for n in range(criteria)
        ],
        "sheet_total": "sum", "out_of": 100, "digits": 1, "divergence": {"spread": 40}, "thresholds": {"total": 40},
        "ties": [{"criterion": "c0"}, "spread", "submitted", "lot"], "selection": {"rule": rule},
    })  # fmt: skip


def make_field(applications: int, criteria: int) -> tuple[list[Entry], list[Sheet]]:
    """Applications with five sheets each, always the same ones; an expert judges about 333."""
    dice = random.Random(2027)
    values = [Decimal(value) for value in range(11)]
    experts = [f"E{n}" for n in range(max(SHEETS, applications * SHEETS // LOAD))]
    entries = [Entry(f"ЖД-27-{n:05}", Decimal(dice.randint(50_000, 450_000))) for n in range(applications)]
    sheets = [
        Sheet(
            entry.application,
            expert,
            {f"c{n}": None if n == 1 and dice.random() < 0.05 else dice.choice(values) for n in range(criteria)},
        )
        for entry in entries
        for expert in dice.sample(experts, SHEETS)
    ]
    return entries, sheets


def measure(criteria: int, quick: bool) -> list[dict]:
    return [row for size in SIZES for row in measured(size, criteria, quick)]


def measured(size: int, criteria: int, quick: bool) -> Iterator[dict]:
    entries, sheets = make_field(size, criteria)
    for work, rule in (("rank", "stop"), ("rank, best total", "best_total"), ("stability", "stop")):
        if work == "stability" and quick and size == SIZES[-1]:
            continue
        act = partial(stability if work == "stability" else rank, make_rules(criteria, rule), entries, sheets)
        act = partial(act, envelope=Decimal(size * 25_000), lot_seed="s")
        seconds, cpu = min(timed(act) for _ in range(1 if work == "stability" else 3))
        yield {
            "work": work,
            "applications": size,
            "seconds": seconds,
            "cpu": cpu,
            "goal": GOALS.get(work) if size == SIZES[-1] else None,
        }


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall, and of the processor: on a busy machine the second is the truer figure."""
    start, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - start, time.process_time() - cpu


def exponents(rows: list[dict]) -> dict[str, float]:
    """How cost grows with size between the two largest sizes: 1 is linear."""
    found = {}
    for work in dict.fromkeys(row["work"] for row in rows):
        own = [row for row in rows if row["work"] == work]
        found[work] = log10(own[-1]["cpu"] / own[-2]["cpu"]) / log10(own[-1]["applications"] / own[-2]["applications"])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criteria", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="without the longest stability run")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure(options.criteria, options.quick)
    growth = exponents(rows)
    met = all(row["goal"] is None or row["seconds"] <= row["goal"] for row in rows)
    if options.json:
        print(
            json.dumps({"rows": rows, "exponents": growth, "criteria": options.criteria, "load": os.getloadavg()[0], "met": met})
        )
        return 0 if met else 1
    print(f"{options.criteria} criteria, {SHEETS} sheets an application, load {os.getloadavg()[0]:.2f}")
    print(f"{'work':<18}{'applications':>12}{'seconds':>10}{'cpu':>10}  goal")
    for row in rows:
        goal = "" if row["goal"] is None else f"  ≤ {row['goal']:g}" + ("" if row["seconds"] <= row["goal"] else " missed")
        print(f"{row['work']:<18}{row['applications']:>12,}{row['seconds']:>10.3f}{row['cpu']:>10.3f}{goal}")
    for work, exponent in growth.items():
        print(f"{work}: cost grows as n^{exponent:.2f}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
