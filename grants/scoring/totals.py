"""From one handed-in sheet to its total: the row of values, automatic ones filled in, weighed. Nothing is rounded here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fund.core.parts import N_

from .faults import Faulty, faulty
from .numbers import exact
from .rules import Purpose, Rules
from .sheets import Entry, Sheet
from .weighing import Values

Row = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One application with the rows of its sheets, in the order of the criteria; all-N/A sheets are left out."""

    entry: Entry
    experts: tuple[str, ...]
    rows: tuple[Row, ...]


def sheet_total(
    rules: Rules,
    scores: Mapping[str, Decimal | None],
    *,
    amount: Decimal | None = None,
    values: Mapping[str, Decimal] | None = None,
    purpose: Purpose = "threshold",
) -> Decimal | None:
    """The unrounded total of one sheet; None if every criterion is N/A.

    `scores` by criterion key (None = N/A; a missing key counts as N/A), `amount` in roubles where weights depend on it,
    `values` the form values of automatic criteria. Raises Faulty for an amount or a form value the rules have no place
    for. Source: domain.md, "Sheet total".
    """
    with exact():
        rows = _row(rules, Entry("", amount, values=values or {}), scores)
        return rules.weighing(amount, purpose).total(rows) if rows else None


def automatic_values(rules: Rules, entry: Entry) -> dict[str, Decimal | None]:
    """The values of the automatic criteria of one application. Raises Faulty where its form value is missing or off range."""
    found: dict[str, Decimal | None] = {}
    for criterion in rules.criteria:
        if criterion.automatic is None:
            continue
        # The amount asked needs no second mention among the form values.
        given = entry.values.get(criterion.automatic.of, entry.amount if criterion.automatic.of == "amount" else None)
        if given is None and not criterion.na_allowed:
            raise faulty(
                "no_value",
                N_("“{application}” has no value “{name}”, which “{key}” needs"),
                application=entry.application,
                name=criterion.automatic.of,
                key=criterion.key,
            )
        try:
            found[criterion.key] = None if given is None else criterion.automatic.value_for(given)
        except Faulty as fault:
            raise Faulty(fault.reason, (entry.application, criterion.automatic.of)) from None
    return found


def judge(rules: Rules, entries: Sequence[Entry], sheets: Sequence[Sheet]) -> list[Judged]:
    """Entries with the rows of their sheets, in the order of `entries`.

    Raises Faulty: an application twice, a sheet on an unknown application, two sheets of one expert on one application,
    instants of submission with and without a zone.
    """
    keys = tuple(criterion.key for criterion in rules.criteria)
    by_application: dict[str, dict[str, Sheet]] = {entry.application: {} for entry in entries}
    if len(by_application) != len(entries):
        raise _twice(entries)
    if len({entry.submitted.tzinfo is None for entry in entries if entry.submitted}) > 1:
        raise faulty("zones", N_("some instants of submission have a time zone and some have none"))
    for sheet in sheets:
        found = by_application.get(sheet.application)
        if found is None:
            raise faulty(
                "unknown", N_("there is a sheet on “{application}”, which is not in the list"), application=sheet.application
            )
        if found.setdefault(sheet.expert, sheet) is not sheet:
            raise faulty(
                "twice", N_("“{expert}” has two sheets on “{application}”"), expert=sheet.expert, application=sheet.application
            )
    if len(rules.scored) == len(keys):
        return [_judged(entry, by_application[entry.application], keys) for entry in entries]
    return [_judged_with_automatic(rules, entry, by_application[entry.application]) for entry in entries]


def _twice(entries: Sequence[Entry]) -> Faulty:
    seen: set[str] = set()
    name = next(e.application for e in entries if e.application in seen or seen.add(e.application))  # type: ignore[func-returns-value]
    return faulty("twice", N_("“{application}” stands in the list twice"), application=name)


def _judged(entry: Entry, sheets: Mapping[str, Sheet], keys: Sequence[str]) -> Judged:
    experts, rows = [], []
    for expert in sorted(sheets):
        row = tuple(map(sheets[expert].scores.get, keys))
        if row[0] is not None or any(value is not None for value in row):
            experts.append(expert)
            rows.append(row)
    return Judged(entry, tuple(experts), tuple(rows))


def _judged_with_automatic(rules: Rules, entry: Entry, sheets: Mapping[str, Sheet]) -> Judged:
    automatic = automatic_values(rules, entry)
    if not rules.scored:
        return Judged(entry, ("",), (tuple(automatic[c.key] for c in rules.criteria),))
    experts, rows = [], []
    for expert in sorted(sheets):
        if row := _filled(rules, sheets[expert].scores, automatic):
            experts.append(expert)
            rows.append(row)
    return Judged(entry, tuple(experts), tuple(rows))


def _row(rules: Rules, entry: Entry, scores: Mapping[str, Decimal | None]) -> Row | None:
    return _filled(rules, scores, automatic_values(rules, entry))


def _filled(rules: Rules, scores: Mapping[str, Decimal | None], automatic: Mapping[str, Decimal | None]) -> Row | None:
    if rules.scored and all(scores.get(criterion.key) is None for criterion in rules.scored):
        return None
    return tuple((automatic if c.automatic else scores).get(c.key) for c in rules.criteria)


def totals(rules: Rules, judged: Sequence[Judged], purpose: Purpose = "threshold") -> list[tuple[Decimal | None, ...]]:
    """The unrounded totals of all sheets, per application in the order given. Run it inside `exact()`."""
    by_amount = any(criterion.weight_by_amount for criterion in rules.criteria)
    if not by_amount:
        total = rules.weighing(None, purpose).totals
        return [total(one.rows) for one in judged]
    weighings = {}
    found = []
    for one in judged:
        weights = tuple(criterion.weight_for(one.entry.amount) for criterion in rules.criteria)
        if weights not in weighings:
            weighings[weights] = rules.weighing(one.entry.amount, purpose)
        found.append(weighings[weights].totals(one.rows))
    return found


def answered(rows: Sequence[Values], place: int) -> list[Decimal]:
    """The values given for the criterion at `place`, N/A left out."""
    return [value for row in rows if (value := row[place]) is not None]
