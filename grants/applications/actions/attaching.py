"""Files of an application: at its questions, and loose ones beside them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fund.core.errors import Refused
from fund.documents.actions import attach, remove
from fund.documents.models import Document
from fund.questions import actions as questions
from fund.questions.schema import Question

from ..models import FILES, Application
from .writing import begin_writing, end_writing, is_marked, marked_questions

MOST_LOOSE = 10


def attach_answer(
    *,
    application: Application,
    question: Question,
    files: Iterable[Any],
    by: Any,
    now: datetime,
    for_: Any = None,
    once: str | None = None,
) -> None:
    """Attaches files to a question. The limits of the question hold.

    The bytes are written outside the lock, and that takes a while: whether one may is asked before, and under the lock
    once more, so that a file never comes to what was sent or closed meanwhile without a trace of it.
    """
    part = _section_of(application, question)

    def touch() -> None:
        _touch(application, part, question.key, by=by, now=now, for_=for_)

    touch()
    questions.attach_files(of=application, question=question, files=files, by=by, now=now, for_=for_, once=once, first=touch)


def attach_documents(
    *, application: Application, files: Iterable[Any], by: Any, now: datetime, for_: Any = None, once: str | None = None
) -> list[Document]:
    """Attaches loose documents, ten at most; the same token brings the same documents. The locks are those of `attach_answer`."""

    def touch() -> None:
        _touch(application, FILES, "", by=by, now=now, for_=for_)

    touch()
    return [
        attach(
            file, to=application, kind=FILES, by=by, now=now, for_=for_,
            most=MOST_LOOSE, once=f"{once}-{place}" if once else None, first=touch,
        )
        for place, file in enumerate(files)
    ]  # fmt: skip


@transaction.atomic
def remove_document(*, application: Application, uid: str, by: Any, now: datetime, for_: Any = None) -> None:
    """Takes a file away, loose or at a question; what was sent keeps its own."""
    document = next((one for one in Document.objects.about(application).live() if one.uid == uid), None)
    if document is None:
        raise Refused(_("This file is not here any more."), code="gone")
    question = next((one for one in application.regulation.questions.questions() if one.key == document.kind), None)
    part = _section_of(application, question) if question else FILES
    _touch(application, part, document.kind if question else "", by=by, now=now, for_=for_)
    remove(document, by=by, now=now, for_=for_)


@transaction.atomic
def _touch(application: Application, part: str, question: str, *, by: Any, now: datetime, for_: Any) -> None:
    """Refuses whoever may not write this place now, and notes the moment of the change."""
    begin_writing(application, by=by, for_=for_, now=now)
    closed = question not in marked_questions(application, part) if question else not is_marked(application, part)
    if application.state == "returned" and closed:
        raise Refused(_("This place was not marked for correction."), code="marks")
    end_writing(application, now=now)


def _section_of(application: Application, question: Question) -> str:
    return next(one.key for one in application.regulation.questions.sections if question in one.questions)
