"""The locks of judging, in one order everywhere: the call, then applications by id, then sheets.

What changes the ranking waits for the call: the ranking that a decision or the release computes under that lock is then
the one that stands, and no sheet comes in or goes between it and the letters.
"""

from fund.workflow.engine import lock
from grants.calls.models import Call

from ..models import Sheet


def lock_calls(sheets: list[Sheet]) -> None:
    """The calls of these sheets, by id."""
    ids = {sheet.application.call_id for sheet in sheets}
    list(Call.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def lock_with_call(sheet: Sheet) -> None:
    lock_calls([sheet])
    lock(sheet)
