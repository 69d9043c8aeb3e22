"""The verbs of this room: keep what was typed, attach and remove files of an answer.

Whether somebody may is asked by the room the answers belong to: call these inside its own verb, under its own lock.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from fund.core.errors import Conflict, Refused
from fund.documents.actions import attach, remove
from fund.documents.formats import USUAL
from fund.documents.models import Document
from fund.people.models import Person

from .conditions import is_same
from .models import Answers, Saving
from .schema import Question, Section
from .validation import unstorable

# Savings of one page within this time are one: autosave would otherwise keep a row for every pause in typing.
ONE_SITTING = timedelta(minutes=5)


def save_answers(
    *,
    of: models.Model,
    section: Section,
    values: Mapping[str, Any],
    version: int,
    by: Any,
    now: datetime,
    tab: str = "",
    finished: bool | None = None,
    for_: Person | None = None,
) -> Answers:
    """Keeps a section's answers as typed, right or wrong; strictness is for sending. Keys it does not know are dropped.

    See `save_part`. `finished` answers "Is this section finished?": False puts it among those to come back to.
    """
    known = {q.key: values[q.key] for q in section.questions if q.key in values and q.type != "file"}
    return save_part(
        of=of, part=section.key, values=known, version=version, by=by, now=now, tab=tab, finished=finished, for_=for_
    )


@transaction.atomic
def save_part(
    *,
    of: models.Model,
    part: str,
    values: Mapping[str, Any],
    version: int,
    by: Any,
    now: datetime,
    tab: str = "",
    finished: bool | None = None,
    for_: Person | None = None,
) -> Answers:
    """Keeps one part of a form: a section, or what the room above calls a part ("@costs").

    In order: take the row's lock; refuse what cannot be stored; raise Conflict if another page saved this part since
    `version` (nothing of theirs is touched, `theirs` carries values, who, when and the version to go on from); write;
    keep the saving. Nothing changed is no conflict and no saving. `tab` names the open page.
    """
    answers = lock_answers(of)
    for key, value in values.items():
        if (fault := unstorable(value)) is not None:
            raise Refused(fault, field=key, code="unstorable")
    last = answers.last_saving(part)
    if any(not is_same(answers.values.get(key), value) for key, value in values.items()):
        if last is not None and last.version != version and not (tab and last.tab == tab):
            raise _conflict(answers, last, by=by)
        answers.values = {**answers.values, **values}
        answers.saved_at, answers.saved_by = now, by
        _keep(answers, last, part=part, values=values, by=by, now=now, tab=tab, for_=for_)
    if finished is not None:
        others = [key for key in answers.postponed if key != part]
        answers.postponed = others if finished else [*others, part]
    answers.save()
    return answers


def lock_answers(of: models.Model) -> Answers:
    """The row of a thing's answers under its lock; made when it is new."""
    Answers.objects.bulk_create([Answers(**Answers.key(of))], ignore_conflicts=True)
    return Answers.objects.select_for_update(of=("self",)).about(of).get()


def _keep(
    answers: Answers, last: Saving | None, *, part: str, values: Mapping[str, Any], by: Any, now: datetime, tab: str, for_: Any
) -> None:
    """Adds the saving, or prolongs the sitting of the same person at the same page."""
    if (
        last is not None
        and tab
        and last.tab == tab
        and last.saved_by_id == getattr(by, "pk", None)
        and now - last.begun_at < ONE_SITTING
    ):
        last.version, last.values, last.saved_at = last.version + 1, {**last.values, **values}, now
        last.save(update_fields=["version", "values", "saved_at"])
        return
    version = last.version + 1 if last else 1
    before = last.values if last else {}
    answers.savings.create(
        part=part, version=version, values={**before, **values}, tab=tab, begun_at=now, saved_at=now, saved_by=by, saved_for=for_
    )


def _conflict(answers: Answers, last: Saving, *, by: Any) -> Conflict:
    theirs = {"values": last.values, "at": last.saved_at, "by": name_of(last.saved_by_id), "version": last.version}
    if last.saved_by_id == getattr(by, "pk", None):
        message = _("You changed this in another window meanwhile. Both texts are kept: compare them below.")
    elif theirs["by"]:
        message = _("%(name)s changed this meanwhile. Both texts are kept: compare them below.") % {"name": theirs["by"]}
    else:
        message = _("Another person changed this meanwhile. Both texts are kept: compare them below.")
    return Conflict(message, theirs=theirs)


def name_of(account: int | None) -> str:
    person = Person.objects.filter(account=account).select_related("account").first() if account else None
    return person.short_name if person else ""


def attach_files(
    *,
    of: models.Model,
    question: Question,
    files: Iterable[Any],
    by: Any,
    now: datetime,
    for_: Person | None = None,
    once: str | None = None,
    first: Callable[[], None] | None = None,
) -> None:
    """Attaches files to an answer; the question's limits of number and kind hold. The bytes are written before any lock,
    under which `first` is asked. The same token brings the same files: pressing twice attaches once.

    Call it outside the transaction of other writing: the file stays even if the rest of the form is refused.
    """
    allowed = question.file_types or USUAL
    for place, file in enumerate(files):
        token = f"{once}-{question.key}-{place}"[-64:] if once else None
        attach(
            file, to=of, kind=question.key, by=by, now=now, for_=for_,
            allowed=allowed, most=question.most or 1, once=token, first=first,
        )  # fmt: skip


def remove_file(
    *, of: models.Model, questions: Iterable[Question], uid: str, by: Any, now: datetime, for_: Person | None = None
) -> None:
    """Removes a file that stands at one of these questions of this thing; any other is told it is not here."""
    keys = [question.key for question in questions if question.type == "file"]
    document = Document.objects.about(of).live().filter(uid=uid, kind__in=keys).first()
    if document is None:
        raise Refused(_("This file is not here any more."), code="gone")
    remove(document, by=by, now=now, for_=for_)
