"""The letters and deadlines of judging."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.notices.actions import notify
from fund.notices.registry import DAILY, Due, deadline, kind

from .models import Sheet
from .permissions import judges

INVITED = kind("reviews.invited", _("An invitation to judge"))
DECLINED = kind("reviews.declined", _("An expert declined"))
RECUSED = kind("reviews.recused", _("An expert stepped aside"))
TIED = kind("reviews.tied", _("A tie between an expert and an applicant was found"))
CLOSED = kind("reviews.closed", _("An application was closed to you as an expert"))
REOPENED = kind("reviews.reopened", _("A sheet was given back"))
REMINDED = kind("reviews.reminded", _("A reminder of sheets not handed in"))
OVERDUE = kind("reviews.overdue", _("A sheet is overdue"))
LATE = kind("reviews.late", _("A sheet is late: somebody else may be asked"))
DIVERGING = kind("reviews.diverging", _("Experts diverge"))
DISCUSSION = kind("reviews.discussion", _("A discussion of scores is open"), optional=True, shown_to=judges)
DISCUSSED = kind("reviews.discussed", _("News in a discussion of scores"), optional=True, default=DAILY, shown_to=judges)


def tell_invited(call: Any, expert: Any, *, due_at: datetime, now: datetime) -> None:
    """One letter per expert and plan, however many applications it holds."""
    facts = {"call": call.words, "due": due_at}
    notify(INVITED, call, to=expert, now=now, facts=facts, link=("reviews:declare", call.slug))


def tell_declined(sheet: Sheet, *, now: datetime) -> None:
    _tell_curator(DECLINED, sheet, now=now)


def tell_recused(sheet: Sheet, *, now: datetime) -> None:
    _tell_curator(RECUSED, sheet, now=now)


def _tell_curator(message: str, sheet: Sheet, *, now: datetime) -> None:
    """The curator learns that somebody else must be asked; the reason stands in the journal, not in a letter."""
    application = sheet.application
    facts = {
        "title": application.title,
        "number": application.number,
        "call": application.call.words,
    }
    notify(message, sheet, to=application.call.curator, now=now, facts=facts, link=("reviews:replace", sheet.uid))


def tell_tied(sheet: Sheet, *, now: datetime) -> None:
    """The curator learns of it; the expert learns that the application is closed, and not by what it was found."""
    _tell_curator(TIED, sheet, now=now)
    application = sheet.application
    facts = {"number": application.number, "call": application.call.words}
    notify(CLOSED, sheet, to=sheet.expert, now=now, facts=facts, link=("reviews:list",))


def tell_reminded(call: Any, expert: Any, *, count: int, due_at: datetime, now: datetime) -> None:
    """An officer asks for what is owed: one letter, however many sheets."""
    facts = {"call": call.words, "count": count, "due": due_at}
    notify(REMINDED, call, to=expert, now=now, facts=facts, link=("reviews:list",))


def tell_overdue(sheet: Sheet, *, now: datetime) -> None:
    """The day is over; the sheet can still be handed in."""
    facts = {**_named(sheet.application), "due": sheet.due_at}
    notify(OVERDUE, sheet, to=sheet.expert, now=now, facts=facts, link=("reviews:score", sheet.uid), instant=sheet.due_at)


def tell_late(sheet: Sheet, *, now: datetime) -> None:
    """The curator is asked to find somebody else."""
    _tell_curator(LATE, sheet, now=now)


def tell_reopened(sheet: Sheet, *, why: str, now: datetime) -> None:
    facts = {
        "title": sheet.application.title,
        "number": sheet.application.number,
        "why": why,
    }
    notify(REOPENED, sheet, to=sheet.expert, now=now, facts=facts, link=("reviews:score", sheet.uid))


def tell_diverging(application: Any, *, now: datetime) -> None:
    """The curator learns where another opinion is wanted; no score stands in the letter."""
    link = ("reviews:disagreement", application.uid)
    notify(DIVERGING, application, to=application.call.curator, now=now, facts=_named(application), link=link)


def tell_discussion(sheet: Sheet, *, now: datetime) -> None:
    """Only for who has handed in: the letter alone says that scores differ."""
    _tell_judge(DISCUSSION, sheet, now=now)


def tell_discussed(sheet: Sheet, *, now: datetime) -> None:
    """That something was said or changed; not what, and not by whom."""
    _tell_judge(DISCUSSED, sheet, now=now)


def _tell_judge(message: str, sheet: Sheet, *, now: datetime) -> None:
    notify(message, sheet, to=sheet.expert, now=now, facts=_named(sheet.application), link=("reviews:discussion", sheet.uid))


def _named(application: Any) -> dict[str, Any]:
    return {"title": application.title, "number": application.number, "call": application.call.words}


@deadline("reviews.due", label=_("A score sheet is due"), remind=(timedelta(days=5), timedelta(days=1)))
def sheets_due(now: datetime, horizon: datetime):
    """Everybody who still owes a sheet by then; one reminder per sheet."""
    sheets = Sheet.objects.outstanding().filter(due_at__gt=now, due_at__lte=horizon, application__state="under_review")
    for sheet in sheets.select_related("expert", "application__call").iterator(chunk_size=500):
        facts = {
            "title": sheet.application.title,
            "number": sheet.application.number,
            "call": sheet.application.call.words,
            "due": sheet.due_at,
        }
        yield Due(sheet, sheet.expert, sheet.due_at, facts, link=("reviews:score", sheet.uid), since=sheet.invited_at)
