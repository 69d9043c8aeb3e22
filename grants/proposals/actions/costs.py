"""The cost table: kept as typed, like any answer; what can be read of it stands in lines that can be added up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fund.people.models import Person
from fund.questions.actions import save_part
from fund.questions.models import Answers
from fund.questions.schema import CostTable

from ..cost_rows import COLUMNS, read_lines, read_minimum
from ..costs import totals
from ..models import CostLine, Proposal
from ..parts import COSTS, MINIMUM


@transaction.atomic
def save_costs(
    *,
    of: Proposal,
    table: CostTable,
    rows: Sequence[Mapping[str, Any]],
    version: int,
    by: Any,
    now: datetime,
    minimum: str = "",
    tab: str = "",
    finished: bool | None = None,
    for_: Person | None = None,
) -> Answers:
    """Keeps the whole table as typed; raises Conflict if another page saved it since `version`.

    In order: keep the rows; write the lines that can be read anew; while nothing was sent yet, the proposal's sums follow
    (from then on they are what was sent, and sending writes them).
    """
    typed = [{column: str(row.get(column, "")) for column in COLUMNS} for row in rows]
    values = {COSTS: typed, MINIMUM: minimum}
    answers = save_part(of=of, part=COSTS, values=values, version=version, by=by, now=now, tab=tab, finished=finished, for_=for_)
    lines = read_lines(table, answers.values.get(COSTS, []))[: table.max_lines]
    CostLine.objects.about(of).delete()
    CostLine.objects.bulk_create(
        CostLine(
            **CostLine.key(of),
            position=place,
            category=line.category,
            title=line.title,
            quantity=line.quantity,
            unit_price=line.unit_price,
            requested=line.requested,
            own=line.own,
        )
        for place, line in enumerate(lines, 1)
    )
    if of.submitted_at is None:
        added = totals(lines)
        of.amount, of.own_amount = added.requested, added.own
        of.minimum = read_minimum(answers.values.get(MINIMUM)) if table.minimum_allowed else None
        of.save(update_fields=["amount", "own_amount", "minimum"])
    return answers
