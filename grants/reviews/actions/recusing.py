"""Stepping aside without a sheet: who sits in a council is tied by the same rules and closes by the same rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from grants.applications.models import Application

from ..conflicts import DECLARED, FOUND_BY_RULE
from ..models import Conflict, Sheet
from ..queries import ties_of_call
from .answering import declare_conflict


@transaction.atomic
def keep_ties(*, call: Any, accounts: Iterable[int], now: datetime) -> int:
    """Writes down what ties these accounts to applications of the call by rule: each closes at once. Says how many are new."""
    made = 0
    for (application, account), ties in sorted(ties_of_call(call, experts=accounts).items()):
        for tie in ties:
            if tie.kind in FOUND_BY_RULE:
                _row, is_new = Conflict.objects.get_or_create(
                    application_id=application,
                    expert_id=account,
                    kind=tie.kind,
                    withdrawn_at=None,
                    defaults={"declared_by": None, "declared_at": now, "facts": tie.facts},
                )
                made += is_new
    return made


@transaction.atomic
def recuse(*, application: Application, kind: str, by: Any, now: datetime, why: str = "") -> None:
    """Declares what ties `by` to the applicant: the application closes to them at once and everywhere, their sheet too."""
    if kind not in DECLARED:
        raise Refused(_("Choose what ties you to the applicant"), field="kind", code="kind")
    for sheet in Sheet.objects.live().filter(application=application, expert=by):
        declare_conflict(sheet=sheet, kind=kind, why=why, by=by, now=now)
    _row, is_new = Conflict.objects.get_or_create(
        application=application, expert=by, kind=kind, withdrawn_at=None, defaults={"declared_by": by, "declared_at": now}
    )
    if is_new:
        record("reviews.recuse", application, by=by, now=now, why=why, facts={"kind": kind})
