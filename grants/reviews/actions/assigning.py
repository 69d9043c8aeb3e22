"""Who judges what: the officer's verbs. Locks are taken in one order: the call, then applications by id, then sheets."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record_all
from fund.core.errors import Refused
from fund.people.roles import holders
from fund.workflow.engine import lock, perform
from grants.applications.actions import begin_review
from grants.applications.models import Application

from ..conflicts import IN_A_WORD, Found
from ..models import TO_JUDGE, Sheet
from ..notices import tell_invited
from ..permissions import can_assign
from ..queries import ties_of_call
from ..workflow import WORKFLOW
from .watching import watch

BATCH = 500


@transaction.atomic
def plan_sheets(*, call: Any, wanted: set[tuple[int, int]], due_at: datetime, by: Any, now: datetime) -> tuple[int, int]:
    """Makes the call's live sheets those of `wanted`, pairs of (application id, expert id); all or nothing.

    In order: lock the call; take back live sheets that are not wanted (a handed-in one is refused); invite the new pairs,
    refusing a tie by name; each expert with new invitations gets one letter. Returns (invited, taken back).
    """
    lock(call)
    if not can_assign(by, call):
        raise Refused(_("Experts can be assigned once the call is closed and until it is decided."), code="who")
    live = {(s.application_id, s.expert_id): s for s in Sheet.objects.of_call(call).live().order_by("pk")}
    for pair in sorted(live.keys() - wanted):
        revoke_sheet(sheet=live[pair], by=by, now=now)
    new = sorted(wanted - live.keys())
    invite_all(call=call, pairs=new, due_at=due_at, by=by, now=now)
    return len(new), len(live.keys() - wanted)


def invite_all(*, call: Any, pairs: list[tuple[int, int]], due_at: datetime, by: Any, now: datetime) -> list[Sheet]:
    """Invites to each of these pairs, none of which has a live sheet; one letter to each expert. The caller holds the call's lock.

    In order: refuse a day that is over, whoever is no expert of the call, an application of elsewhere or not admitted, a tie;
    the sheets and their entries; applications just admitted come under review; the letters.
    """
    if not pairs:
        return []
    if due_at <= now:
        raise Refused(_("The date to hand sheets in must lie ahead."), field="due_at", code="due")
    experts = _experts(call, {expert for _application, expert in pairs})
    applications = _applications(call, {application for application, _expert in pairs})
    ties = ties_of_call(call, experts=experts)
    for application, expert in pairs:
        _refuse_pair(applications[application], experts[expert], ties)
    sheets = Sheet.objects.bulk_create(
        [Sheet(application=applications[a], expert=experts[e], invited_at=now, invited_by=by, due_at=due_at) for a, e in pairs],
        batch_size=BATCH,
    )
    facts = ((sheet, {"application": sheet.application_id, "expert": sheet.expert_id}) for sheet in sheets)
    record_all("reviews.invite", facts, by=by, now=now, to="invited")
    for application in applications.values():
        if application.state == "admitted":
            begin_review(application=application, by=by, now=now)
    for pk in sorted(experts):
        tell_invited(call, experts[pk], due_at=due_at, now=now)
    return sheets


def _applications(call: Any, ids: set[int]) -> dict[int, Any]:
    """Locked, by id; refuses one of another call."""
    rows = Application.objects.filter(call=call, pk__in=ids).order_by("pk").select_for_update(of=("self",))
    found = {one.pk: one for one in rows}
    if found.keys() != ids:
        raise Refused(_("An application of the plan does not belong to this call."), code="application")
    return found


def _refuse_pair(application: Any, expert: Any, ties: Found) -> None:
    if application.state not in TO_JUDGE:
        raise Refused(_("“%(title)s” is not admitted, so nobody can judge it.") % {"title": application.title}, code="state")
    if kinds := ties.get((application.pk, expert.pk)):
        raise Refused(
            _("%(expert)s cannot judge “%(title)s”: %(kind)s.")
            % {"expert": expert.person.short_name, "title": application.title, "kind": IN_A_WORD[kinds[0].kind]},
            code="conflict",
        )


@transaction.atomic
def invite_expert(*, application: Any, expert: Any, due_at: datetime, by: Any, now: datetime) -> Sheet:
    """Invites one expert to one application and writes to them; who has a live sheet on it keeps that."""
    lock(application.call)
    if not can_assign(by, application.call):
        raise Refused(_("Experts can be assigned once the call is closed and until it is decided."), code="who")
    there = Sheet.objects.live().filter(application=application, expert=expert).first()
    if there is not None:
        return there
    (sheet,) = invite_all(call=application.call, pairs=[(application.pk, expert.pk)], due_at=due_at, by=by, now=now)
    application.refresh_from_db()
    return sheet


def _experts(call: Any, ids: set[int]) -> dict[int, Any]:
    """By id; refuses whoever does not judge in this call."""
    experts = holders("expert", call).filter(pk__in=ids).select_related("person").in_bulk()
    if experts.keys() != ids:
        raise Refused(_("One of the chosen people is not an expert of this call."), code="expert")
    return experts


@transaction.atomic
def revoke_sheet(*, sheet: Sheet, by: Any, now: datetime, why: str = "") -> None:
    """Takes an invitation or an unfinished sheet back; what was handed in stays and cannot be taken back."""
    if sheet.state == "submitted":
        raise Refused(
            _("The sheet on “%(title)s” is handed in and cannot be taken back.") % {"title": sheet.application.title},
            code="submitted",
        )
    perform(WORKFLOW, "revoke", sheet, by=by, now=now, why=why)
    watch(sheet.application, now=now)
