"""Scores and applications read from CSV; whatever is wrong is named by line and column, and nothing is half taken."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TypeVar

from fund.core.parts import N_

from .faults import Faulty, faulty, path
from .marked import BadFile, Problem, bad_file
from .numbers import number_in
from .readable import LINE_END, STRANGE, strange_character
from .rubric import validate_score
from .rules import Rules
from .sheets import Entry, Sheet

MOST_ROWS = 5_000_000
SCORES = ("application", "expert", "criterion", "value")
FIXED = ("application", "amount", "minimum", "submitted")

Found = TypeVar("Found")


def read_scores(file: str, text: str, rules: Rules, known: Mapping[str, Entry] | None = None) -> list[Sheet]:
    """Score sheets from CSV `application,expert,criterion,value`, one row a value; an empty value is N/A.

    `,` or `;` between cells, a point or a comma in numbers. Every sheet must have a row for every criterion that experts
    score; with `known` given, every application must be among them. Raises BadFile with all that is wrong, by line and
    column.
    """
    criteria = {criterion.key: criterion for criterion in rules.criteria}
    found: dict[tuple[str, str], dict[str, Decimal | None]] = {}
    first: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for line, row in _rows(file, text, SCORES, exactly=True):
        try:
            application, expert, key, value = row["application"], row["expert"], row["criterion"], row["value"]
            _named(application, "application"), _named(expert, "expert")
            if known is not None and application not in known:
                raise faulty("unknown", N_("“{name}” is not among the applications"), at=("application",), name=application[:60])
            if key not in criteria:
                raise faulty("unknown", N_("there is no criterion “{key}”"), at=("criterion",), key=key[:60])
            scores = found.setdefault((application, expert), {})
            first.setdefault((application, expert), line)
            if key in scores:
                raise faulty(
                    "twice",
                    N_("“{expert}” has scored “{key}” of “{application}” already"),
                    at=("criterion",),
                    expert=expert[:60],
                    key=key,
                    application=application[:60],
                )
            scores[key] = None
            scores[key] = _at("value", partial(validate_score, criteria[key], value))
        except Faulty as fault:
            problems.append(Problem(file, line, path(fault.at), fault.reason))
    problems += _gaps(file, rules, found, first)
    if problems:
        raise BadFile(problems)
    return [Sheet(application, expert, scores) for (application, expert), scores in found.items()]


def _gaps(
    file: str, rules: Rules, found: Mapping[tuple[str, str], Mapping[str, object]], first: Mapping[tuple[str, str], int]
) -> Iterator[Problem]:
    keys = [criterion.key for criterion in rules.scored]
    for (application, expert), scores in found.items():
        if len(scores) < len(keys):
            missing = ", ".join(key for key in keys if key not in scores)
            reason = faulty(
                "missing",
                N_("the sheet of “{expert}” on “{application}” has no row for {missing}"),
                expert=expert[:60],
                application=application[:60],
                missing=missing,
            ).reason
            yield Problem(file, first[application, expert], "criterion", reason)


def read_applications(file: str, text: str, rules: Rules) -> dict[str, Entry]:
    """Applications from CSV `application,amount,minimum,submitted` and the form values that automatic criteria need.

    Amounts in roubles; `minimum` and `submitted` may be missing or empty. Instants as 2026-10-15T18:00+02:00. Raises
    BadFile with all that is wrong, by line and column.
    """
    needed = {c.automatic.of: c.automatic for c in rules.criteria if c.automatic}
    optional = {c.automatic.of for c in rules.criteria if c.automatic and c.na_allowed}
    found: dict[str, Entry] = {}
    problems: list[Problem] = []
    zoned: bool | None = None
    for line, row in _rows(file, text, (*FIXED[:2], *sorted(set(needed) - optional - set(FIXED)))):
        try:
            entry = _entry(row, needed)
            if entry.application in found:
                raise faulty(
                    "twice",
                    N_("“{application}” stands in the list twice"),
                    at=("application",),
                    application=entry.application[:60],
                )
            if entry.submitted:
                zoned = bool(entry.submitted.tzinfo) if zoned is None else zoned
                if zoned != bool(entry.submitted.tzinfo):
                    raise faulty(
                        "zones", N_("some instants of submission have a time zone and some have none"), at=("submitted",)
                    )
            if entry.amount is None and rules.needs_amounts:
                raise faulty("no_amount", N_("the rules depend on the amount, and none is given"), at=("amount",))
            if rules.needs_amounts:
                _at("amount", partial(_check_amount, rules, entry.amount))
            for name, automatic in needed.items():
                if name in entry.values:
                    _at(name, partial(automatic.value_for, entry.values[name]))
                elif name not in optional:
                    raise faulty("missing", N_("a value is needed"), at=(name,))
            found[entry.application] = entry
        except Faulty as fault:
            problems.append(Problem(file, line, path(fault.at), fault.reason))
    if problems:
        raise BadFile(problems)
    return found


def _check_amount(rules: Rules, amount: Decimal | None) -> None:
    """Raises Faulty where a band has no place for the amount."""
    rules.weighing(amount)
    rules.thresholds.for_amount(amount)


def _entry(row: Mapping[str, str], needed: Mapping[str, object]) -> Entry:
    amount, minimum = _number(row, "amount", money=True), _number(row, "minimum", money=True)
    if minimum is not None and amount is not None and minimum > amount:
        raise faulty(
            "minimum", N_("the minimum {minimum} is above the amount {amount}"), at=("minimum",), minimum=minimum, amount=amount
        )
    values = {name: number for name in needed if (number := _number(row, name)) is not None}
    return Entry(_named(row["application"], "application"), amount, minimum, _instant(row.get("submitted", "")), values)


def _at(column: str, act: Callable[[], Found]) -> Found:
    """Does `act`; a fault in it stands in `column`."""
    try:
        return act()
    except Faulty as fault:
        raise Faulty(fault.reason, (column,)) from None


def _named(name: str, column: str) -> str:
    if not name:
        raise faulty("missing", N_("a name is needed"), at=(column,))
    return name


def _number(row: Mapping[str, str], column: str, *, money: bool = False) -> Decimal | None:
    text = row.get(column, "")
    if not text:
        return None
    number = number_in("".join(text.split()))  # thousands are parted by spaces of many kinds
    if number is None or number.copy_abs() >= 10**12 or number != round(number, 6):
        raise faulty("not_a_number", N_("“{value}” is not a number"), at=(column,), value=text[:40])
    if money and (number < 0 or number != round(number, 2)):
        raise faulty("not_money", N_("“{value}” is not an amount in roubles and kopecks"), at=(column,), value=text[:40])
    return number


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise faulty(
            "not_a_moment", N_("“{value}” is not a moment, as 2026-10-15T18:00+02:00"), at=("submitted",), value=text[:40]
        ) from None


def _rows(file: str, text: str, needed: Sequence[str], *, exactly: bool = False) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as (line, column → stripped cell). Raises BadFile for a header or a row of the wrong shape."""
    text = LINE_END.sub("\n", text.removeprefix("\ufeff"))
    if strange := strange_character(text):
        raise bad_file(file, strange[0], "character", STRANGE, character=strange[1])
    head, _, _ = text.partition("\n")
    reader = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
    line = 1
    try:
        columns = [name.strip() for name in next(reader, [])]
        missing = [name for name in needed if name not in columns]
        if missing or len(set(columns)) != len(columns) or (exactly and len(columns) != len(needed)):
            raise bad_file(file, 1, "csv", N_("the first line must name the columns {columns}"), columns=",".join(needed))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(columns):
                    raise bad_file(
                        file,
                        line,
                        "csv",
                        N_("{found} cells where {expected} are expected"),
                        found=len(cells),
                        expected=len(columns),
                    )
                if line > MOST_ROWS:
                    raise bad_file(file, line, "csv", N_("the file has more than {most} lines"), most=MOST_ROWS)
                yield line, dict(zip(columns, map(str.strip, cells), strict=True))
            line = reader.line_num + 1
    except csv.Error:
        raise bad_file(file, line, "csv", N_("the quotation marks of a cell do not match, or it is too long")) from None
