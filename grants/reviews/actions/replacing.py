"""Somebody else in place of a sheet that was given back, closed by a tie, or is not in by its day; reminding before that."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.workflow.engine import lock

from ..keeping import is_kept
from ..models import Divergence, Sheet
from ..notices import tell_late, tell_overdue, tell_reminded
from ..permissions import can_remind, can_replace
from .assigning import invite_expert, revoke_sheet

# Between two reminders of one sheet by an officer.
PAUSE = timedelta(hours=12)
# After the expert is told that the day is over, until the curator is asked to find somebody else.
PATIENCE = timedelta(days=2)


@transaction.atomic
def replace_sheet(*, sheet: Sheet, expert: Any, due_at: datetime, by: Any, now: datetime) -> Sheet:
    """Asks another expert in place of this sheet's, once for a sheet.

    In order: lock the call and the sheet; refuse who may not; the same replacement once more is the one that stands; refuse
    a decided application, a second replacement, a sheet that stands, who judges the application already; take a late sheet back; invite by the verb of assignment; where the sheet was the one
    more expert of a divergence, the new one is.
    """
    lock(sheet.application.call)
    lock(sheet)
    if not can_replace(by, sheet):
        raise Refused(_("Experts can be assigned once the call is closed and until it is decided."), code="who")
    there = Sheet.objects.filter(replaces=sheet).first()
    if there is not None and there.expert_id == expert.pk:
        return there
    if is_kept(sheet.application):
        raise Refused(_("A decision on “%(title)s” is pending.") % {"title": sheet.application.name}, code="kept")
    if there is not None:
        raise Refused(_("Somebody else has been asked already."), code="once")
    if not sheet.is_lost(now):
        raise Refused(_("The sheet is with its expert, and its day is not over: there is nobody to replace."), code="stands")
    if Sheet.objects.live().filter(application=sheet.application, expert=expert).exists():
        raise Refused(_("This expert judges the application already."), field="expert", code="twice")
    if sheet.is_live:
        revoke_sheet(sheet=sheet, by=by, now=now, why=_("It was not in by its day."))
    new = invite_expert(application=sheet.application, expert=expert, due_at=due_at, by=by, now=now)
    new.replaces = sheet
    new.save(update_fields=["replaces"])
    record("reviews.replace", sheet, by=by, now=now, facts={"by": new.pk})
    Divergence.objects.filter(extra=sheet).update(extra=new)
    return new


@transaction.atomic
def remind_sheets(*, call: Any, sheets: Iterable[int], by: Any, now: datetime) -> tuple[int, int]:
    """Reminds the experts of these sheets, one letter each; a sheet reminded of within twelve hours is passed over.

    In order: lock the call; refuse who may not, and where nothing is chosen or all were just reminded; note the hour; record;
    the letters. Returns (experts reminded, sheets passed over).
    """
    lock(call)
    if not can_remind(by, call):
        raise Refused(_("This is not yours to do."), code="who")
    owed = list(
        Sheet.objects.visible_to(by)
        .of_call(call)
        .outstanding()
        .filter(pk__in=list(sheets))
        .select_related("expert")
        .order_by("pk")
    )
    if not owed:
        raise Refused(_("Choose the sheets to remind of: those not handed in."), field="sheets", code="none")
    due = [one for one in owed if one.reminded_at is None or one.reminded_at <= now - PAUSE]
    if not due:
        raise Refused(_("Their experts were reminded less than twelve hours ago."), field="sheets", code="soon")
    Sheet.objects.filter(pk__in=[one.pk for one in due]).update(reminded_at=now)
    by_expert = defaultdict(list)
    for one in due:
        by_expert[one.expert].append(one)
    record("reviews.remind", call, by=by, now=now, facts={"sheets": [one.pk for one in due]})
    for expert, own in by_expert.items():
        tell_reminded(call, expert, count=len(own), due_at=min(one.due_at for one in own), now=now)
    return len(by_expert), len(owed) - len(due)


def chase_late(*, now: datetime) -> int:
    """The clock's verb: who did not hand in by the day is told so; two days later the curator is asked for a replacement.

    Each step is taken once for a sheet, whoever runs at the same time. Says how many letters were written.
    """
    told = 0
    for sheet in Sheet.objects.overdue(now).filter(overdue_at=None).select_related("expert", "application__call"):
        told += _step(sheet, "overdue_at", tell_overdue, now)
    late = Sheet.objects.overdue(now).filter(overdue_at__lte=now - PATIENCE, late_at=None)
    for sheet in late.select_related("application__call__curator"):
        told += _step(sheet, "late_at", tell_late, now)
    return told


def _step(sheet: Sheet, column: str, tell: Any, now: datetime) -> bool:
    with transaction.atomic():
        if not Sheet.objects.outstanding().filter(pk=sheet.pk, **{column: None}).update(**{column: now}):
            return False
        tell(sheet, now=now)
    return True
