"""Questions to the curator: asked by anyone signed in, answered in public without the asker's name, or to them alone."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.people.models import Person
from fund.workflow.engine import lock

from .. import notices
from ..models import Call, Question
from ..permissions import can_answer, can_ask, runs
from .adopting import show_change
from .sketching import NOT_YOURS

MOST_WAITING = 10  # of one person about one call


@transaction.atomic
def ask_curator(
    call: Call, *, text: str, by: Any, now: datetime, for_: Person | None = None, once: str | None = None
) -> Question:
    """Keeps the question and tells the curator. Asked for a caller it is the caller's: the answer goes to them."""
    slot = claim(once, by=by, verb="calls.ask", body={"call": call.pk, "text": text, "for": for_ and for_.pk})
    if slot.made:
        return slot.thing(Question)
    asker: Any = by if for_ is None else for_.account
    if for_ is not None and not runs(by, call):
        raise Refused(NOT_YOURS, code="who")
    if not can_ask(asker, call):
        raise Refused(_("Questions about this call are no longer taken."), code="state")
    Account.objects.select_for_update().get(pk=asker.pk)  # the asker's questions are counted one after another
    if Question.objects.waiting().filter(call=call, asked_by=asker).count() >= MOST_WAITING:
        raise Refused(_("Your earlier questions wait for an answer. Ask again once they are answered."), code="many")
    question = Question.objects.create(call=call, asked_by=asker, asked_at=now, text=text.strip())
    record("calls.ask", question, by=by, for_=for_, now=now)
    notices.tell_asked(question, now=now)
    slot.keep(question)
    return question


@transaction.atomic
def answer_question(
    question: Question, *, answer: str, is_public: bool, by: Any, now: datetime, for_: Person | None = None
) -> None:
    """Keeps the answer, shows it on the call's page if it is public, tells who asked."""
    lock(question)
    if not can_answer(by, question):
        raise Refused(_("This question was answered already."), code="state")
    question.answer, question.is_public = answer.strip(), is_public
    question.answered_at, question.answered_by = now, by
    question.save()
    record("calls.answer", question, by=by, for_=for_, now=now, facts={"is_public": is_public})
    if is_public:
        show_change(question.call)
    notices.tell_answered(question, now=now)
