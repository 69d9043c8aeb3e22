"""`check_invariants`: walks the whole database and names what is wrong."""

import json as json_format
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fund.core.invariants import Breach, all_rules, breaches

SHOWN = 10  # keys of a broken rule that are printed; the count tells the rest


class Command(BaseCommand):
    help = "Walks the whole database and names what is wrong: sums, hashes, states, files. Exits 1 if anything is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what is wrong for programs")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        found = list(breaches())
        if json:
            self.stdout.write(json_format.dumps([vars(one) for one in found], ensure_ascii=False, indent=1, default=str))
        else:
            self.stdout.write("\n".join([*map(says, found), f"{len(all_rules())} rules asked, {len(found)} broken."]))
        if found:
            raise SystemExit(1)


def says(breach: Breach) -> str:
    keys = ", ".join(map(str, breach.rows[:SHOWN])) + (", …" if len(breach.rows) > SHOWN else "")
    return f"{breach.label}: not every row {breach.name}. Broken by {len(breach.rows)}: {keys}"
