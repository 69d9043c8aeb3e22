"""Beginning a draft and writing it: every saving is kept at once, right or wrong; strictness is for sending."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.core.ringing import ring
from fund.people.actions import person_of
from fund.people.models import Organisation
from fund.people.permissions import can_represent
from fund.people.queries import consented_guardian
from fund.people.roles import has_role
from fund.questions.actions import save_answers
from fund.questions.models import Answers
from fund.questions.queries import answers_of
from fund.workflow.engine import lock
from grants.calls.models import Call
from grants.proposals import actions as proposals
from grants.proposals.eligibility import unmet
from grants.proposals.models import PAYEES
from grants.proposals.parts import COSTS

from ..completeness import too_young
from ..contents import title_of
from ..models import APPLICANT, Application
from ..permissions import can_start
from .carrying import carry_answers
from .locking import NOT_YOURS, refuse_unless_acting, refuse_unless_correcting, refuse_unless_taking


@transaction.atomic
def start_application(
    *,
    call: Call,
    by: Any,
    now: datetime,
    eligibility: dict[str, str],
    applicant_kind: str = "person",
    organisation: Organisation | None = None,
    for_: Any = None,
    once: str | None = None,
) -> Application:
    """Begins a draft for the person who asks, or for the caller `for_`.

    In order: the token; the call's lock; refuse a call that takes nothing, an unmet condition, an applicant the call does
    not allow, one application too many; write the draft under the version in force; record.
    """
    body = {
        "call": call.pk,
        "eligibility": eligibility,
        "kind": applicant_kind,
        "organisation": organisation and organisation.pk,
        "for": for_ and for_.pk,
    }
    slot = claim(once, by=by, verb="applications.start", body=body)
    if slot.made:
        return slot.thing(Application)
    call = Call.objects.select_for_update().get(pk=call.pk)
    owner = _owner(call, by=by, for_=for_)
    application = Application(call=call, version=call.version, owner=owner, created_at=now, saved_at=now)
    application.eligibility = {one.key: eligibility.get(one.key, "") for one in call.regulation.eligibility}
    application.applicant_kind, application.organisation = applicant_kind, organisation
    _refuse_unfit(application, now=now)
    application.save()
    slot.keep(application)
    record("applications.start", application, by=by, for_=for_, now=now, to="draft", facts={"call": call.pk})
    return application


def _owner(call: Call, *, by: Any, for_: Any) -> Any:
    if not can_start(by, call):
        raise Refused(NOT_YOURS, code="who")
    if for_ is None:
        return by
    if not has_role(by, "officer", call):
        raise Refused(NOT_YOURS, code="who")
    if for_.account_id is None:
        raise Refused(_("The caller needs an account: an e-mail address, confirmed by a link, is enough."), code="account")
    return for_.account


def _refuse_unfit(application: Application, *, now: datetime) -> None:
    call, passport = application.call, application.regulation.call
    refuse_unless_taking(application, now=now)
    if refusals := unmet(application.regulation.eligibility, application.eligibility):
        raise Refused(refusals[0].why, field=refusals[0].key, code="eligibility")
    _refuse_wrong_kind(application, now=now)
    person = person_of(application.owner)
    if young := too_young(application, person, day=now.date()):
        raise Refused(young[0], code="age")
    if person.is_minor_on(now.date()):
        application.guardian = consented_guardian(person)
    begun = Application.objects.of_call(call).counted().filter(owner=application.owner).count()
    if begun >= passport.per_applicant:
        raise Refused(
            _("You have begun as many applications to this call as it allows: %(most)s.") % {"most": passport.per_applicant},
            code="most",
        )


def _refuse_wrong_kind(application: Application, *, now: datetime) -> None:
    if application.applicant_kind not in application.regulation.call.applicants:
        raise Refused(_("This call does not take such applicants"), field="applicant_kind", code="kind")
    if application.applicant_kind == "organisation":
        _refuse_mute(application, now=now)
    else:
        application.organisation = None


def _refuse_mute(application: Application, *, now: datetime) -> None:
    """Only who speaks for an organisation applies in its name."""
    if application.organisation is None:
        raise Refused(
            _("Choose the organisation that applies. Add the one you speak for in your profile first."),
            field="organisation",
            code="organisation",
        )
    if not can_represent(application.owner, application.organisation, now.date()):
        raise Refused(_("You do not speak for this organisation"), field="organisation", code="mandate")


@transaction.atomic
def set_applicant(
    *,
    application: Application,
    applicant_kind: str,
    organisation: Organisation | None,
    payee_kind: str = "",
    by: Any,
    now: datetime,
    for_: Any = None,
) -> None:
    """Changes who applies and who is paid, while it may be written: only who the call allows, only whom one speaks for."""
    begin_writing(application, by=by, for_=for_, now=now, right="submit")
    refuse_unmarked(application, APPLICANT)
    application.applicant_kind, application.organisation = applicant_kind, organisation
    application.payee_kind = payee_kind if payee_kind in dict(PAYEES) else ""
    _refuse_wrong_kind(application, now=now)
    end_writing(application, "applicant_kind", "organisation", "payee_kind", now=now)
    facts = {"kind": applicant_kind, "organisation": application.organisation_id, "payee": application.payee_kind}
    record("applications.set_applicant", application, by=by, for_=for_, now=now, facts=facts)
    ring("grants.reviews.tasks.look_for_ties")


@transaction.atomic
def save_section(
    *,
    application: Application,
    section: str,
    values: dict[str, Any],
    version: int,
    by: Any,
    now: datetime,
    tab: str = "",
    finished: bool | None = None,
    for_: Any = None,
) -> Answers:
    """Keeps a section as typed. Raises Conflict, with both texts kept, if somebody saved it since `version`.

    In order: the application's lock; refuse who may not write, what may not be written any more, and in a correction
    what was not marked; keep the answers; the title of a draft follows its question.
    """
    part = application.regulation.questions.section(section)
    if part is None:
        raise Refused(_("There is no such section."), code="section")
    begin_writing(application, by=by, for_=for_, now=now)
    refuse_unmarked(application, section)
    if application.state == "returned":
        marked = marked_questions(application, section)
        values = {key: value for key, value in values.items() if key in marked}
    answers = save_answers(
        of=application, section=part, values=values, version=version, by=by, now=now, tab=tab, finished=finished, for_=for_
    )
    if not application.receipt_id:
        application.title = title_of(application.regulation, answers.values)
    end_writing(application, "title", now=now)
    return answers


def begin_writing(application: Application, *, by: Any, now: datetime, for_: Any = None, right: str = "edit") -> None:
    """Locks the application and refuses whoever may not write it now."""
    lock(application)
    refuse_unless_acting(application, by=by, right=right, for_=for_)
    if not application.is_written:
        raise Refused(_("This application cannot be changed any more."), code="state")
    if application.state == "returned":
        refuse_unless_correcting(application, now=now)
    else:
        refuse_unless_taking(application, now=now)


def end_writing(application: Application, *fields: str, now: datetime) -> None:
    """Writes the moment of the last saving: later than the last sending, whichever request got its lock first."""
    sent = application.submitted_at
    application.saved_at = now if sent is None or now > sent else sent + timedelta(microseconds=1)
    application.save(update_fields=["saved_at", *fields])


def marked_questions(application: Application, section: str) -> set[str]:
    """The questions of a section that may be corrected; a mark on the whole section opens all of them."""
    marks = [mark for mark in application.marks if mark["section"] == section]
    part = application.regulation.questions.section(section)
    if any(not mark["question"] for mark in marks) and part is not None:
        return {question.key for question in part.questions}
    return {mark["question"] for mark in marks}


def is_marked(application: Application, part: str) -> bool:
    """May this part (a section, costs, team, files) be written in the state the application is in?"""
    return application.state != "returned" or any(mark["section"] == part for mark in application.marks)


@transaction.atomic
def save_costs(
    *,
    application: Application,
    rows: Sequence[Mapping[str, Any]],
    minimum: str = "",
    version: int,
    by: Any,
    now: datetime,
    tab: str = "",
    finished: bool | None = None,
    for_: Any = None,
) -> Answers:
    """Keeps the cost table as typed; its sums stand at the application until it is sent, from then on what was sent does."""
    begin_writing(application, by=by, for_=for_, now=now)
    refuse_unmarked(application, COSTS)
    table = application.regulation.costs
    answers = proposals.save_costs(
        of=application,
        table=table,
        rows=rows,
        minimum=minimum,
        version=version,
        by=by,
        now=now,
        tab=tab,
        finished=finished,
        for_=for_,
    )
    end_writing(application, now=now)
    return answers


def refuse_unmarked(application: Application, part: str) -> None:
    if not is_marked(application, part):
        raise Refused(_("This place was not marked for correction."), code="marks")


@transaction.atomic
def continue_application(
    *,
    application: Application,
    call: Call,
    eligibility: dict[str, str],
    by: Any,
    now: datetime,
    once: str | None = None,
    for_: Any = None,
) -> Application:
    """Carries the text of an ended application to another call: a new draft with the answers whose questions exist there."""
    application.refresh_from_db()
    if not application.has_ended:
        raise Refused(_("Only an application that has ended can be continued in another call."), code="state")
    refuse_unless_acting(application, by=by, right="submit", for_=for_)
    kind = application.applicant_kind
    new = start_application(
        call=call,
        by=by,
        now=now,
        eligibility=eligibility,
        applicant_kind=kind,
        organisation=application.organisation,
        for_=for_,
        once=once,
    )
    if new.continues_id is None:
        carry_answers(application, new, by=by, now=now)
        new.continues, new.title = application, title_of(new.regulation, answers_of(new).values)
        new.save(update_fields=["continues", "title"])
    return new
