"""Clearing comments: what of a sheet's words the applicant may read; the original is never touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Conflict, Refused
from fund.workflow.engine import lock
from grants.applications.models import Application

from ..models import CHOICES, Clearance
from ..permissions import can_clear
from ..queries import chosen_so_far, comments_of


@dataclass(frozen=True)
class Cleared:
    """One choice: of which hand-in's which part, "cleared", "edited" or "withheld", the text shown, the reason."""

    hand_in: int
    part: str
    choice: str
    text: str = ""
    why: str = ""


@transaction.atomic
def clear_comments(
    *, application: Application, choices: Sequence[Cleared], by: Any, now: datetime, seen: int | None = None
) -> int:
    """Keeps the choices that are new or changed; says how many.

    In order: lock the application; refuse who may not, a page that somebody has chosen on since (`seen`), a comment that does
    not count any more, an edit without its text or its reason; add the clearances; record which parts, never the words.
    """
    lock(application)
    if not can_clear(by, application):
        raise Refused(_("This is not yours to do."), code="who")
    comments = comments_of(application)
    if seen is not None and seen != chosen_so_far(comments):
        raise Conflict(_("Somebody else has chosen here meanwhile. Look at the page anew."))
    known = {(one.hand_in.pk, one.part): one for one in comments}
    made = []
    for choice in choices:
        comment = known.get((choice.hand_in, choice.part))
        if comment is None:
            raise Refused(_("A sheet has changed meanwhile. Open the page anew."), code="gone")
        _refuse_unfit(choice)
        before = comment.clearance
        if before and (before.choice, before.text, before.why) == (choice.choice, choice.text, choice.why):
            continue
        made.append(
            Clearance(
                hand_in=comment.hand_in,
                part=choice.part,
                number=before.number + 1 if before else 1,
                choice=choice.choice,
                text=choice.text,
                why=choice.why,
                cleared_by=by,
                cleared_at=now,
            )
        )
    Clearance.objects.bulk_create(made)
    if made:
        facts = {"parts": [[one.hand_in_id, one.part, one.choice] for one in made]}
        record("results.clear", application, by=by, now=now, facts=facts)
    return len(made)


def _refuse_unfit(choice: Cleared) -> None:
    if choice.choice not in dict(CHOICES):
        raise Refused(_("Choose what is shown"), code="choice")
    if choice.choice != "cleared" and not choice.why.strip():
        raise Refused(_("Say why the applicant does not read it as it was written"), code="why")
    if choice.choice == "edited" and not choice.text.strip():
        raise Refused(_("Write what is left of the comment"), code="text")
