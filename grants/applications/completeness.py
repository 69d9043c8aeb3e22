"""What keeps an application from being sent, part by part, in sentences a person can act on. Reads contents, asks nothing."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.core.bilingual import say
from fund.people.models import Person
from fund.questions.completeness import Progress, progress
from grants.proposals.cost_rows import faults_typed
from grants.proposals.parts import COSTS, MINIMUM

from .contents import Contents
from .models import APPLICANT, TEAM, Application

CONSENTS = "@consents"


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the part of the form (a section's key, @costs, @team, @consents), the question if it is one."""

    part: str
    question: str
    text: str


def faults_of(contents: Contents, *, day: date) -> list[Fault]:
    """Everything that keeps it from being sent, in the order of the form; empty if it can be sent.

    Source: domain.md, "per-section completeness", "Sending is refused while a named member has not consented".
    """
    labels = {question.key: say(question.label) for question in contents.regulation.questions.questions()}
    found = [Fault(one.key, key, _named(labels[key], text)) for one in section_progress(contents) for key, text in one.faults]
    found += [Fault(APPLICANT, "", text) for text in applicant_faults(contents, day=day)]
    found += [Fault(COSTS, "", text) for text in cost_faults(contents)]
    found += [Fault(TEAM, "", text) for text in team_faults(contents, day=day)]
    found += [
        Fault(CONSENTS, "", _("Your own consent is missing: %(purpose)s") % {"purpose": document.said.name})
        for document in contents.consents_missing
    ]
    return found


def _named(label: str, text: str) -> str:
    """The fault as a list of many can say it: at the field itself “at least 2 are needed here” is plain, in a list it is not."""
    return text if label in text else _("“%(label)s”: %(fault)s") % {"label": label, "fault": text}


def section_progress(contents: Contents) -> list[Progress]:
    return progress(contents.regulation.questions, contents.values, contents.answers.postponed)


def cost_faults(contents: Contents) -> list[str]:
    values = contents.answers.values
    return faults_typed(contents.regulation.costs, values.get(COSTS, []), values.get(MINIMUM, ""))


def applicant_faults(contents: Contents, *, day: date) -> list[str]:
    """Who applies must be who they say; for who is under 18 an adult must have agreed."""
    application, owner, found = contents.application, contents.owner, []
    if owner is None or not owner.has_name:
        found.append(_("Write the first and last name of the applicant in the profile"))
    if owner is not None and owner.is_minor_on(day) and contents.guardian is None:
        found.append(_("The applicant is under 18: an adult who answers for them has not agreed yet"))
    found += too_young(application, owner, day=day)
    if application.applicant_kind == "organisation" and application.organisation_id not in contents.speaks_for:
        found.append(_("The applicant does not speak for this organisation any more: renew the mandate in the profile"))
    return found


def too_young(application: Application, person: Person | None, *, day: date) -> list[str]:
    """The call names a least age; who speaks for an organisation applies in its name."""
    least = application.regulation.call.youngest
    if person is None or application.applicant_kind == "organisation" or not person.is_under(least, day):
        return []
    return [
        ngettext("The call takes applicants aged %(n)s or over", "The call takes applicants aged %(n)s or over", least)
        % {"n": least}
    ]


def team_faults(contents: Contents, *, day: date) -> list[str]:
    """Everyone named consents; no more are named than the call allows."""
    application, found = contents.application, []
    if application.applicant_kind == "team" and not contents.team:
        found.append(_("You apply as a team: name at least one more person, or begin as one person"))
    for member in contents.team:
        if member.consented_at is None:
            found.append(_("%(name)s has not consented to being named") % {"name": member.name})
    most = contents.regulation.call.team_most
    if len(contents.team) + 1 > most:
        found.append(_("A team has at most %(most)s people, you included") % {"most": most})
    return found
