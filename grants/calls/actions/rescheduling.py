"""The dates of a call before it opens: a form's worth of the regulation, written as a new version."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.people.models import Person
from fund.workflow.engine import lock

from ..models import Call, Version
from ..permissions import can_reschedule
from ..queries import changed
from .adopting import adopt
from .sketching import follow, refuse_sketched

IN_WORDS = {
    "opens": _("The opening"),
    "closes": _("The deadline"),
    "checked_by": _("The end of the formal check"),
    "judged_by": _("The end of the judging"),
    "decided_by": _("The day of decisions"),
    "released_by": _("The day of results"),
}


@transaction.atomic
def reschedule_call(
    call: Call, *, dates: dict[str, datetime | None], by: Any, now: datetime, for_: Person | None = None
) -> Version | None:
    """Writes the moments of the timeline given in `dates`; a refusal names the moment that is wrong.

    In order: lock; refuse what lies in the past or out of order; adopt the regulation with these dates; record.
    """
    lock(call)
    if not can_reschedule(by, call) or (call.state == "announced" and call.opens_at <= now):
        raise Refused(_("The dates of this call can no longer be set: amend its regulation."), code="frozen")
    sketch = refuse_sketched(call)
    for name, at in dates.items():
        if at is not None and at <= now and name != "opens":
            raise Refused(_("%(what)s lies in the past.") % {"what": IN_WORDS[name]}, field=name, code="past")
    version = adopt(call, changed(call.regulation, timeline=dates), by=by, now=now)
    if version:
        follow(sketch, call)
        record("calls.reschedule", call, by=by, for_=for_, now=now, facts={"version": version.number})
    return version
