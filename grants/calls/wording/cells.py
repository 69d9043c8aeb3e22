"""How a criterion is drawn on a sheet: its rows of cells, and the words under the chosen one. No database here."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from fund.core.bilingual import say
from fund.core.parts import written
from grants.scoring.rubric import Criterion

ROW = 7  # cells that stand in one row of the sheet's pane


def rows_of(criterion: Criterion) -> list[list[Decimal]]:
    """The values as one or two rows of cells, ascending in each; empty where a number is typed instead.

    Named levels stand in one row however many. Up to seven values: one row. A scale with steps between whole numbers:
    the whole ones, below them those between. Up to fourteen: two halves. Source: interface.md, "Score sheet rules".
    """
    values = criterion.values()
    if criterion.levels or len(values) <= ROW:
        return [values]
    whole = [value for value in values if value == value.to_integral_value()]
    between = [value for value in values if value not in whole]
    if len(between) > 1 and max(len(whole), len(between)) <= ROW:
        return [whole, between]
    middle = (len(values) + 1) // 2
    return [values[:middle], values[middle:]] if len(values) <= 2 * ROW else []


def words_of(criterion: Criterion, value: Decimal) -> str:
    """What a value means by the regulation; between two described values, both of them."""
    if value in criterion.anchors:
        return say(criterion.anchors[value])
    below = [anchor for anchor in criterion.anchors if anchor < value]
    above = [anchor for anchor in criterion.anchors if anchor > value]
    if not below or not above:
        return ""
    low, high = say(criterion.anchors[max(below)]), say(criterion.anchors[min(above)])
    return _("between “%(low)s” and “%(high)s”") % {"low": low, "high": high}


def meanings_of(criterion: Criterion) -> list[tuple[str, Decimal, str]]:
    """Each value that means something: as the form writes it, as a number, in words."""
    described = ((value, words_of(criterion, value)) for value in criterion.values())
    return [(written(value), value, words) for value, words in described if words]


def as_cell(text: str, criterion: Criterion) -> str:
    """The cell of a value as it was typed ("4", "4.0", "4,0"), or the text itself where no cell has it."""
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return text
    return next((written(one) for one in criterion.values() if one == value), text)
