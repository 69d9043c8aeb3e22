"""The timeline of a call as steps: the long one of its page, the short one of the home page."""

from datetime import date, datetime
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fund.core.bilingual import reader
from fund.core.moments import day, local, moment

from ..regulation import Regulation

Step = tuple[str, str, str]


def steps_of(regulation: Regulation, now: datetime) -> list[Step]:
    """(title, words, state) of each step; state is done, now or empty."""
    dates = regulation.timeline
    found: list[tuple[str, str, Any]] = [
        (
            pgettext("step", "Applications"),
            _("%(from)s – %(until)s") % {"from": day(dates.opens, now), "until": moment(dates.closes, now)},
            dates.closes,
        ),
        (pgettext("step", "Formal check"), _until(dates.checked_by, now), dates.checked_by),
        (_("Experts judge"), _until(dates.judged_by, now), dates.judged_by),
    ]
    if dates.decided_by:
        found.append((pgettext("step", "Decision"), _until(dates.decided_by, now), dates.decided_by))
    if dates.released_by:
        found.append((_("Results and letters"), _until(dates.released_by, now), dates.released_by))
    if dates.projects_from:
        found.append((pgettext("step", "Projects"), _projects(dates, now), dates.projects_until or date.max))
    return with_states(found, now, opens=dates.opens)


def track_of(regulation: Regulation, now: datetime) -> list[Step]:
    """Four short steps with short dates, for the panel of the nearest deadline."""
    dates = regulation.timeline
    results = dates.released_by or dates.decided_by or dates.judged_by
    found: list[tuple[str, str, Any]] = [
        (pgettext("track", "Applications"), _("until %(day)s") % {"day": short(dates.closes)}, dates.closes),
        (pgettext("track", "Review"), _("until %(day)s") % {"day": short(dates.judged_by)}, dates.judged_by),
        (pgettext("track", "Results"), short(results), results),
    ]
    if dates.projects_from:
        found.append((pgettext("track", "Projects"), _("from %(day)s") % {"day": short(dates.projects_from)}, date.max))
    return with_states(found, now, opens=dates.opens)


def short(at: datetime | date) -> str:
    """15 окт, 15 Oct."""
    return dateformat.format(local(at), "j\u00a0b" if reader() == "ru" else "j\u00a0M")


def with_states(found: list[tuple[str, str, Any]], now: datetime, *, opens: datetime) -> list[Step]:
    """Passed steps are done; the first that has not passed is now, once the call has opened."""
    steps: list[Step] = []
    current = now >= opens
    for title, words, at in found:
        if is_past(at, now):
            steps.append((title, words, "done"))
            continue
        steps.append((title, words, "now" if current else ""))
        current = False
    return steps


def is_past(at: datetime | date, now: datetime) -> bool:
    return at < now if isinstance(at, datetime) else at < local(now).date()


def _until(at: datetime, now: datetime) -> str:
    return _("until %(day)s") % {"day": day(at, now)}


def _projects(dates, now: datetime) -> str:
    if dates.projects_until:
        return _("%(from)s – %(until)s") % {"from": day(dates.projects_from, now), "until": day(dates.projects_until, now)}
    return _("from %(day)s") % {"day": day(dates.projects_from, now)}
