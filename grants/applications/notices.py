"""The letters and deadlines of applications. Every letter names date, time and zone, and leads to one page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from fund.documents.models import Paper
from fund.notices.actions import notify
from fund.notices.calendars import Entry, until
from fund.notices.registry import Due, deadline, kind
from grants.calls.models import Call, Version
from grants.calls.notices import closing_entry
from grants.proposals.models import UNTITLED, Receipt, TeamMember

from .models import REASONS, Application, Extension
from .permissions import can_intake

AUTHORS = {"why": _("You got this letter as an author of the application.")}
CURATOR = {"why": _("You got this letter as the curator of the call."), "shown_to": can_intake}

SUBMITTED = kind("applications.submitted", _("Application received"), **AUTHORS)
RETURNED = kind("applications.returned", _("Corrections are asked for"), **AUTHORS)
ADMITTED = kind("applications.admitted", _("Application admitted"), **AUTHORS)
REFUSED = kind("applications.refused", _("Application not admitted"), **AUTHORS)
WITHDRAWN = kind("applications.withdrawn", _("Application withdrawn"), **AUTHORS)
MISSED = kind("applications.missed", _("A draft was not sent in time"), **AUTHORS)
EXTENDED = kind("applications.extended", _("More time to send"), **AUTHORS)
LATE_ACCEPTED = kind("applications.late_accepted", _("A late application is taken"), **AUTHORS)
LATE_REFUSED = kind("applications.late_refused", _("A late application is not taken"), **AUTHORS)
CARRIED = kind("applications.carried", _("My draft goes on in a call opened anew"), **AUTHORS)
REOPENED = kind("applications.reopened", _("A cancelled call was opened anew"), **AUTHORS)
LATE_ASKED = kind("applications.late_asked", _("A late request waits"), **CURATOR)
REISSUED = kind("applications.reissued", _("A protocol of admission was issued anew"), **CURATOR)
LEFT = kind("applications.left", _("An applicant stepped back"), **CURATOR)


def facts_of(application: Application, **more: Any) -> dict:
    return {"number": application.number, "title": application.title or UNTITLED, "call": application.call.words, **more}


def _tell(message: str, application: Application, *, now: datetime, calendar: Entry | None = None, **more: Any) -> None:
    link, facts = ("applications:read", application.uid), facts_of(application, **more)
    notify(message, application, to=application.authors(), now=now, facts=facts, link=link, calendar=calendar)


def closing_of(draft: Application) -> Entry:
    """When it closes, in a calendar; asked of rows `with_counts`, or of one by its own queries."""
    version = getattr(draft, "version_now", None) or draft.call.version.number
    extensions = getattr(draft, "extended", None)
    given = draft.extensions.count() if extensions is None else extensions
    return closing_entry(draft.call, draft.deadline, version=version, extensions=given)


def correction_of(application: Application, sendings: int | None = None) -> Entry:
    """Until when it may be corrected: each round lies between two sendings, so their number orders the rounds."""
    count = Receipt.objects.about(application).count() if sendings is None else sendings
    at, words = application.correct_until, {"ru": application.name, "en": application.name}
    return until(f"application-{application.uid}-correction", _("Send the corrections"), words, at, sequence=count)


def with_counts(drafts: QuerySet[Application]) -> QuerySet[Application]:
    """What calendars order entries by: the newest version of the call, and how often the applicant got more time."""
    newest = Version.objects.filter(call=OuterRef("call")).order_by("-number").values("number")[:1]
    given = Extension.objects.filter(application=OuterRef("pk")).order_by().values("application").annotate(n=Count("pk"))
    return drafts.annotate(version_now=Subquery(newest), extended=Coalesce(Subquery(given.values("n")), 0))


def tell_submitted(application: Application, receipt: Receipt, *, is_first: bool, now: datetime) -> None:
    timeline = application.regulation.timeline
    facts = {"sent_at": receipt.submitted_at, "digest": receipt.digest, "is_first": is_first, "checked_by": timeline.checked_by}
    _tell(SUBMITTED, application, now=now, **facts, closes=application.deadline)


def tell_returned(application: Application, *, now: datetime) -> None:
    count = len(application.marks)
    facts = {"until": application.correct_until, "count": count, "remark": application.remark}
    _tell(RETURNED, application, now=now, calendar=correction_of(application), **facts)


def tell_admitted(application: Application, *, now: datetime) -> None:
    timeline = application.regulation.timeline
    _tell(ADMITTED, application, now=now, judged_by=timeline.judged_by, decided_by=timeline.decided_by)


def tell_refused(application: Application, *, now: datetime) -> None:
    words = dict(REASONS)
    own = application.regulation.letters.not_admitted
    reasons = [words[key] for key in application.reasons]
    _tell(REFUSED, application, now=now, reasons=reasons, remark=application.remark, fund_says=own or "")


def tell_withdrawn(application: Application, *, now: datetime) -> None:
    _tell(WITHDRAWN, application, now=now)
    if application.number:
        _tell_curator(LEFT, application, now=now)


def tell_missed(application: Application, *, now: datetime) -> None:
    _tell(MISSED, application, now=now, closed=application.deadline)


def tell_carried(application: Application, *, now: datetime) -> None:
    """`application` is the new draft."""
    _tell(CARRIED, application, now=now, closes=application.deadline)


def tell_reopened(application: Application, call: Call, *, now: datetime) -> None:
    """The owner of what could not be carried over is asked to answer the new call's conditions; told once."""
    facts = {**facts_of(application), "call": call.words, "closes": call.deadline}
    link = ("applications:continue", application.uid)
    notify(REOPENED, application, to=application.owner, now=now, instant=call.opens_at, facts=facts, link=link)


def tell_extended(application: Application, *, now: datetime) -> None:
    _tell(EXTENDED, application, now=now, calendar=closing_of(application), until=application.extended_until)


def tell_late_asked(application: Application, *, now: datetime) -> None:
    _tell_curator(LATE_ASKED, application, now=now, why_late=application.late.why)


def tell_late_accepted(application: Application, receipt: Receipt, *, answer: str, now: datetime) -> None:
    _tell(LATE_ACCEPTED, application, now=now, digest=receipt.digest, answer=answer)


def tell_late_refused(application: Application, *, answer: str, now: datetime) -> None:
    _tell(LATE_REFUSED, application, now=now, answer=answer)


def tell_reissued(application: Application, paper: Paper, *, now: datetime) -> None:
    """The curator learns that an upheld appeal changed the protocol of admission."""
    facts = facts_of(application, paper=paper.number)
    link = ("applications:admission", application.call.slug)
    notify(REISSUED, paper, to=application.call.curator, now=now, facts=facts, link=link)


def _tell_curator(message: str, application: Application, *, now: datetime, **more: Any) -> None:
    link = ("applications:check", application.uid)
    notify(message, application, to=application.call.curator, now=now, facts=facts_of(application, **more), link=link)


DAYS = timedelta(days=1)


@deadline(
    "applications.closing",
    label=_("A draft should be sent soon"),
    remind=(7 * DAYS, 3 * DAYS, DAYS, timedelta(hours=3)),
    **AUTHORS,
)
def drafts_closing(now: datetime, horizon: datetime) -> Iterator[Due]:
    """Owners of drafts not sent; an applicant's own deadline stands for the call's."""
    for draft in with_counts(near_closing(now, horizon)).iterator(chunk_size=500):
        facts, link = facts_of(draft, closes=draft.deadline), ("applications:read", draft.uid)
        yield Due(draft, draft.owner, draft.deadline, facts, link, closing_of(draft), since=draft.created_at)


def near_closing(now: datetime, horizon: datetime) -> QuerySet[Application]:
    """Drafts whose own closing lies within the horizon: the later of the call's deadline and the applicant's."""
    drafts = Application.objects.filter(state="draft", call__state__in=("announced", "open", "closed"))
    closing = Greatest(F("call__deadline"), Coalesce(F("extended_until"), F("call__deadline")))
    near = drafts.annotate(closing=closing).filter(closing__gt=now, closing__lte=horizon)
    return near.select_related("call", "owner")


@deadline("applications.correction_due", label=_("Corrections are due soon"), remind=(DAYS,), **AUTHORS)
def corrections_due(now: datetime, horizon: datetime) -> Iterator[Due]:
    """Owners of applications returned for correction."""
    returned = Application.objects.filter(state="returned", correct_until__gt=now, correct_until__lte=horizon)
    sent = Receipt.objects.filter(of_type=Application._meta.label_lower, of_id=OuterRef("pk")).order_by().values("of_id")
    counted = returned.annotate(sendings=Subquery(sent.annotate(n=Count("pk")).values("n")))
    for one in counted.select_related("call", "owner").iterator(chunk_size=500):
        facts, link = facts_of(one, closes=one.correct_until), ("applications:read", one.uid)
        yield Due(one, one.owner, one.correct_until, facts, link, correction_of(one, one.sendings))


@deadline("applications.consent_missing", label=_("A team member has not consented"), remind=(3 * DAYS, DAYS), **AUTHORS)
def consents_missing(now: datetime, horizon: datetime) -> Iterator[Due]:
    """Owners of drafts in which a named person has not consented: without it the application cannot be sent."""
    drafts = near_closing(now, horizon)
    waiting: dict[int, list[str]] = {}
    members = TeamMember.objects.without_consent().filter(of_type=Application._meta.label_lower, of_id__in=drafts.values("pk"))
    for of_id, name in members.order_by("pk").values_list("of_id", "name"):
        waiting.setdefault(of_id, []).append(name)
    for draft in drafts.filter(pk__in=waiting):
        facts = facts_of(draft, closes=draft.deadline, names=waiting[draft.pk])
        yield Due(draft, draft.owner, draft.deadline, facts, ("applications:team", draft.uid))


@deadline("applications.check_due", label=_("The formal check is due"), remind=(2 * DAYS,), **CURATOR)
def checks_due(now: datetime, horizon: datetime) -> Iterator[Due]:
    """Curators with applications that nobody has checked; one letter per call."""
    waiting = Application.objects.to_check().values("call")
    for call in Call.objects.filter(state="closed", pk__in=waiting).select_related("curator"):
        at = call.regulation.timeline.checked_by
        if now < at <= horizon:
            yield Due(call, call.curator, at, {"call": call.words, "closes": at}, ("applications:intake",))
