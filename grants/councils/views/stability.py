"""How firm the ranking is: which places flip under small changes, counted by a job when somebody asks."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.core.bilingual import say
from fund.core.charts import Range
from fund.core.numerals import num
from fund.core.pages import ThingVerbPage
from grants.reviews.actions import ask_stability
from grants.reviews.models import Conflict, Sheet
from grants.reviews.queries.stability import Firmness, firmness_of

from ..forms import AGGREGATIONS
from ..permissions import can_rank
from .of_call import CallMixin

WAYS = ("enters", "leaves")
DRAWN = 40  # rows of the chart: those nearest the line


class StabilityRead(CallMixin, ThingVerbPage):
    """The report counted last; a button asks for another."""

    template_name = "councils/stability.html"
    title = gettext_lazy("Stability of the ranking")
    may = staticmethod(can_rank)

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Decisions"), reverse("councils:list", args=[self.thing.slug]))]

    def act(self, form) -> str:
        ask_stability(call=self.thing, by=self.request.user, now=self.request.now)
        return reverse("councils:stability", args=[self.thing.slug])

    def get_template_names(self):
        return ["councils/stability_state.html"] if self.request.htmx else [self.template_name]

    def get_context_data(self, **kwargs):
        firmness = firmness_of(self.thing)
        return super().get_context_data(firmness=firmness, **self.findings(firmness), **kwargs)

    def findings(self, firmness: Firmness) -> dict:
        """The report as the page shows it; without what a declared conflict closes to the reader."""
        if firmness.counted is None:
            return {}
        found = firmness.counted.found
        closed = Conflict.objects.live().filter(application__call=self.thing, expert=self.request.user)
        hidden = set(closed.values_list("application__number", flat=True))
        rows = [row for row in found["rows"] if row["number"] not in hidden]
        kept = [{**one, **{way: [n for n in one[way] if n not in hidden] for way in WAYS}} for one in found["scenarios"]]
        scenarios = [(self.name_of(one), one) for one in kept if one["kind"] != "expert_out"]
        left_out = [one for one in kept if one["kind"] == "expert_out"]
        changing = [one for one in left_out if one["enters"] or one["leaves"]]
        names = self.names_of({one["of"] for one in changing})
        scenarios += [(_("Without %(name)s") % {"name": names.get(one["of"], _("one expert"))}, one) for one in changing]
        return {
            "found": found,
            "rows": rows,
            "scenarios": scenarios,
            "quiet_experts": len(left_out) - len(changing),
            "open": sum(0 < row["funded"] < found["of"] for row in rows),
            **self.chart(rows, found),
        }

    def name_of(self, scenario: dict) -> str:
        if scenario["kind"] == "aggregation":
            return str(dict(AGGREGATIONS)[scenario["of"]])
        criterion = self.thing.regulation.rules.criterion(scenario["of"])
        factor = num(Decimal("1.1") if scenario["kind"] == "weight_up" else Decimal("0.9"))
        return f"{say(criterion.title) if criterion else scenario['of']} × {factor}"

    def names_of(self, experts: set[str]) -> dict[str, str]:
        sheets = Sheet.objects.of_call(self.thing).filter(expert__in=experts).select_related("expert__person")
        return {str(sheet.expert_id): sheet.expert.person.short_name for sheet in sheets}

    def chart(self, rows: list[dict], found: dict) -> dict:
        """The rows nearest the line, in the order of their places."""
        placed = [row for row in rows if row["place"]]
        line = max((row["place"] for row in placed if row["is_in"]), default=0)
        near = sorted(sorted(placed, key=lambda row: abs(row["place"] - line))[:DRAWN], key=lambda row: row["place"])
        if not near:
            return {"ranges": []}
        last = max(row["worst"] or row["place"] for row in near)
        drawn = [
            Range(
                name=f"{row['place']}. {row['title']}",
                low=row["best"],
                at=row["place"],
                high=row["worst"] or last,
                words=said_of(row),
                is_open=0 < row["funded"] < found["of"],
            )
            for row in near
        ]
        return {"ranges": drawn, "first_place": min(row["best"] for row in near), "last_place": last, "cut": line}


def said_of(row: dict) -> str:
    """The range of a place in words."""
    if row["worst"] is None:
        return _("from %(best)s to not passing") % {"best": row["best"]}
    if row["best"] == row["worst"]:
        return _("always %(place)s") % {"place": row["best"]}
    return _("from %(best)s to %(worst)s") % {"best": row["best"], "worst": row["worst"]}
