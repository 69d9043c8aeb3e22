"""What is known of the judging of one call, each fact asked once: the board, a plan's problem and a replacement share it."""

from collections import Counter
from functools import cached_property
from typing import Any

from django.db.models import F, FilteredRelation, Q, Value

from fund.people.roles import holders
from grants.applications.models import Application
from grants.calls.models import Call

from ..assignment import Expert, Pair
from ..conflicts import Found
from ..models import LIVE, TO_JUDGE, Sheet
from .ties import ties_of_call
from .topics import THEME, topics_in, topics_of_call


class Facts:
    """Applications, experts, ties and sheets of one call, as one reader may know of them; each is fetched when first asked for."""

    def __init__(self, call: Call, reader: Any):
        self.call, self.reader = call, reader
        self.review = call.regulation.review

    def seen_by(self, reader: Any) -> "Facts":
        """The same for somebody else: what does not depend on who looks is not asked again."""
        if reader == self.reader:
            return self
        other = Facts(self.call, reader)
        other.experts, other.ties = self.experts, self.ties
        return other

    @cached_property
    def titles(self) -> dict[str, Any]:
        """Key → title of the topics an application may name."""
        return topics_of_call(self.call)

    @cached_property
    def applications(self) -> dict[int, Application]:
        """To be judged and open to the reader, by id, in the order of their numbers."""
        mine = Application.objects.visible_to(self.reader).filter(call=self.call, state__in=TO_JUDGE).by_number()
        if self.titles:
            mine = mine.annotate(named_topics=F(f"receipt__contents__snapshot__answers__{THEME}"))
        found = {one.pk: one for one in mine}
        for one in found.values():
            one.call = self.call
        return found

    @cached_property
    def topics(self) -> dict[int, frozenset[str]]:
        """Application → keys of the topics it names."""
        return {pk: topics_in(one.named_topics) for pk, one in self.applications.items()} if self.titles else {}

    @cached_property
    def experts(self) -> dict[int, Any]:
        """Everyone who judges in the call, by id, with the person and with what is said of them for this call."""
        said = FilteredRelation("expertise", condition=Q(expertise__call=self.call))
        found = holders("expert", self.call).select_related("person")
        return {
            one.pk: one
            for one in found.annotate(said=said, said_topics=F("said__topics"), said_most=F("said__most")).order_by("pk")
        }

    @cached_property
    def limits(self) -> dict[int, Expert]:
        """Each expert as the plan counts with them; work elsewhere as far as the reader may see it."""
        most = self.review.per_expert
        return {
            pk: Expert(
                pk,
                most if one.said_most is None else min(one.said_most, most),
                frozenset(one.said_topics or ()) & self.titles.keys(),
                self.elsewhere[pk],
            )
            for pk, one in self.experts.items()
        }

    @cached_property
    def ties(self) -> Found:
        return ties_of_call(self.call, experts=self.experts)

    @cached_property
    def _sheets(self) -> list[tuple[bool, int, int, str, bool]]:
        """(in this call, application, expert, state, may the reader learn it): live and declined here, owed in other calls."""
        here = Sheet.objects.of_call(self.call).filter(state__in=(*LIVE, "declined"), application__state__in=TO_JUDGE)
        away = Sheet.objects.visible_to(self.reader).outstanding().filter(expert__in=self.experts)
        facts = ("is_here", "application", "expert", "state", "is_told")
        rows = here.told_to(self.reader).annotate(is_here=Value(True)).order_by().values_list(*facts)
        more = away.exclude(application__call=self.call).annotate(is_here=Value(False), is_told=Value(True)).order_by()
        return list(rows.union(more.values_list(*facts), all=True))

    @cached_property
    def live(self) -> dict[Pair, tuple[str, bool]]:
        """Live sheets on what is judged: pair → (state, may the reader learn it)."""
        return {(a, e): (state, told) for here, a, e, state, told in self._sheets if here and state in LIVE}

    @cached_property
    def declined(self) -> set[Pair]:
        return {(a, e) for here, a, e, state, _told in self._sheets if here and state == "declined"}

    @cached_property
    def elsewhere(self) -> Counter:
        """Expert → sheets owed in other calls, of those the reader may see."""
        return Counter(expert for here, _application, expert, _state, _told in self._sheets if not here)
