"""Writing a sheet: drafts are overwritten, hand-ins are added and stay."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.core.errors import Conflict as Stale
from fund.core.errors import Refused
from fund.workflow.engine import lock, perform

from ..keeping import is_kept
from ..models import HandIn, Sheet
from ..notices import tell_reopened
from ..permissions import can_score, can_submit
from ..workflow import WORKFLOW
from .discussing import join_discussion
from .hand_ins import add_hand_in
from .locking import lock_with_call
from .watching import watch


@transaction.atomic
def save_sheet(*, sheet: Sheet, draft: dict, remark: str, version: int, by: Any, now: datetime) -> None:
    """Keeps the draft as typed, gaps and all; a second tab that did not see the last saving is told, not obeyed.

    The same text sent twice is no quarrel: a press on a button may overtake the answer of the autosave it caused.
    """
    lock(sheet)
    if not can_score(by, sheet):
        raise Refused(_("This sheet cannot be changed any more."), code="state")
    if version != sheet.version:
        if (draft, remark) == (sheet.draft, sheet.remark):
            return
        raise Stale(
            _("This sheet was changed in another window. Both versions are kept: compare them."),
            theirs={"draft": sheet.draft, "remark": sheet.remark, "at": sheet.saved_at, "version": sheet.version},
        )
    if sheet.state == "accepted":
        perform(WORKFLOW, "score", sheet, by=by, now=now)
    sheet.draft, sheet.remark, sheet.version, sheet.saved_at = draft, remark, version + 1, now
    sheet.save(update_fields=["draft", "remark", "version", "saved_at"])


@transaction.atomic
def submit_sheet(*, sheet: Sheet, by: Any, now: datetime) -> HandIn:
    """Hands the sheet in: checks every mark by the regulation, adds the hand-in, records it. Raises Refused with the field.

    Then the divergence of its application is looked at, and a discussion that the others hold opens to this expert.
    """
    lock_with_call(sheet)
    if not can_submit(by, sheet):
        raise Refused(_("This sheet cannot be handed in any more."), code="state")
    hand_in = add_hand_in(sheet, sheet.draft, remark=sheet.remark, now=now)
    perform(WORKFLOW, "submit", sheet, by=by, now=now, facts={"hand_in": hand_in.pk}, current=hand_in)
    watch(sheet.application, now=now)
    join_discussion(sheet, now=now)
    return hand_in


@transaction.atomic
def reopen_sheet(*, sheet: Sheet, why: str, by: Any, now: datetime) -> None:
    """Gives a handed-in sheet back with a reason; what was handed in stays in the record, and does not count meanwhile.

    Refused once a decision on the application is pending: it rests on this sheet.
    """
    if not why.strip():
        raise Refused(_("Say why the sheet is given back: the expert reads it"), field="why", code="why")
    lock_with_call(sheet)
    if is_kept(sheet.application):
        raise Refused(
            _("A decision on “%(title)s” is pending: its sheets stay as they are.") % {"title": sheet.application.name},
            code="kept",
        )
    perform(WORKFLOW, "reopen", sheet, by=by, now=now, why=why, current=None)
    watch(sheet.application, now=now)
    tell_reopened(sheet, why=why, now=now)
