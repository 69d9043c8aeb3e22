"""A cancelled call opened anew: whoever had begun there goes on with the same draft in the new call."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fund.audit.actions import record
from fund.documents.actions import copy_to
from fund.documents.models import Document
from fund.questions.actions import save_answers
from fund.questions.queries import answers_of
from fund.workflow.engine import lock
from grants.calls.models import Call
from grants.proposals import actions as proposals
from grants.proposals.eligibility import unmet
from grants.proposals.parts import COSTS, MINIMUM

from .. import notices
from ..contents import title_of
from ..models import CARRIED, Application


@transaction.atomic
def carry_application(*, application: Application, now: datetime) -> Application | None:
    """The clock's verb: makes a draft of the new call of what was written for the cancelled one; None if that was done.

    In order: lock the new call, in which as many drafts as it allows are counted, then the application; the draft with who
    applies and the answers to conditions; texts, costs, files whose questions exist there; the team as it stands, those who
    have not answered are invited anew; record; the letter to everyone in it. Where the new conditions are not met, or ask
    what was not asked before, nothing is made: the letter asks the owner to answer.
    """
    call = Call.objects.select_for_update().get(pk=application.call.reopened_as.pk)
    lock(application)
    mine = Application.objects.of_call(call).filter(owner=application.owner)
    if application.state not in CARRIED or mine.filter(continues=application).exists():
        return None
    regulation = call.regulation
    given = {one.key: application.eligibility.get(one.key, "") for one in regulation.eligibility}
    fits = application.applicant_kind in regulation.call.applicants and not unmet(regulation.eligibility, given)
    if not fits or mine.counted().count() >= regulation.call.per_applicant:
        notices.tell_reopened(application, call, now=now)
        return None
    new = Application(call=call, version=call.version, created_at=now, saved_at=now, continues=application, eligibility=given)
    for name in ("owner", "applicant_kind", "organisation", "payee_kind", "guardian"):
        setattr(new, name, getattr(application, name))
    new.save()
    carry_answers(application, new, by=None, now=now)
    _carry_files(application, new, now=now)
    proposals.carry_team(application, new, now=now)
    new.title = title_of(new.regulation, answers_of(new).values)
    new.save(update_fields=["title"])
    record("applications.carry", new, by=None, now=now, to="draft", facts={"from": application.pk, "call": call.pk})
    notices.tell_carried(new, now=now)
    return new


def carry_answers(old: Application, new: Application, *, by: Any, now: datetime) -> None:
    """The answers whose questions exist there with the same kind, and the costs."""
    values = answers_of(old).values
    types = {question.key: question.type for question in old.regulation.questions.questions()}
    for section in new.regulation.questions.sections:
        same = {q.key: values[q.key] for q in section.questions if q.key in values and types.get(q.key) == q.type != "file"}
        if same:
            save_answers(of=new, section=section, values=same, version=0, by=by, now=now)
    if rows := values.get(COSTS):
        table, minimum = new.regulation.costs, values.get(MINIMUM, "")
        proposals.save_costs(of=new, table=table, rows=rows, minimum=minimum, version=0, by=by, now=now)


def _carry_files(old: Application, new: Application, *, now: datetime) -> None:
    asked = [question.key for question in new.regulation.questions.questions() if question.type == "file"]
    for document in Document.objects.about(old).live().filter(kind__in=asked).exclude(state="infected"):
        copy_to(document, new, now=now)
