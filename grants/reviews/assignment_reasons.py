"""Why a plan is as it is: the reason of each pair, of each pair that is not, of each gap; who could replace whom. No database.

Everything is codes and numbers; queries/plan_words.py says them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .assignment import Expert, Pair, Problem, Task, by_task, knows, loads_of


@dataclass(frozen=True)
class Reason:
    """`code` of a pair that is: kept, pinned, topic (`topics` shared), every (the expert takes any topic), any (the application names none), new (`count` of those who
    know the topic, by what keeps them). Of one that is not: full, spare (the application has whom it needs), on (it is
    one), short (it could be), or the word of `Problem.barred`. Of a gap: short (`needed`, `have`, `count`)."""

    code: str
    topics: tuple[str, ...] = ()
    needed: int = 0
    have: int = 0
    count: tuple[tuple[str, int], ...] = ()

    def as_data(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "topics": list(self.topics),
            "needed": self.needed,
            "have": self.have,
            "count": [list(one) for one in self.count],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Reason":
        count = tuple((word, number) for word, number in data["count"])
        return cls(data["code"], tuple(data["topics"]), data["needed"], data["have"], count)


class Explained:
    """One plan (`pairs`: all of it, fixed pairs included) of one problem, explained. Each question costs no more than the experts."""

    def __init__(self, problem: Problem, pairs: Iterable[Pair]):
        self.problem, self.pairs = problem, frozenset(pairs)
        self.experts = {one.key: one for one in problem.experts}
        self.tasks = {one.key: one for one in problem.tasks}
        self.on = by_task(self.pairs)
        self.loads = loads_of(problem, self.pairs)

    def why(self, pair: Pair) -> Reason:
        """The reason of a pair of the plan."""
        if pair in self.problem.pinned:
            return Reason("pinned")
        if pair in self.problem.kept:
            return Reason("kept")
        task, expert = self.tasks[pair[0]], self.experts[pair[1]]
        if not knows(expert, task):
            knowing = [one for one in self.experts.values() if one.topics and knows(one, task)]
            return Reason("new", count=self._count(task, knowing))
        shared = tuple(sorted(expert.topics & task.topics))
        if shared:
            return Reason("topic", shared)
        return Reason("every" if task.topics else "any")

    def why_not(self, pair: Pair) -> Reason:
        """What stands between an expert and an application; `short` where nothing does."""
        task, expert = self.tasks[pair[0]], self.experts[pair[1]]
        if pair in self.pairs:
            return Reason("on")
        if word := self.problem.barred.get(pair):
            return Reason(word)
        if self.loads[expert.key] >= expert.most:
            return Reason("full")
        return Reason("spare" if len(self.on.get(task.key, ())) >= task.needed else "short")

    def gaps(self) -> Iterator[tuple[int, Reason]]:
        """The applications that have fewer experts than they need, by key: what keeps each of the others is counted."""
        for task in sorted(self.tasks.values(), key=lambda one: one.key):
            have = len(self.on.get(task.key, ()))
            if have < task.needed:
                yield task.key, Reason("short", needed=task.needed, have=have, count=self._count(task, self.experts.values()))

    def _count(self, task: Task, experts: Iterable[Expert]) -> tuple[tuple[str, int], ...]:
        found = Counter(_sort(self.why_not((task.key, one.key)).code) for one in experts)
        return tuple(sorted(found.items()))

    def news(self) -> frozenset[Pair]:
        """The pairs of the plan whose topic is new to the expert."""
        known = self.experts, self.tasks
        return frozenset(
            (task, expert)
            for task, expert in self.pairs
            if expert in known[0] and task in known[1] and not knows(known[0][expert], known[1][task])
        )


def _sort(code: str) -> str:
    """Every tie counts as one sort of obstacle."""
    return code if code in ("on", "full", "spare", "short", "declined", "barred") else "tied"


@dataclass(frozen=True)
class Candidate:
    """Who could take one application: `reason` is topic, every, any or new; `load` on the tasks of the problem, `elsewhere` in other calls."""

    expert: int
    reason: Reason
    load: int
    elsewhere: int


def replacements(problem: Problem, task: int) -> list[Candidate]:
    """Who could take an application that lost somebody, best first: knows its topic, then has least to do, then the older
    account; who is barred, full or on it already is left out (Explained.why_not says why). Source: as the plan's order."""
    plan = Explained(problem, problem.fixed)
    wanted = plan.tasks[task]
    free = [one for one in problem.experts if plan.why_not((task, one.key)).code in ("spare", "short")]
    held = Counter(expert for _task, expert in problem.fixed)
    free.sort(key=lambda one: (not knows(one, wanted), held[one.key] + one.elsewhere, one.key))
    return [Candidate(one.key, plan.why((task, one.key)), held[one.key], one.elsewhere) for one in free]


@dataclass(frozen=True)
class Change:
    """What is other than when the plan was computed. `breaks`: the plan cannot be accepted as it is.

    `code`: tie, declined, barred (a pair of the plan may not be), left (somebody of the plan stepped aside), came (a sheet that the
    plan does not hold), gone and appeared (an application), no_expert and expert (an expert), full (over the limit now), needs, limits, topics.
    """

    code: str
    task: int | None = None
    expert: int | None = None
    breaks: bool = True


def changes(then: Problem, now: Problem, pairs: Iterable[Pair]) -> list[Change]:
    """What changed between two problems that matters to a plan (`pairs`: all of it); what breaks it first.

    Work elsewhere is left out: it moves all day. A tie on a pair that the plan does not hold changes nothing.
    """
    pairs = frozenset(pairs)
    found = [*_broken(then, now, pairs), *_milder(then, now)]
    return sorted(found, key=lambda one: (not one.breaks, one.task or 0, one.expert or 0, one.code))


def _broken(then: Problem, now: Problem, pairs: frozenset[Pair]) -> Iterator[Change]:
    tasks, experts = {one.key for one in now.tasks}, {one.key: one for one in now.experts}
    for task in {one.key for one in then.tasks} - tasks:
        yield Change("gone", task)
    for expert in {expert for _task, expert in pairs - now.kept} - experts.keys():
        yield Change("no_expert", expert=expert)
    for pair in pairs:
        if pair[0] in tasks and pair[1] in experts:
            if word := now.barred.get(pair):
                yield Change(word if word in ("declined", "barred") else "tie", *pair)
            elif pair in then.kept and pair not in now.kept | now.invited:
                yield Change("left", *pair)
    for pair in now.kept - pairs:
        yield Change("came", *pair)
    loads = loads_of(now, pairs)
    held = Counter(expert for _task, expert in now.kept)
    for key, expert in experts.items():
        if loads[key] > max(expert.most, held[key] + now.outside.get(key, 0)) and key in {one for _task, one in pairs}:
            yield Change("full", expert=key)


def _milder(then: Problem, now: Problem) -> Iterator[Change]:
    before, after = {one.key: one for one in then.tasks}, {one.key: one for one in now.tasks}
    for task in after.keys() - before.keys():
        yield Change("appeared", task, breaks=False)
    for task in after.keys() & before.keys():
        if after[task].topics != before[task].topics:
            yield Change("topics", task, breaks=False)
        if after[task].needed != before[task].needed:
            yield Change("needs", task, breaks=False)
    was, now_are = {one.key: one for one in then.experts}, {one.key: one for one in now.experts}
    for expert in now_are.keys() - was.keys():
        yield Change("expert", expert=expert, breaks=False)
    for expert in now_are.keys() & was.keys():
        if now_are[expert].topics != was[expert].topics or now_are[expert].most != was[expert].most:
            yield Change("limits", expert=expert, breaks=False)
