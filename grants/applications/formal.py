"""The checklist of the formal check: what an officer looks at, what the record says of it, who ticked it and when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.core.moments import day as said_day
from fund.core.moments import moment
from fund.core.money import money
from fund.documents.models import Document
from grants.proposals.costs import Line, faults
from grants.proposals.eligibility import unmet
from grants.proposals.models import Receipt

from .completeness import applicant_faults, team_faults
from .contents import Contents
from .models import CHECKS, Application, Likeness, Tick
from .reading import record_of

Found = tuple[bool | None, list[str]]


@dataclass(frozen=True)
class Point:
    """One point: `found` is what the record says of it; `is_fine` None where only a person can tell."""

    key: str
    label: Any
    is_fine: bool | None
    found: list[str]
    tick: Tick | None
    # Ticked in what was sent before: it asks to be looked at anew.
    stale: Tick | None


def points_of(application: Application) -> list[tuple[str, Any]]:
    """The points that make sense for this call, in the order of the check."""
    return [(key, label) for key, label in CHECKS if key != "eligibility" or application.regulation.eligibility]


def checklist(application: Application, contents: Contents, alike: list[Likeness], *, day: date) -> list[Point]:
    """The whole list, whatever is ticked; a constant number of queries."""
    record = record_of(application)
    found = {
        "time": _time(application),
        "eligibility": _eligibility(application),
        "applicant": _none_of(applicant_faults(contents, day=day), _applies(contents)),
        "once": _once(application, alike),
        "theme": (None, []),
        "documents": _documents(record),
        "costs": _costs(application, record),
        "team": _none_of([*_lacking(contents, day=day)], _("Everyone named has consented")),
    }
    now, before = ticks_of(application)
    return [Point(key, label, *found[key], now.get(key), before.get(key)) for key, label in points_of(application)]


def ticks_of(application: Application) -> tuple[dict[str, Tick], dict[str, Tick]]:
    """By point: the ticks that stand, and of the others those made in what was sent before."""
    now, before = {}, {}
    for tick in Tick.objects.filter(application=application).select_related("ticked_by__person").order_by("pk"):
        (now if tick.receipt_id == application.receipt_id else before)[tick.point] = tick
    return now, {key: tick for key, tick in before.items() if key not in now}


def _none_of(wrong: list[str], right: str) -> Found:
    return not wrong, wrong or [right]


def _time(application: Application) -> Found:
    """By the first sending: corrections and changes have deadlines of their own."""
    late = getattr(application, "late", None)
    if late is not None and late.accepted:
        return True, [_("Taken late by the decision of %(day)s") % {"day": said_day(late.decided_at)}]
    first = Receipt.objects.about(application).first()
    if first is None:
        return False, [_("Nothing was sent")]
    words = _("First sent on %(sent)s; applications closed on %(closed)s")
    told = words % {"sent": moment(first.submitted_at), "closed": moment(application.deadline)}
    return first.submitted_at <= application.closes_at, [told]


def _eligibility(application: Application) -> Found:
    requirements = application.regulation.eligibility
    wrong = [f"{one.question}: {one.why}" for one in unmet(requirements, application.eligibility)]
    right = _("Met by the answers, conditions: %(count)s") % {"count": len(requirements)}
    return _none_of(wrong, right)


def _applies(contents: Contents) -> str:
    said = [str(contents.application.get_applicant_kind_display())]
    if contents.application.organisation is not None:
        said.append(contents.application.organisation.name)
    if contents.guardian is not None:
        said.append(_("the guardian %(name)s has agreed") % {"name": contents.guardian})
    return ", ".join(said)


def _once(application: Application, alike: list[Likeness]) -> Found:
    """Another application of the same applicant is a reason to look, not yet a fault: the call may allow several."""
    same = Application.objects.of_call(application.call).counted().exclude(number="").exclude(pk=application.pk)
    mine = same.filter(owner=application.owner_id)
    if application.organisation_id:
        mine = mine | same.filter(organisation=application.organisation_id)
    others = list(mine.order_by("pk").values_list("number", flat=True))
    most = application.regulation.call.per_applicant
    found = [_("The applicant also sent: %(numbers)s") % {"numbers": ", ".join(others)}] if others else []
    for one in alike:
        if one.is_kept is not False:
            words = {"percent": one.percent, "number": one.other_than(application).number}
            found.append(_("%(percent)s %% of the text is the same as in %(number)s") % words)
    copied = any(one.is_kept is not False for one in alike)
    return len(others) < most and not copied, found or [_("Nothing else of this applicant, no text alike")]


def _documents(record: Any) -> Found:
    uids = [one["uid"] for one in record["files"]]
    if not uids:
        return None, [_("No files were sent")]
    states = dict(Document.objects.filter(uid__in=uids).values_list("uid", "state"))
    wrong = [one["name"] for one in record["files"] if states.get(one["uid"]) != "ready"]
    if wrong:
        return False, [_("Cannot be opened: %(names)s") % {"names": ", ".join(wrong)}]
    count = len(uids)
    return True, [ngettext("%(count)s file, it opens", "%(count)s files, all open", count) % {"count": count}]


def _costs(application: Application, record: Any) -> Found:
    lines = [
        Line(one["category"], one["title"], Decimal(one["quantity"]), Decimal(one["unit_price"]), Decimal(one["own"]))
        for one in record["costs"]
    ]
    right = _("%(sum)s asked for, within all limits") % {"sum": money(Decimal(record["amount"]))}
    return _none_of(faults(application.regulation.costs, lines), right)


def _lacking(contents: Contents, *, day: date) -> list[str]:
    own = [
        _("The applicant's own consent is missing: %(purpose)s") % {"purpose": document.said.name}
        for document in contents.consents_missing
    ]
    return [*team_faults(contents, day=day), *own]
