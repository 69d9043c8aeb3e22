"""`rank`: the ranking of a call from files, without a database; anyone can check a published result with it."""

import csv
import json
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from grants.scoring.draw import Draw, Lot, numbered
from grants.scoring.faults import Faulty
from grants.scoring.files import read_rules, read_text
from grants.scoring.marked import BadFile
from grants.scoring.ranking import Ranking, Row, rank
from grants.scoring.sheets import Entry
from grants.scoring.tables import read_applications, read_scores

COLUMNS = ("place", "application", "n", "total", "mean", "median", "deviation", "spread", "passed", "reason", "outcome", "amount")


class Command(BaseCommand):
    help = "Prints the ranking that a file of rules makes of a file of scores. Reads no database and changes nothing."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rules", required=True, metavar="FILE", help="YAML: a whole regulation, or its rules alone")
        parser.add_argument(
            "--scores", required=True, metavar="FILE", help="CSV: application,expert,criterion,value (empty value = N/A)"
        )
        parser.add_argument("--applications", metavar="FILE", help="CSV: application,amount,minimum,submitted and form values")
        parser.add_argument("--format", choices=("json", "csv"), default="json", help="json (default) or csv")
        parser.add_argument(
            "--lot-seed",
            nargs="+",
            action="append",
            metavar=("SEED", "APPLICATION"),
            help="the revealed seed of a lot, and the applications it was drawn among (all, if none is named); once for each lot, the earliest first",
        )
        parser.add_argument(
            "--votes",
            action="append",
            metavar="LIST",
            help="equals in the order the chair voted, with commas between; once for each vote, the newest first",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ranking = ranking_of_files(options)
        except BadFile as bad:
            for problem in bad.problems:
                self.stderr.write(problem.say(gettext))
            raise SystemExit(1) from None
        except Faulty as fault:
            raise CommandError(f"{options['rules']}: {fault.reason.say(gettext)}") from None
        if options["format"] == "csv":
            writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(as_cells(row) for row in ranking.rows)
        else:
            self.stdout.write(json.dumps([as_columns(row) for row in ranking.rows], ensure_ascii=False, indent=1))


def ranking_of_files(options: dict[str, Any]) -> Ranking:
    """Everything `rank` does before printing. Raises BadFile, or Faulty for what only the whole shows."""
    rules, envelope = read_rules(options["rules"], read_text(options["rules"]))
    known: dict[str, Entry] | None = None
    if options["applications"]:
        known = read_applications(options["applications"], read_text(options["applications"]), rules)
    sheets = read_scores(options["scores"], read_text(options["scores"]), rules, known)
    entries = known or {name: Entry(name) for name in dict.fromkeys(sheet.application for sheet in sheets)}
    draw = _draw(options["lot_seed"], options["votes"])
    _refuse_unknown(draw, entries)
    # Without applications nobody asks for money, so there is nothing to divide.
    divided = envelope if known and all(entry.amount is not None for entry in known.values()) else None
    return rank(rules, list(entries.values()), sheets, envelope=divided, draw=draw)


def _draw(lots: list[list[str]] | None, votes: list[str] | None) -> Draw:
    """What parted equals, as it was typed."""
    orders = ([name.strip() for name in vote.split(",") if name.strip()] for vote in votes or ())
    return Draw(
        tuple(Lot(seed, frozenset(among) or None) for seed, *among in lots or ()),
        tuple(numbered(order) for order in orders if order),
    )


def _refuse_unknown(draw: Draw, entries: dict[str, Entry]) -> None:
    """A mistyped name would part nobody, and nobody would notice."""
    named = [*(lot.among or () for lot in draw.lots), *draw.votes]
    for name in sorted({name for one in named for name in one} - entries.keys()):
        raise CommandError(gettext("“{name}” is not among the applications").format(name=name))


def as_columns(row: Row) -> dict[str, Any]:
    """A row as the fixed columns: numbers as text with the rules' decimals, nothing where there is nothing."""
    figures = row.statistics
    return {
        "place": row.place,
        "application": row.application,
        "n": figures.n,
        "total": _text(row.total),
        "mean": _text(figures.mean),
        "median": _text(figures.median),
        "deviation": _text(figures.deviation),
        "spread": _text(figures.spread),
        "passed": row.passed,
        "reason": row.reason.say(gettext) if row.reason else "",
        "outcome": row.outcome,
        "amount": f"{row.amount:.2f}",
    }


def as_cells(row: Row) -> dict[str, Any]:
    """The columns for CSV; a spreadsheet must not take an application's name for a formula."""
    name = row.application
    guarded = f"'{name}" if name[:1] in "=+-@\t" else name
    return {**as_columns(row), "application": guarded, "passed": str(row.passed).lower()}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
