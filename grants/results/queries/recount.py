"""A released call as the files that `rank` reads: whoever has them computes the ranking again, without a database or a name."""

import csv
import shlex
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fund.core.parts import written
from grants.calls.regulation import write_regulation
from grants.reviews.queries import inputs_of
from grants.reviews.queries.ranking import Judged

RULES, SCORES, APPLICATIONS, README = "regulation.yaml", "scores.csv", "applications.csv", "README.txt"


def recount_files(call: Any) -> dict[str, str]:
    """Name → text of each file; experts are numbered by lot, each under one number over the whole call."""
    judged = inputs_of(call)
    return {
        RULES: write_regulation(call.regulation),
        SCORES: _csv(("application", "expert", "criterion", "value"), _scores(call, judged)),
        APPLICATIONS: _csv(*_applications(judged)),
        README: _readme(judged),
    }


def _scores(call: Any, judged: Judged) -> list[tuple]:
    experts = sorted({sheet.expert for sheet in judged.sheets}, key=lambda expert: _lot(call, expert))
    names = {expert: f"expert-{number:02d}" for number, expert in enumerate(experts, 1)}
    rows = [
        (sheet.application, names[sheet.expert], criterion.key, sheet.scores.get(criterion.key))
        for sheet in judged.sheets
        for criterion in judged.rules.scored
    ]
    return sorted(rows, key=lambda row: row[:2])


def _lot(call: Any, expert: str) -> str:
    return salted_hmac("results.recount", f"{call.uid} {expert}", algorithm="sha256").hexdigest()


def _applications(judged: Judged) -> tuple[Sequence[str], list[tuple]]:
    needed = [c.automatic.of for c in judged.rules.criteria if c.automatic]
    forms = sorted(set(needed) - {"amount"})
    rows = [
        (one.application, one.amount, one.minimum, one.submitted, *(one.values.get(name) for name in forms))
        for one in judged.entries
    ]
    return ("application", "amount", "minimum", "submitted", *forms), sorted(rows, key=lambda row: row[0])


def _readme(judged: Judged) -> str:
    """How to compute it again, as one line for a shell: with the seed and the list of each lot, and every vote of the chair."""
    words = ["--rules", RULES, "--scores", SCORES, "--applications", APPLICATIONS, "--format", "csv"]
    for lot in judged.draw.lots:
        words += ["--lot-seed", lot.seed, *sorted(lot.among or ())]
    for vote in judged.draw.votes:
        words += ["--votes", ",".join(sorted(vote, key=vote.__getitem__))]
    return _("The ranking of this call can be computed again from these files:") + f"\n\nmanage.py rank {shlex.join(words)}\n"


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    file = StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(head)
    table.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return written(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)
