"""Reading answers whole: what was typed and the files attached, by question key."""

from typing import Any

from django.db import models

from fund.documents.models import Document

from .models import Answers
from .schema import QuestionSet


def answers_of(thing: models.Model) -> Answers:
    """The answers of a thing; an unsaved empty row where there are none yet."""
    return Answers.objects.about(thing).first() or Answers(**Answers.key(thing))


def files_of(thing: models.Model, questions: QuestionSet) -> dict[str, list[Document]]:
    """The files that stand at each file question now, oldest first; one query."""
    keys = [question.key for question in questions.questions() if question.type == "file"]
    found: dict[str, list[Document]] = {key: [] for key in keys}
    if keys:
        for document in Document.objects.about(thing).live().filter(kind__in=keys):
            found[document.kind].append(document)
    return found


def filled(thing: models.Model, questions: QuestionSet) -> dict[str, Any]:
    """All answers by question key, a file question's as the uids of its files: what conditions and completeness ask for."""
    files = files_of(thing, questions)
    return {**answers_of(thing).values, **{key: [one.uid for one in documents] for key, documents in files.items()}}
