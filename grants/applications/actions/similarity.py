"""Applications that are alike: found by a job after each sending, kept or dismissed by an officer with a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.workflow.engine import lock
from grants.calls.models import Call

from ..models import Application, Fingerprint, Likeness
from ..permissions import can_decide_likeness
from ..queries import texts_of, unread_in
from ..similarity import alike, packed, shingles, unpacked
from .locking import NOT_YOURS

# A flag that was decided asks again when so much more has become alike since, in points of a hundred.
MORE = 10


@transaction.atomic
def compare_call(call: Call, *, now: datetime) -> int:
    """Reads what was sent since the last time and compares it with everything sent to the call; says how many pairs are alike.

    In order: fingerprints of what is new; one index over the call; write what is alike, take back undecided flags that
    hold no more. Nobody is told: the flag stands in the officers' queue alone.
    """
    news = [_read(application) for application in unread_in(call)]
    if not news:
        return 0
    rows = Fingerprint.objects.filter(application__in=Application.objects.of_call(call).sent())
    held = {of: unpacked(bytes(data)) for of, data in rows.values_list("application", "shingles")}
    found = alike(news, held)
    touched = Likeness.objects.filter(first__in=news) | Likeness.objects.filter(second__in=news)
    known = {(one.first_id, one.second_id): one for one in touched}
    for pair, percent in found.items():
        if pair in known:
            _flag(known[pair], percent, now=now)
        else:  # another job may have found it this moment
            given = {"percent": percent, "found_at": now}
            Likeness.objects.get_or_create(first_id=pair[0], second_id=pair[1], defaults=given)
    gone = [one.pk for pair, one in known.items() if pair not in found]
    Likeness.objects.filter(pk__in=gone, is_kept=None).delete()
    return len(found)


def _read(application: Application) -> int:
    given = {"receipt": application.receipt, "shingles": packed(shingles(texts_of(application).values()))}
    Fingerprint.objects.update_or_create(application=application, defaults=given)
    return application.pk


def _flag(one: Likeness, percent: int, *, now: datetime) -> None:
    lock(one)  # an officer may decide on it this moment
    if one.is_kept is not None and percent < one.percent + MORE:
        return
    one.percent, one.found_at = percent, now
    one.is_kept = one.decided_at = one.decided_by = None
    one.save()


@transaction.atomic
def decide_likeness(likeness: Likeness, *, is_kept: bool, why: str, by: Any, now: datetime) -> None:
    """Keeps the flag or dismisses it; the reason stands in the record of both applications."""
    lock(likeness)
    if not can_decide_likeness(by, likeness):
        raise Refused(NOT_YOURS, code="who")
    if not why.strip():
        raise Refused(_("Say why: it stands in the record"), field="why", code="why")
    likeness.is_kept, likeness.why, likeness.decided_at, likeness.decided_by = is_kept, why.strip(), now, by
    likeness.save(update_fields=["is_kept", "why", "decided_at", "decided_by"])
    for one, other in ((likeness.first, likeness.second), (likeness.second, likeness.first)):
        record("applications.decide_likeness", one, by=by, now=now, why=why, facts={"other": other.uid, "is_kept": is_kept})
