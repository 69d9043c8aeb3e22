"""The board of assignment (M3): a plan, or the sheets as they are, as one reader may see it; a constant number of queries."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.applications.models import Application
from grants.calls.models import Call

from ..assignment import Pair, Problem
from ..assignment_reasons import Change, Explained, Reason, changes
from ..conflicts import FOUND_BY_RULE, IN_A_WORD
from ..models import Allotment, Plan
from .facts import Facts
from .plan_words import REASONS, gap_words, open_to, reason_words, said_changes
from .problem import problem_of
from .tie_words import words_of

# What the cell of a pair in the plan says, where a tick does not say it all.
CELLS = {
    "kept": ("fine", gettext_lazy("has it")),
    "pinned": ("fine", gettext_lazy("by hand")),
    "new": ("need", gettext_lazy("new")),
}
TICK = "✓"


@dataclass(frozen=True)
class Cell:
    """One application and one expert: `css` of the matrix, a word (or a tick), a sentence that says why."""

    expert: Any
    css: str = ""
    word: Any = ""
    why: Any = ""
    load: str = ""


class Board:
    """All applications to judge that the reader may see, all experts, and what is between them."""

    def __init__(self, call: Call, reader: Any, plan: Plan | None):
        self.call, self.reader, self.plan = call, reader, plan
        self.facts = Facts(call, reader)
        self.review, self.titles, self.topics = self.facts.review, self.facts.titles, self.facts.topics
        self.applications, self.limits = self.facts.applications, self.facts.limits
        self.experts = list(self.facts.experts.values())

    @cached_property
    def live(self) -> dict[Pair, str]:
        """Live sheets on what the reader may see: pair → state; none where the reader's own is awaited first."""
        rows = self.facts.live.items()
        return {pair: state if told else "" for pair, (state, told) in rows if pair[0] in self.applications}

    @cached_property
    def _every_allotment(self) -> list[Allotment]:
        """The closed ones too: they take room, which is all that a sentence says of them."""
        return list(Allotment.objects.filter(plan=self.plan).told_to(self.reader)) if self.is_plan else []

    @cached_property
    def every_pair(self) -> set[Pair]:
        return {one.pair for one in self._every_allotment}

    @cached_property
    def allotments(self) -> dict[Pair, Allotment]:
        return {one.pair: one for one in self._every_allotment if one.is_told and one.application_id in self.applications}

    @property
    def is_plan(self) -> bool:
        return self.plan is not None and self.plan.state == "ready"

    @cached_property
    def pairs(self) -> set[Pair]:
        return set(self.allotments if self.is_plan else self.live)

    @cached_property
    def on(self) -> Counter:
        return Counter(application for application, _expert in self.pairs)

    @cached_property
    def loads(self) -> Counter:
        """Expert → sheets, of those the reader may see: a count tells who judges."""
        return Counter(expert for _application, expert in self.pairs)

    @cached_property
    def ties(self) -> dict[Pair, list]:
        return {pair: ties for pair, ties in self.facts.ties.items() if pair[0] in self.applications}

    @cached_property
    def tie_words(self):
        return words_of(self.ties)

    @cached_property
    def barred(self) -> set[Pair]:
        return {(a, e) for a, e in self.plan.barred} if self.is_plan else set()

    def heads(self) -> list[tuple[Any, int, int]]:
        """(expert, sheets, limit) of each column."""
        return [(expert, self.loads[expert.pk], self.limits[expert.pk].most) for expert in self.experts]

    def row(self, application: Application) -> dict:
        cells = [self.cell(application, expert) for expert in self.experts]
        count = self.on[application.pk]
        return {
            "application": application,
            "topics": self.topics_said(application),
            "cells": cells,
            "count": count,
            "short": count < self.review.experts,
            "news": [cell for cell in cells if cell.css == "need"],
        }

    def table(self) -> Iterator[list]:
        """The matrix for a worksheet: names of the columns, a row an application, below them how many sheets each expert has."""
        names = [expert.person.short_name for expert in self.experts]
        yield [_("Number"), _("Application"), _("Topics"), _("Experts"), *names]
        for row in map(self.row, self.applications.values()):
            one, said = row["application"], [str(cell.word) or TICK if cell.css else None for cell in row["cells"]]
            yield [one.number, one.name, row["topics"], row["count"], *said]
        loads = [self.loads[expert.pk] for expert in self.experts]
        yield [None, _("Sheets in all"), None, sum(loads), *loads]

    def topics_said(self, application: Application) -> str:
        return ", ".join(str(self.titles[key]) for key in self.titles if key in self.topics.get(application.pk, ()))

    def cell(self, application: Application, expert: Any) -> Cell:
        pair = application.pk, expert.pk
        is_declined = pair in self.facts.declined
        if ties := self.ties.get(pair):
            return Cell(expert, "bad", IN_A_WORD[ties[0].kind], "; ".join(self.tie_words.say(tie) for tie in ties))
        limit = self.limits[expert.pk].most
        load = _("%(load)s of %(most)s") % {"load": self.loads[expert.pk], "most": limit}
        if allotment := self.allotments.get(pair):
            why = reason_words(Reason.from_data(allotment.reason), self.titles)
            css, word = CELLS.get(allotment.code, ("fine", ""))
            return Cell(expert, css, word, why, load)
        if not self.is_plan and pair in self.live:
            return Cell(expert, "fine", _("handed in") if self.live[pair] == "submitted" else "", REASONS["kept"], load)
        if is_declined:
            return Cell(expert, "bad", _("declined"), REASONS["declined"])
        if pair in self.barred:
            return Cell(expert, "bad", _("taken off"), REASONS["barred"])
        return Cell(expert)

    def sets(self) -> dict[str, set[int]]:
        """What the chips narrow the board to: ids of applications."""
        return {
            "tied": {application for application, _expert in self.ties},
            "new": {pair[0] for pair, one in self.allotments.items() if one.code == "new"},
            "hand": {pair[0] for pair, one in self.allotments.items() if one.code == "pinned"},
            "short": {pk for pk in self.applications if self.on[pk] < self.review.experts},
        }

    def blocked(self) -> list[tuple[Any, Any, Any, str]]:
        """(word, expert, application, sentence) of each tie, in the order of the rows."""
        named = {expert.pk: expert for expert in self.experts}
        order = {pk: place for place, pk in enumerate(self.applications)}
        return [
            (IN_A_WORD[ties[0].kind], named[pair[1]], self.applications[pair[0]], "; ".join(map(self.tie_words.say, ties)))
            for pair, ties in sorted(self.ties.items(), key=lambda one: (order[one[0][0]], one[0][1]))
        ]

    def ties_by_rule(self) -> int:
        return sum(any(tie.kind in FOUND_BY_RULE for tie in ties) for ties in self.ties.values())

    @cached_property
    def problem(self) -> Problem:
        """What the plan was computed from."""
        return self.plan.problem

    @cached_property
    def problem_now(self) -> Problem:
        """What it would be computed from now."""
        return problem_of(self.plan, self.facts)

    def gaps(self) -> list[str]:
        """Why an application of the plan has fewer experts than it needs, each in a sentence."""
        if not self.is_plan:
            return []
        explained = Explained(self.problem, self.every_pair)
        return [gap_words(self.applications[pk].name, gap) for pk, gap in explained.gaps() if pk in self.applications]

    def changes(self) -> list[Change]:
        """What changed since the plan was counted, of what is open to the reader; what breaks it first."""
        return open_to(self.reader, changes(self.problem, self.problem_now, self.every_pair), known=self.applications)

    def said(self, some: list[Change]) -> list[str]:
        return said_changes(some, applications=self.applications, experts=self.facts.experts)

    def outcome(self) -> dict[str, int]:
        """What accepting does: letters, new sheets, sheets that stay, invitations that go to somebody else."""
        new = self.pairs - self.live.keys()
        invited = self.problem.invited
        return {
            "letters": len({expert for _application, expert in new}),
            "new": len(new),
            "stay": len(self.pairs & self.live.keys()),
            "moved": sum(pair in self.live and pair not in self.pairs for pair in invited),
        }
