"""docs/access.md as text: who gets which answer where, and which named rules open and close rows."""

from fund.core.visibility import CLOSING, FOR_ANYONE, OPENING

from .tables import ROLES, tables

HEAD = """# Who sees what

Made by `python -m tests.house.access` from the tables that the tests walk through (tests/house/access/) and from the
visibility rules; a test says whether it is fresh. Default is no: a row that no rule opens does not exist for you (404).
409 is for those whose act it is: a sentence that it cannot be done now, because the thing stands elsewhere.

## Rows: named rules

"""


def text() -> str:
    return (
        HEAD + _rules() + "\n## Addresses: what a GET answers\n" + "".join(_table(room, rows) for room, rows in tables().items())
    )


def _rules() -> str:
    lines = ["| rows of | are opened by | and closed by |", "|---|---|---|"]
    for label in sorted(OPENING | CLOSING):
        opening = [name + (" (visitors too)" if (label, name) in FOR_ANYONE else "") for name in sorted(OPENING.get(label, {}))]
        lines.append(f"| {label} | {'; '.join(opening)} | {'; '.join(sorted(CLOSING.get(label, {})))} |")
    return "\n".join(lines) + "\n"


def _table(room: str, rows: list[dict]) -> str:
    lines = [
        f"\n### {room}\n",
        f"| address | {' | '.join(role.replace('_', ' ') for role in ROLES)} |",
        "|---" * (len(ROLES) + 1) + "|",
    ]
    lines += [f"| {row['url']} | {' | '.join(row[role] for role in ROLES)} |" for row in rows]
    return "\n".join(lines) + "\n"
