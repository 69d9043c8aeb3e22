"""The board of assignment (M3): a plan, or the sheets as they are, as one reader may see it; a constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.people.roles import holders
from grants.applications.models import Application
from grants.calls.models import Call

from ..assignment import Pair
from ..assignment_reasons import Explained, Reason
from ..conflicts import FOUND_BY_RULE, IN_A_WORD
from ..models import TO_JUDGE, Allotment, Plan, Sheet
from .plan_words import REASONS, gap_words, reason_words
from .problem import experts_of
from .tie_words import words_of
from .ties import ties_of_call
from .topics import topics_of, topics_of_call

# What the cell of a pair in the plan says, where a tick does not say it all.
CELLS = {
    "kept": ("fine", gettext_lazy("has it")),
    "pinned": ("fine", gettext_lazy("by hand")),
    "new": ("need", gettext_lazy("new")),
}


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
        self.review = call.regulation.review
        mine = (
            Application.objects.visible_to(reader).filter(call=call, state__in=TO_JUDGE).select_related("call").order_by("number")
        )
        self.applications = {one.pk: one for one in mine}
        self.experts = list(holders("expert", call).select_related("person"))
        self.limits = experts_of(call, self.review.per_expert, reader)
        self.titles = topics_of_call(call)
        self.topics = topics_of(self.applications.values()) if self.titles else {}

    @cached_property
    def live(self) -> dict[Pair, str]:
        """Live sheets on what the reader may see: pair → state; none where the reader's own is awaited first."""
        rows = Sheet.objects.of_call(self.call).live().filter(application__in=self.applications).told_to(self.reader)
        return {
            (a, e): state if told else "" for a, e, state, told in rows.values_list("application", "expert", "state", "is_told")
        }

    @cached_property
    def allotments(self) -> dict[Pair, Allotment]:
        if self.plan is None or self.plan.state != "ready":
            return {}
        rows = Allotment.objects.visible_to(self.reader).filter(plan=self.plan, application__in=self.applications)
        return {one.pair: one for one in rows}

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
        found = ties_of_call(self.call, experts=[expert.pk for expert in self.experts])
        return {pair: ties for pair, ties in found.items() if pair[0] in self.applications}

    @cached_property
    def tie_words(self):
        return words_of(self.ties)

    @cached_property
    def declined(self) -> set[Pair]:
        rows = Sheet.objects.of_call(self.call).filter(state="declined", application__in=self.applications)
        return set(rows.values_list("application", "expert"))

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

    def topics_said(self, application: Application) -> str:
        return ", ".join(str(self.titles[key]) for key in self.titles if key in self.topics.get(application.pk, ()))

    def cell(self, application: Application, expert: Any) -> Cell:
        pair = application.pk, expert.pk
        is_declined = pair in self.declined
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

    def gaps(self) -> list[str]:
        """Why an application of the plan has fewer experts than it needs, each in a sentence."""
        if not self.is_plan:
            return []
        explained = Explained(self.plan.problem, self._all_pairs())
        return [gap_words(self.applications[pk].name, gap) for pk, gap in explained.gaps() if pk in self.applications]

    def _all_pairs(self) -> set[Pair]:
        """The closed ones too: they take room, which is all that a sentence says of them."""
        return set(self.plan.allotments.values_list("application", "expert"))

    def outcome(self) -> dict[str, int]:
        """What accepting does: letters, new sheets, sheets that stay, invitations that go to somebody else."""
        new = self.pairs - self.live.keys()
        invited = self.plan.problem.invited
        return {
            "letters": len({expert for _application, expert in new}),
            "new": len(new),
            "stay": len(self.pairs & self.live.keys()),
            "moved": sum(pair in self.live and pair not in self.pairs for pair in invited),
        }
