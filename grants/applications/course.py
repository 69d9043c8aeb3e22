"""The course of an application as its applicant is told it: the steps behind it and ahead of it, the acts they may know of."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fund.audit.models import Entry
from fund.core.moments import day, deadline, moment

from .models import Application
from .workflow import WORKFLOW

# Where it goes no further; a late request waits for its answer.
ENDED = ("missed", "late_requested", "refused", "not_admitted", "withdrawn")
REACHED = {"draft": 1, "submitted": 2, "returned": 2, "admitted": 3, "under_review": 3}

Step = tuple[str, str]


def steps_of(application: Application, acts: Sequence[Entry], now: datetime) -> list[tuple[str, str, str]]:
    """(title, words, "done" | "now" | ""): a step behind it says when it was done, one ahead when it is planned."""
    latest = {entry.verb.partition(".")[2]: entry for entry in acts}
    done = _done(application, latest, now)
    if application.state in ENDED:
        last = "now" if application.state == "late_requested" else "done"
        return [*((*step, "done") for step in done), (*_arrival(application, acts, now), last)]
    place = REACHED.get(application.state)
    if place is None:
        return [(*step, "done") for step in (*done, _arrival(application, acts, now))]
    first, *rest = _ahead(application, now)[place - 1 :]
    return [*((*step, "done") for step in done[:place]), (*first, "now"), *((*step, "") for step in rest)]


def _done(application: Application, latest: dict[str, Entry], now: datetime) -> list[Step]:
    """The steps that were made before the decision, as far as it came."""
    checked = latest.get("admit_on_appeal") or latest.get("admit")
    steps = [(_("Draft begun"), day(application.created_at, now))]
    if application.submitted_at:
        steps.append((pgettext("application", "Sent"), moment(application.submitted_at, now)))
    if checked:
        steps.append((_("Check of the documents"), _("Admitted to scoring on %(day)s") % {"day": day(checked.at, now)}))
    if given := latest.get("begin_review"):
        steps.append((_("Scoring by experts"), _("Given to the experts on %(day)s") % {"day": day(given.at, now)}))
    return steps


def _ahead(application: Application, now: datetime) -> list[Step]:
    """The four steps after the draft, as planned."""
    timeline = application.regulation.timeline
    asked = _("%(until)s. You may be asked to correct something") % {"until": _until(timeline.checked_by, now)}
    decided = timeline.released_by or timeline.decided_by
    return [
        (_("Filling in and sending"), _("until %(at)s") % {"at": deadline(application.deadline, now)}),
        (_("Check of the documents"), asked),
        (_("Scoring by experts"), _until(timeline.judged_by, now)),
        (_("Decision and explanation"), _until(decided, now) if decided else ""),
    ]


def _until(at: datetime, now: datetime) -> str:
    """A plan that time has overtaken is not said as if it held."""
    words = _("until %(day)s") if now <= at else _("was planned until %(day)s")
    return words % {"day": day(at, now)}


def _arrival(application: Application, acts: Sequence[Entry], now: datetime) -> Step:
    """The act that brought it where it stands, and when."""
    words = said_acts()
    entry = next((entry for entry in reversed(acts) if entry.to == application.state and entry.verb in words), None)
    return (words[entry.verb], moment(entry.at, now)) if entry else (str(WORKFLOW.states[application.state].label), "")


def told(entries: Sequence[Entry], now: datetime) -> list[tuple[str, str]]:
    """The acts an applicant may know of, newest first: (words, when)."""
    words = said_acts()
    return [(words[entry.verb], moment(entry.at, now)) for entry in reversed(entries) if entry.verb in words]


def said_acts() -> dict[str, str]:
    """What an applicant is told of each act; who of the fund did it is never said."""
    return {
        "applications.start": _("Draft begun"),
        "applications.submit": _("Application sent"),
        "applications.replace": _("Changes sent"),
        "applications.return": _("Returned for correction"),
        "applications.resubmit": _("Corrections sent"),
        "applications.admit": _("Admitted to scoring"),
        "applications.refuse": _("Not admitted"),
        "applications.admit_on_appeal": _("Admitted to scoring: your appeal was upheld"),
        "applications.begin_review": _("Given to the experts"),
        "applications.fund": _("Supported"),
        "applications.reserve": _("Put in the reserve"),
        "applications.decline": _("Not supported"),
        "applications.revise_fund": _("Supported: decided anew after the appeal"),
        "applications.revise_reserve": _("Put in the reserve: decided anew after the appeal"),
        "applications.expire": _("The reserve is over"),
        "applications.lapse": _("Not sent in time; the draft is kept"),
        "applications.extend": _("More time was given"),
        "applications.ask_late": _("Asked to be taken late"),
        "applications.accept_late": _("Taken late"),
        "applications.refuse_late": _("Not taken late"),
        "applications.withdraw": _("Withdrawn"),
        "applications.hand_over": _("Handed over to another owner"),
    }
