"""Who judges what, computed: experts, applications and what stands between them in, pairs out. No database here.

Source: domain.md, "Assignment: solver over caps, minimum experts per application, conflicts, topics, balance". The order in
which wishes give way is the order of the weights: seats filled, evenly; then topics known; then even load; then whoever
is invited already.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Pair = tuple[int, int]  # (application, expert)


@dataclass(frozen=True)
class Expert:
    """`most`: sheets in this call at most, 0 and more. `topics`: keys the expert knows; none named means any.
    `elsewhere`: sheets still owed in other calls; they weigh in the balance, not against `most`."""

    key: int
    most: int
    topics: frozenset[str] = frozenset()
    elsewhere: int = 0


@dataclass(frozen=True)
class Task:
    """One application that wants `needed` experts (1 and more). `topics`: its keys; none named means that anyone knows it."""

    key: int
    needed: int
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """All that a plan is made of; keys are any integers, each once.

    `barred`: pairs that must not be, with the word why ("declined", "barred", or a kind of tie). `kept`: pairs that stay
    whatever comes; `pinned`: pairs somebody wants by hand; both count against needs and limits, and may stand over them.
    `invited`: pairs that wait for an answer and may go to somebody else; they stay where nothing is lost by it.
    `outside`: expert → sheets of this call on applications that are not in `tasks`.
    """

    experts: tuple[Expert, ...]
    tasks: tuple[Task, ...]
    barred: Mapping[Pair, str] = field(default_factory=dict)
    kept: frozenset[Pair] = frozenset()
    pinned: frozenset[Pair] = frozenset()
    invited: frozenset[Pair] = frozenset()
    outside: Mapping[int, int] = field(default_factory=dict)

    @property
    def fixed(self) -> frozenset[Pair]:
        return self.kept | self.pinned

    def rooms(self) -> dict[int, int]:
        """Expert → sheets the expert may still be given, 0 and more."""
        held = Counter(expert for _task, expert in self.fixed)
        return {one.key: max(0, one.most - held[one.key] - self.outside.get(one.key, 0)) for one in self.experts}

    def seats(self) -> dict[int, int]:
        """Application → experts it still wants, 0 and more."""
        held = Counter(task for task, _expert in self.fixed)
        return {one.key: max(0, one.needed - held[one.key]) for one in self.tasks}


def knows(expert: Expert, task: Task) -> bool:
    """Shares a topic; whoever named none takes any, and an application that names none is new to nobody."""
    return not expert.topics or not task.topics or bool(expert.topics & task.topics)


def assign(problem: Problem, *, seed: str) -> frozenset[Pair]:
    """The pairs to add to `problem.fixed`: no barred one, no expert over `most`, as many seats filled as can be filled.

    Among all such plans the best by, in this order: applications left short as evenly as can be (none, if there is a plan
    that seats everyone); the fewest pairs whose topic is new to the expert, spread over applications; loads as even as can
    be (the least sum of squares, `elsewhere` and fixed pairs included); the fewest invitations moved. Among equals the seed
    decides, alone: the order of the input does not matter, the same problem and seed give the same plan. Exact, in one
    thread, with no limit of time: a minimum-cost flow. Raises nothing on any problem with integers in their ranges.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # half a second to load: the job alone needs it

    net = _Net(problem, seed)
    if not net.wanted or not net.arcs:
        return frozenset()
    flow = SimpleMinCostFlow()
    tails, heads, capacities, costs = zip(*net.arcs, strict=True)
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies([0, 1], [net.wanted, -net.wanted])
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        raise RuntimeError("a flow without lower bounds always has an optimum")
    used = flow.flows(range(len(net.arcs)))
    return frozenset(pair for arc, pair in net.pairs if used[arc])


class _Net:
    """The flow network. Node 0 is the source, 1 the sink; then each application, its "topic is new" twin, each expert.

    source → application: one unit per seat, dearer by the experts it has. application → expert: a pair whose topic is known;
    through the twin one whose topic is new, dearer by each. expert → sink: one unit per sheet, dearer by each.
    """

    def __init__(self, problem: Problem, seed: str):
        self.arcs: list[tuple[int, int, int, int]] = []
        self.pairs: list[tuple[int, Pair]] = []
        self.problem = problem
        self.rooms, self.seats = problem.rooms(), problem.seats()
        self.wanted = sum(self.seats.values())
        self.fixed = by_task(problem.fixed)
        experts = sorted((one for one in problem.experts if self.rooms[one.key]), key=lambda one: _lot(seed, "expert", one.key))
        tasks = sorted((one for one in problem.tasks if self.seats[one.key]), key=lambda one: _lot(seed, "task", one.key))
        self._weigh(tasks, experts)
        first = 2 + 2 * len(tasks)
        nodes = [(first + place, expert) for place, expert in enumerate(experts)]
        for place, task in enumerate(tasks):
            self._task(2 + 2 * place, task, nodes)
        for node, expert in nodes:
            load = self.loads[expert.key]
            for more in range(min(self.rooms[expert.key], len(tasks))):
                self.arcs.append((node, 1, 1, self.even * (load + more)))

    def _weigh(self, tasks: list[Task], experts: list[Expert]) -> None:
        """Each weight exceeds all that the lesser ones can change along one simple cycle, and a plan that is better differs
        from one that is worse by such cycles: so the order of the wishes is strict, and no number comes near 64 bits."""
        self.loads = loads_of(self.problem, self.problem.fixed, elsewhere=True)
        highest = max((self.loads[one.key] + self.rooms[one.key] for one in experts), default=0)
        self.even = 2 * len(experts) + 1
        self.new = self.even * (highest + 2)
        self.short = self.new * (max((one.needed for one in tasks), default=0) + 1) * (len(tasks) + 1)

    def _task(self, node: int, task: Task, experts: list[tuple[int, Expert]]) -> None:
        fixed, seats = self.fixed.get(task.key, frozenset()), self.seats[task.key]
        for have in range(len(fixed), len(fixed) + seats):
            self.arcs.append((0, node, 1, self.short * have))
        new = sum(one.key in fixed and not knows(one, task) for one in self.problem.experts) if fixed else 0
        for more in range(seats):
            self.arcs.append((node, node + 1, 1, self.new * (new + more + 1)))
        for at, expert in experts:
            pair = (task.key, expert.key)
            if pair not in self.problem.barred and expert.key not in fixed:
                self.pairs.append((len(self.arcs), pair))
                self.arcs.append((node if knows(expert, task) else node + 1, at, 1, int(pair not in self.problem.invited)))


def by_task(pairs: Iterable[Pair]) -> dict[int, frozenset[int]]:
    """Application → its experts."""
    found: dict[int, set[int]] = {}
    for task, expert in pairs:
        found.setdefault(task, set()).add(expert)
    return {task: frozenset(experts) for task, experts in found.items()}


def loads_of(problem: Problem, pairs: Iterable[Pair], *, elsewhere: bool = False) -> dict[int, int]:
    """Expert → sheets in this call under these pairs, those outside the problem included; with other calls if asked."""
    held = Counter(expert for _task, expert in pairs)
    return {
        one.key: held[one.key] + problem.outside.get(one.key, 0) + (one.elsewhere if elsewhere else 0) for one in problem.experts
    }


def _lot(seed: str, kind: str, key: int) -> bytes:
    """The place of one thing in the seed's order."""
    return hashlib.sha256(f"{seed}:{kind}:{key}".encode()).digest()


def as_data(problem: Problem) -> dict[str, Any]:
    """The problem as JSON keeps it: every list in order, so that equal problems are equal texts."""
    return {
        "experts": sorted([one.key, one.most, sorted(one.topics), one.elsewhere] for one in problem.experts),
        "tasks": sorted([one.key, one.needed, sorted(one.topics)] for one in problem.tasks),
        "barred": sorted([*pair, why] for pair, why in problem.barred.items()),
        "kept": sorted(map(list, problem.kept)),
        "pinned": sorted(map(list, problem.pinned)),
        "invited": sorted(map(list, problem.invited)),
        "outside": sorted(map(list, problem.outside.items())),
    }


def from_data(data: Mapping[str, Any]) -> Problem:
    """The problem that `as_data` wrote."""
    return Problem(
        experts=tuple(Expert(key, most, frozenset(topics), elsewhere) for key, most, topics, elsewhere in data["experts"]),
        tasks=tuple(Task(key, needed, frozenset(topics)) for key, needed, topics in data["tasks"]),
        barred={(task, expert): why for task, expert, why in data["barred"]},
        **{name: frozenset((task, expert) for task, expert in data[name]) for name in ("kept", "pinned", "invited")},
        outside=dict(data["outside"]),
    )


def digest(problem: Problem) -> str:
    """The print of the problem, 64 hexadecimal digits: equal problems have equal prints, in whatever order they were put."""
    return hashlib.sha256(json.dumps(as_data(problem), separators=(",", ":")).encode()).hexdigest()
