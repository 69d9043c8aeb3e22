"""R4 as data: one expert's marks of a released call beside the others', by criterion and in total, without a name."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fund.core.bilingual import say
from fund.core.numerals import num
from grants.scoring.calibration import Calibration, Marks, calibrate
from grants.scoring.numbers import exact
from grants.scoring.totals import judge, totals

from ..models import Discussion
from .ranking import inputs_of

LEAST_DIGITS = 2


@dataclass(frozen=True)
class Beside:
    """One line of the page: a criterion, or the total; the ends of its scale; the figures, `digits` decimals each."""

    title: str
    low: Decimal
    high: Decimal
    found: Calibration
    digits: int

    @property
    def mine(self) -> tuple[Decimal | None, Decimal | None]:
        return self.found.own.mean, self.found.own.deviation

    @property
    def theirs(self) -> tuple[Decimal | None, Decimal | None] | None:
        return self.found.panel and (self.found.panel.mean, self.found.panel.deviation)

    @property
    def picture(self) -> str:
        """What the picture shows, for those who do not see it."""
        own, panel = self.found.own, self.found.panel
        if own.mean is None:
            return _("No score")
        if panel is None:
            return _("Your mean %(own)s") % {"own": num(own.mean, self.digits)}
        return _("Your mean %(own)s, theirs %(panel)s") % {
            "own": num(own.mean, self.digits),
            "panel": num(panel.mean, self.digits),
        }

    @property
    def severity(self) -> str:
        """`−0,40`, `+0,40`, `0,00`; nothing where the others are too few."""
        value = self.found.severity
        return "" if value is None else f"{'+' if value > 0 else ''}{num(value, self.digits)}"

    @property
    def level(self) -> str:
        """Higher or lower marks than the others', in a sentence."""
        value = self.found.severity
        if value is None:
            return ""
        if not value:
            return _("On average you gave as much as the others.")
        words = (
            _("On average you gave %(points)s less than the others.")
            if value < 0
            else _("On average you gave %(points)s more than the others.")
        )
        return words % {"points": num(abs(value), self.digits)}

    @property
    def scatter(self) -> str:
        """Whether the marks part the applications more or less than the others' do, in a sentence."""
        own, panel = self.found.own.deviation, self.found.panel and self.found.panel.deviation
        if own is None or panel is None:
            return ""
        if own == panel:
            return _("You tell strong applications from weak ones as sharply as they do.")
        if own > panel:
            return _("You tell strong applications from weak ones more sharply than they do.")
        return _("You tell strong applications from weak ones less sharply than they do.")


def calibration_of(call: Any, expert: Any) -> tuple[Beside, list[Beside]]:
    """The total and each criterion that experts score; a constant number of queries.

    What was discussed is left out, unless the regulation shows others' sheets anyway: an expert who has seen single sheets
    there could subtract them from the figures.
    """
    regulation = call.regulation
    inputs, rules = inputs_of(call), regulation.rules
    seen: set[int] = set()
    if regulation.review.others_visible != "after_own":
        seen = set(Discussion.objects.of_call(call).values_list("application", flat=True))
    judged = [
        one for one in judge(rules, inputs.entries, inputs.sheets) if inputs.applications[one.entry.application].pk not in seen
    ]
    digits = max(rules.digits, LEAST_DIGITS)
    with exact():
        rows = [dict(zip(one.experts, row, strict=True)) for one, row in zip(judged, totals(rules, judged), strict=True)]
    whole = {one.entry.application: row for one, row in zip(judged, rows, strict=True)}
    weighings = [rules.weighing(amount) for amount in rules.turning_amounts()]
    low, high = min(one.least for one in weighings), max(one.greatest for one in weighings)
    lines = []
    for place, criterion in enumerate(rules.criteria):
        if not criterion.automatic:
            marks: Marks = {
                one.entry.application: {expert: row[place] for expert, row in zip(one.experts, one.rows, strict=True)}
                for one in judged
            }
            found = calibrate(marks, str(expert.pk), digits=digits)
            lines.append(Beside(say(criterion.title), criterion.least, criterion.greatest, found, digits))
    return Beside(_("Total"), low, high, calibrate(whole, str(expert.pk), digits=digits), digits), lines
