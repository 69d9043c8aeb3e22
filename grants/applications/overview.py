"""The task list of an application: what is filled in, what is missing. Reads contents, asks nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fund.core.bilingual import say
from fund.core.money import money
from fund.questions.schema import Section
from grants.proposals.models import PAYEES
from grants.proposals.parts import COSTS

from .completeness import Fault, applicant_faults, cost_faults, faults_of, section_progress, team_faults
from .contents import Contents
from .models import APPLICANT, FILES, TEAM, Application

DONE, WORKING, NOT_YET = "done", "working", "not_yet"


@dataclass(frozen=True)
class Task:
    """One row of the list: where it leads (nowhere: not open in a correction), what it is, how far it is."""

    title: Any
    hint: str
    url: str
    status: str
    kind: str

    @property
    def is_done(self) -> bool:
        return not self.kind


@dataclass(frozen=True)
class Overview:
    """The groups of tasks, how many of the counted ones are done, and what is still missing."""

    groups: tuple[tuple[str, list[Task]], ...]
    done: int
    total: int
    faults: tuple[Fault, ...]


def overview_of(contents: Contents, *, day: date, may_send: bool) -> Overview:
    """`may_send`: who applies and who is paid is said by those who may send; others of the team read what was said."""
    groups = _sections(contents)
    # A regulation may give its own section the same heading: one heading, all its tasks.
    groups.setdefault(_("Money and people"), []).extend(
        (_applicant(contents, day=day, is_open=may_send), _costs(contents), _team(contents, day=day))
    )
    counted = [task for tasks in groups.values() for task in tasks]
    faults = tuple(faults_of(contents, day=day))
    groups.setdefault(_("Sending"), []).extend((_files(contents), _send(contents, faults)))
    return Overview(tuple(groups.items()), sum(task.is_done for task in counted), len(counted), faults)


def _sections(contents: Contents) -> dict[str, list[Task]]:
    """Sections under the headings they name, in the order of the form."""
    progress = {one.key: one for one in section_progress(contents)}
    groups: dict[str, list[Task]] = {}
    for section in contents.regulation.questions.sections:
        if section.key in progress:
            heading = str(say(section.group)) if section.group else _("About the project")
            groups.setdefault(heading, []).append(_section(contents, section, progress[section.key]))
    return groups


def _section(contents: Contents, section: Section, progress: Any) -> Task:
    hint = str(say(section.lead)) if section.lead else ""
    if progress.state == "in_progress" and progress.faults:
        count = len(progress.faults)
        hint = ngettext("%(count)s answer is missing or wrong", "%(count)s answers are missing or wrong", count) % {
            "count": count
        }
    state = {"complete": DONE, "in_progress": WORKING, "not_started": NOT_YET}[progress.state]
    url = reverse("applications:edit", args=[contents.application.uid, section.key])
    return _task(contents.application, section.key, say(section.title), hint, url, state)


def _costs(contents: Contents) -> Task:
    asked, most = contents.totals.requested, contents.regulation.costs.most
    faults = cost_faults(contents) if contents.costs else []
    hint = _("%(sum)s asked of %(most)s at most") % {"sum": money(asked), "most": money(most)} if most else money(asked)
    if faults:
        hint = f"{hint}. {faults[0]}"
    state = NOT_YET if not contents.costs else WORKING if faults else DONE
    url = reverse("applications:costs", args=[contents.application.uid])
    return _task(contents.application, COSTS, _("Work out the costs"), hint, url, state)


def _applicant(contents: Contents, *, day: date, is_open: bool) -> Task:
    application, faults = contents.application, applicant_faults(contents, day=day)
    said = [application.organisation.name if application.organisation else str(application.get_applicant_kind_display())]
    if application.payee:
        said.append(_("paid: %(payee)s") % {"payee": dict(PAYEES)[application.payee]})
    url = reverse("applications:set_applicant", args=[application.uid]) if is_open else ""
    title = _("Say who applies and who is paid")
    return _task(application, APPLICANT, title, faults[0] if faults else ", ".join(said), url, WORKING if faults else DONE)


def _team(contents: Contents, *, day: date) -> Task:
    faults = team_faults(contents, day=day)
    count = len(contents.team) + 1
    hint = faults[0] if faults else ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
    url = reverse("applications:team", args=[contents.application.uid])
    return _task(contents.application, TEAM, _("Gather the team"), hint, url, WORKING if faults else DONE)


def _files(contents: Contents) -> Task:
    count = len(contents.files(FILES))
    hint = _("Optional: up to 10 files, 20 MB each")
    if count:
        hint = ngettext("%(count)s file", "%(count)s files", count) % {"count": count}
    url = reverse("applications:files", args=[contents.application.uid])
    return _task(contents.application, FILES, _("Attach documents"), hint, url, DONE if count else NOT_YET, _("Not needed"))


def _send(contents: Contents, faults: tuple[Fault, ...]) -> Task:
    application = contents.application
    url = reverse("applications:submit", args=[application.uid])
    if application.state == "submitted" and not application.has_unsent_changes:
        return Task(_("Check and send"), _("Nothing has changed since you sent it"), url, pgettext("application", "Sent"), "")
    if not faults:
        return Task(_("Check and send"), _("Everything is filled in"), url, _("Ready"), "ok")
    hint = ngettext("Shows what is missing: %(count)s thing", "Shows what is missing: %(count)s things", len(faults))
    return Task(_("Check and send"), hint % {"count": len(faults)}, url, _("Not yet"), "mute")


def _task(application: Application, part: str, title: Any, hint: str, url: str, state: str, idle: str = "") -> Task:
    """In a correction only the marked parts are open; a done one is plain text."""
    if application.state == "returned":
        if part not in {mark["section"] for mark in application.marks}:
            return Task(title, "", "", _("Stays as it is"), "")
        return Task(title, _remarks(application, part), url, _("Correct this"), "amber")
    words = {
        DONE: (_("Done"), ""),
        WORKING: (_("In progress"), "info"),
        NOT_YET: (idle or pgettext("task", "Not started"), "mute"),
    }
    return Task(title, hint, url, *words[state])


def _remarks(application: Application, part: str) -> str:
    return " ".join(mark["remark"] for mark in application.marks if mark["section"] == part and mark["remark"])
