"""The rows of a budget: category, title, quantity, price, own share; the sum of each row is the server's."""

from typing import Any

from django.utils.translation import gettext as _

from fund.core.bilingual import say
from fund.core.money import money
from fund.questions.forms.rows import RowsInput, places
from fund.questions.schema import CostTable

from .cost_rows import COLUMNS, read_line

NUMERIC = ("quantity", "unit_price", "own")


class CostRows(RowsInput):
    """RowsInput with the columns of a cost table. `faults`: (row, column) → sentence, shown at the cell."""

    template_name = "proposals/cost_rows.html"

    def __init__(self, table: CostTable, attrs: dict | None = None):
        super().__init__(most=table.max_lines, attrs=attrs)
        self.table = table
        self.faults: dict[tuple[int, str], str] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        return COLUMNS

    def is_blank(self, row: dict[str, str]) -> bool:
        """A category alone is a row nobody has begun: it may be the first of the list."""
        return not any(row[key].strip() for key in COLUMNS if key != "category")

    def get_columns(self) -> list[dict]:
        labels = {
            "category": _("Category"),
            "title": _("What for"),
            "quantity": _("Quantity"),
            "unit_price": _("Price, ₽"),
            "own": _("Own share, ₽"),
        }
        return [
            {"key": key, "label": labels[key], "is_numeric": key in NUMERIC, "unit": "", "is_optional": key == "own"}
            for key in COLUMNS
        ]

    def sums(self, data: Any, name: str) -> list[tuple[int, str]]:
        """The number of each row sent, and its sum."""
        return [(place, sum_of(self._row(data, f"{name}-{place}"))) for place in places(data, name)]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict:
        context = super().get_context(name, value, attrs)
        choices = [(one.key, say(one.label)) for one in self.table.categories]
        for row in context["widget"]["rows"]:
            typed = {cell["key"]: cell["value"] for cell in row["cells"]}
            row["sum"] = sum_of(typed)
            for cell in row["cells"]:
                cell["fault"] = self.faults.get((row["place"], cell["key"]), "")
                cell["choices"] = choices if cell["key"] == "category" else ()
        return context


def sum_of(row: dict[str, str]) -> str:
    """Quantity × price as it stands in the row; nothing while they cannot be read."""
    line = read_line(row)
    return money(line.whole, sign=False) if line else ""
