"""How long a plan of assignment takes to compute: 2,000 applications × 150 experts × 3 each, and a tenth and ten times of that."""

import argparse
import math
import random
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from grants.reviews.assignment import Expert, Problem, Task, assign, loads_of
from grants.reviews.assignment_reasons import Explained

GOAL = 20.0  # seconds for 2,000 applications on two cores
EXPERTS, EACH, SPARE, TIED = 150, 3, 5, 0.03
TOPICS = ("city", "media", "heritage", "youth", "stage", "eco")


def problem_of(count: int) -> Problem:
    """A call of this many applications: each names one topic, each expert knows two; three pairs in a hundred are tied."""
    dice = random.Random(1)
    most = math.ceil(count * EACH / EXPERTS) + SPARE
    experts = tuple(Expert(key, most, frozenset(dice.sample(TOPICS, 2)), dice.randrange(4)) for key in range(EXPERTS))
    tasks = tuple(Task(key, EACH, frozenset({dice.choice(TOPICS)})) for key in range(count))
    barred = {(task.key, one.key): "other" for task in tasks for one in experts if dice.random() < TIED}
    return Problem(experts, tasks, barred)


def measure(count: int) -> float:
    """Seconds from the problem to the plan with the reason of every pair; prints them beside what came of it."""
    problem = problem_of(count)
    began = perf_counter()
    pairs = assign(problem, seed="1")
    found = perf_counter()
    explained = Explained(problem, pairs)
    reasons = [explained.why(pair) for pair in pairs]
    done = perf_counter()
    loads = loads_of(problem, pairs).values()
    print(
        f"{count:6} applications × {EXPERTS} experts × {EACH}: plan {found - began:.1f} s, reasons {done - found:.1f} s; "
        f"{len(pairs)} of {count * EACH} pairs, loads {min(loads)}–{max(loads)}, topic new in {sum(one.code == 'new' for one in reasons)}"
    )
    return done - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    count = parser.parse_args().count
    measure(20)  # loads the solver, which is no part of the figure
    seconds = {times: measure(max(1, int(count * times))) for times in (0.1, 1, 10)}
    exponent = math.log10(seconds[10] / seconds[0.1]) / 2
    print(f"{count} applications: {seconds[1]:.1f} s (goal {GOAL} s); time grows with the power {exponent:.2f} of their number")
    sys.exit(seconds[1] > GOAL)


if __name__ == "__main__":
    main()
