"""The released ranking as a table: every ranked application with its figures and what became of it; nobody who judged."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fund.core.exports import Cell
from grants.applications.models import Application
from grants.applications.workflow import WORKFLOW
from grants.reviews.models import Conflict
from grants.reviews.queries import ranking_of


def exported_rows(call: Any, *, reader: Any, now: datetime) -> Iterator[list[Cell]]:
    """The names of the columns, then a row each in the order of the ranking; a constant number of queries."""
    yield [
        _("Place"), _("Number"), _("Application"), _("Asked, ₽"), "n", _("Total"), _("Mean"), _("Median"), _("Deviation"),
        _("Spread"), _("Passed"), _("Reason"), _("Outcome"), _("Granted, ₽"), _("Place in the reserve"),
    ]  # fmt: skip
    tied = set(Conflict.objects.live().filter(application__call=call, expert=reader).values_list("application", flat=True))
    applications = Application.objects.of_call(call).only("pk", "call", "state", "granted", "reserve_place").in_bulk()
    for row in ranking_of(call, now=now):
        if row.pk in tied:
            continue
        one = applications[row.pk]
        yield [
            row.place, row.number, row.title, row.asked, row.n, row.total, row.mean, row.median, row.deviation, row.spread,
            _("yes") if row.passed else _("no"), row.why, str(WORKFLOW.states[one.state].label), one.granted, one.reserve_place,
        ]  # fmt: skip
