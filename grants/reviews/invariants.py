"""Sheets: the last hand-in counts, and nobody tied reads."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef

from fund.core.invariants import invariant

from .models import READING, Conflict, HandIn, Sheet


@invariant("reviews.Sheet", "counts with its own last hand-in")
def other_hand_in() -> Iterable[Any]:
    later = HandIn.objects.filter(sheet=OuterRef("pk"), number__gt=OuterRef("current__number"))
    return Sheet.objects.submitted().exclude(current__sheet=F("pk")) | Sheet.objects.submitted().filter(Exists(later))


@invariant("reviews.HandIn", "is numbered without gaps")
def gaps() -> Iterator[Any]:
    last: dict[int, int] = {}
    for one in HandIn.objects.order_by("sheet", "number").only("pk", "sheet_id", "number").iterator():
        if one.number != last.get(one.sheet_id, 0) + 1:
            yield one
        last[one.sheet_id] = one.number


@invariant("reviews.Sheet", "is closed to whom a conflict ties")
def read_by_tied() -> Iterable[Any]:
    tied = Conflict.objects.live().filter(application=OuterRef("application"), expert=OuterRef("expert"))
    return Sheet.objects.filter(Exists(tied), state__in=READING).exclude(state="submitted")
