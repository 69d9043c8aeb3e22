"""Worked examples run: what was expected, what the rules give, and each difference with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from fund.core.parts import N_, Place, plain

from .examples import Example, ExampleApplication
from .explain import contributions
from .faults import Faulty, faulty
from .numbers import half_up
from .ranking import Ranking, Row, rank
from .rules import Rules
from .sheets import Entry, Sheet


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of an example that came out otherwise. `at` is its path inside the example."""

    at: Place
    application: str
    what: str
    expected: object
    actual: object


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one example came out; `ranking` is None where the rules cannot be applied to it, and `fault` says why."""

    example: Example
    differences: tuple[Difference, ...]
    ranking: Ranking | None
    fault: Faulty | None = None

    @property
    def is_right(self) -> bool:
        return not self.differences and self.fault is None


def entries_of(example: Example) -> tuple[list[Entry], list[Sheet]]:
    """The applications and sheets of an example as `rank` takes them."""
    entries, sheets = [], []
    for name, application in example.applications.items():
        entries.append(Entry(name, application.amount, application.minimum, application.submitted, application.values))
        sheets += [Sheet(name, expert, scores) for expert, scores in application.sheets.items()]
    return entries, sheets


def run_example(rules: Rules, example: Example, envelope: Decimal | None = None) -> ExampleResult:
    """Ranks one example and compares; `envelope` in roubles holds where the example names none.

    Expected totals are compared exactly as written by the rules' rounding: 60 and 60.0 are the same.
    """
    own = envelope if example.envelope is None else example.envelope
    entries, sheets = entries_of(example)
    try:
        ranking = rank(rules, entries, sheets, envelope=_dividable(own, entries), lot_seed=example.lot_seed, votes=example.votes)
        return ExampleResult(example, tuple(_differences(rules, example, ranking, entries, sheets)), ranking)
    except Faulty as fault:
        return ExampleResult(example, (), None, fault)


def _dividable(envelope: Decimal | None, entries: list[Entry]) -> Decimal | None:
    """An example about totals alone names no amounts, so there is nothing to divide."""
    return None if any(entry.amount is None for entry in entries) else envelope


def run_examples(rules: Rules, envelope: Decimal | None = None) -> list[ExampleResult]:
    """All worked examples of the rules, in their order. A call may open only if each `is_right`."""
    return [run_example(rules, example, envelope) for example in rules.examples]


def examples_faults(rules: Rules, envelope: Decimal | None = None) -> list[Faulty]:
    """What does not come out right, with paths from the rules down; empty if all is well."""
    faults = []
    for place, result in enumerate(run_examples(rules, envelope)):
        above: Place = ("examples", place)
        if result.fault:
            faults.append(Faulty(result.fault.reason, above))
        faults += [
            faulty(
                "example",
                N_("the example expects {expected}, the rules give {actual}"),
                at=(*above, *one.at),
                expected=_written(one.expected),
                actual=_written(one.actual),
            )
            for one in result.differences
        ]
    return faults


def _written(value: object) -> object:
    if value is None:
        return "n/a"
    if isinstance(value, tuple):
        return ", ".join(value) or "n/a"
    return str(value).lower() if isinstance(value, bool) else plain(value)


def _differences(
    rules: Rules, example: Example, ranking: Ranking, entries: list[Entry], sheets: list[Sheet]
) -> Iterator[Difference]:
    for entry in entries:
        application = example.applications[entry.application]
        row = ranking.row(entry.application)
        own = [sheet for sheet in sheets if sheet.application == entry.application]
        for key, (expected, actual) in _compared(rules, application, row, entry, own).items():
            if expected != actual:
                yield Difference(
                    ("applications", entry.application, "expect", *key), entry.application, key[-1], expected, actual
                )
    order = tuple(row.application for row in ranking.rows if row.passed)
    if example.order is not None and example.order != order:
        yield Difference(("order",), "", "order", example.order, order)


def _compared(
    rules: Rules, application: ExampleApplication, row: Row, entry: Entry, sheets: list[Sheet]
) -> dict[tuple[str, ...], tuple[object, object]]:
    expect = application.expect
    figures = {
        "n": row.statistics.n,
        "total": row.total,
        "ranking": row.ranking,
        "mean": row.statistics.mean,
        "median": row.statistics.median,
        "deviation": row.statistics.deviation,
        "spread": row.statistics.spread,
        "passed": row.passed,
        "place": row.place,
        "outcome": row.outcome,
        "amount": row.amount,
    }
    found: dict[tuple[str, ...], tuple[object, object]] = {
        (key,): (getattr(expect, key), figures[key]) for key in figures if key in expect.model_fields_set
    }
    if expect.contributions:
        made = contributions(rules, entry, sheets)
        for key, points in expect.contributions.items():
            actual = made.get(key)
            found["contributions", key] = (points, None if actual is None else half_up(actual, rules.digits))
    return found
