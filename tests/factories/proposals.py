"""Cost tables for tests, small and whole."""

from fund.questions.schema import CostTable


def make_table(**facts) -> CostTable:
    """Things without a cap, work up to half of the grant, travel up to 20,000."""
    categories = [
        {"key": "things", "label": {"ru": "Материалы", "en": "Materials"}},
        {"key": "work", "label": {"ru": "Работы", "en": "Work"}, "cap_percent": 50},
        {"key": "travel", "label": {"ru": "Поездки", "en": "Travel"}, "cap": 20000},
    ]
    return CostTable.model_validate({"categories": categories, **facts})


def row(
    category: str = "things", title: str = "Доски", quantity: str = "1", unit_price: str = "1000", own: str = ""
) -> dict[str, str]:
    """One row as it is typed."""
    return {"category": category, "title": title, "quantity": quantity, "unit_price": unit_price, "own": own}
