"""The arithmetic of a cost table: totals, caps by category, own share. Plain data in and out, Decimal roubles."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from fund.core.bilingual import say
from fund.core.money import money
from fund.core.numerals import num
from fund.questions.schema import CostTable

CENT = Decimal("0.01")
TENTH = Decimal("0.1")
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One line: `quantity` × `unit_price` roubles, of which `own` is brought by the applicant."""

    category: str
    title: str
    quantity: Decimal
    unit_price: Decimal
    own: Decimal = ZERO

    @property
    def whole(self) -> Decimal:
        """Quantity × price, rounded half up to kopecks."""
        return (self.quantity * self.unit_price).quantize(CENT, ROUND_HALF_UP)

    @property
    def requested(self) -> Decimal:
        """What is left to ask the fund for; never below zero (a larger own share is a fault of the row)."""
        return max(self.whole - self.own, ZERO)


@dataclass(frozen=True)
class Totals:
    """Sums in roubles; `own_percent` of the whole, rounded half up to one decimal; `by_category` sums asked."""

    whole: Decimal
    requested: Decimal
    own: Decimal
    own_percent: Decimal
    by_category: dict[str, Decimal]


def totals(lines: Sequence[Line]) -> Totals:
    """Adds the lines up. An empty table gives zeros."""
    requested = sum((line.requested for line in lines), ZERO)
    own = sum((line.own for line in lines), ZERO)
    whole = sum((line.whole for line in lines), ZERO)
    by_category: dict[str, Decimal] = {}
    for line in lines:
        by_category[line.category] = by_category.get(line.category, ZERO) + line.requested
    return Totals(whole, requested, own, _share(own, whole), by_category)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(TENTH, ROUND_HALF_UP) if whole else Decimal("0.0")


def faults(table: CostTable, lines: Sequence[Line]) -> list[str]:
    """What is wrong with a cost table as a whole, as sentences in the active language, in the order of the page.

    Compared exactly, without rounding: the own share with `own_percent` of the whole, each category's asked sum with
    its cap (a sum, or a share of all that is asked), the asked sum with `least` and `most`. Source: domain.md,
    "cost table".
    """
    if not lines:
        return [_("Add at least one line to the cost table")]
    found, added = [], totals(lines)
    if table.most is not None and added.requested > table.most:
        found.append(
            _("The amount must be %(most)s or less; it is %(now)s now")
            % {"most": money(table.most), "now": money(added.requested)}
        )
    if added.requested < table.least or not added.requested:
        found.append(
            _("The amount must be %(least)s or more; it is %(now)s now")
            % {"least": money(max(table.least, CENT)), "now": money(added.requested)}
        )
    if added.own * 100 < table.own_percent * added.whole:
        found.append(
            _("The own share must be %(least)s %% or more; it is %(now)s %% now")
            % {"least": num(table.own_percent), "now": num(added.own_percent)}
        )
    return found + _caps(table, added)


def _caps(table: CostTable, added: Totals) -> list[str]:
    found = []
    for category in table.categories:
        asked = added.by_category.get(category.key, ZERO)
        cap = category.cap
        if category.cap_percent is not None:
            cap = category.cap_percent * added.requested / 100
        if cap is not None and asked > cap:
            found.append(
                _("“%(category)s” may take %(cap)s at most; it takes %(now)s now")
                % {"category": say(category.label), "cap": money(cap), "now": money(asked)}
            )
    return found
