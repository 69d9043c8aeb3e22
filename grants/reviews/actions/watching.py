"""Divergence is looked at whenever a sheet on an application changes: found once, told once, computed again each time."""

from datetime import datetime
from typing import Any

from fund.audit.actions import record

from ..models import Divergence, Sheet
from ..notices import tell_diverging
from ..queries.disagreement import measure


def watch(application: Any, *, now: datetime) -> None:
    """Keeps what is known of an application's divergence true. The caller holds the call's lock.

    In order: measure what is handed in; write down a divergence that is new, once no sheet is awaited any more, and
    tell the curator; say of one known before whether it still stands. An application is never told of twice.
    """
    if application.regulation.rules.divergence is None:
        return
    known = Divergence.objects.filter(application=application).first()
    found = measure(application)
    spread = found.statistics.spread or 0
    if known is None:
        if found.diverges and not Sheet.objects.outstanding().filter(application=application).exists():
            divergence = Divergence.objects.create(application=application, found_at=now, spread=spread)
            record("reviews.diverge", divergence, by=None, now=now, facts={"spread": str(spread)})
            tell_diverging(application, now=now)
    elif (known.stands, known.spread) != (found.diverges, spread):
        known.stands, known.spread = found.diverges, spread
        known.save(update_fields=["stands", "spread"])
        record("reviews.diverge", known, by=None, now=now, facts={"spread": str(spread), "stands": known.stands})
