"""Small rules, entries and sheets for the tests of scoring."""

from decimal import Decimal

from grants.scoring.rules import Rules
from grants.scoring.sheets import Entry, Sheet


def make_rules(*criteria, **parts):
    """Rules with a criterion `idea` 0–100, or with the criteria given; a sum, one decimal."""
    given = criteria or ({"key": "idea", "scale": {"max": 100}},)
    return Rules.model_validate(
        {"criteria": [{"title": "Критерий", **one} for one in given], "sheet_total": "sum", "digits": 1, **parts}
    )


def make_criterion(key="idea", most=10, **parts):
    return {"key": key, "scale": {"max": most}, **parts}


def make_entry(application, amount=None, **parts):
    return Entry(application, None if amount is None else Decimal(amount), **parts)


def make_sheets(application, *scores, experts="abcdefghij"):
    """Sheets of experts a, b, c… on one application; a number is the value of `idea`."""
    rows = [one if isinstance(one, dict) else {"idea": one} for one in scores]
    return [
        Sheet(application, expert, {key: None if value is None else Decimal(str(value)) for key, value in row.items()})
        for expert, row in zip(experts, rows, strict=False)
    ]


def ranked(rules, **scores_and_amounts):
    """`A=(90, 200)`: application A scored 90 by one expert, asking 200. Gives entries and sheets."""
    entries = [make_entry(name, amount) for name, (_, amount) in scores_and_amounts.items()]
    sheets = [sheet for name, (score, _) in scores_and_amounts.items() for sheet in make_sheets(name, score)]
    return entries, sheets
