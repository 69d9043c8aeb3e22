"""{% load applications %}: the pill of a state, what an application waits for, links into its form."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fund.core.moments import deadline, moment
from fund.core.templatetags.gs.marks import pill
from grants.proposals.parts import COSTS

from ..completeness import CONSENTS, Fault
from ..models import APPLICANT, FILES, TEAM, Application
from ..workflow import WORKFLOW

register = template.Library()
PAGES = {
    APPLICANT: "applications:set_applicant",
    COSTS: "applications:costs",
    TEAM: "applications:team",
    FILES: "applications:files",
}


@register.simple_tag
def state_pill(application: Application):
    """The state as its people know it; red is for the last day only."""
    state = WORKFLOW.states[application.state]
    return pill(state.label, state.tone)


@register.simple_tag
def next_step(application: Application, now):
    """What is to be done next, with its date: the line under a name in the list."""
    match application.state:
        case "draft":
            return _("send by %(at)s") % {"at": deadline(application.deadline, now)}
        case "returned":
            return _("correct by %(at)s") % {"at": deadline(application.correct_until, now)}
        case "submitted" if application.has_unsent_changes and now <= application.closes_at:
            return _("changes are not sent; send by %(at)s") % {"at": deadline(application.deadline, now)}
        case "submitted":
            return _("being checked; sent on %(at)s") % {"at": moment(application.submitted_at, now)}
        case "missed":
            return _("can ask to be taken late")
        case "funded" | "reserve" | "declined" | "not_admitted":
            return _("read the decision")
    return _("nothing is needed from you")


def part_url(application: Application, part: str) -> str:
    """Where a part of the form is written."""
    if part == CONSENTS:
        return reverse("people:consents") + "?next=" + reverse("applications:submit", args=[application.uid])
    if part in PAGES:
        return reverse(PAGES[part], args=[application.uid])
    return reverse("applications:edit", args=[application.uid, part]) + "?from=check"


@register.simple_tag
def fault_url(application: Application, fault: Fault) -> str:
    anchor = f"#div_id_q_{fault.question}" if fault.question else ""
    return part_url(application, fault.part) + anchor


@register.simple_tag
def change_link(application, part: str, title):
    """ "Change" beside a part on the check page; nothing where the page is only read, or the part is closed."""
    if not application:
        return ""
    if application.state == "returned" and part not in {mark["section"] for mark in application.marks}:
        return ""
    return format_html('<a href="{}">{}<span class="vh">: {}</span></a>', part_url(application, part), _("Change"), title)


@register.filter
def seconds(at) -> str:
    """The seconds of an arrival: receipts are exact."""
    return timezone.localtime(at).strftime("%S")
