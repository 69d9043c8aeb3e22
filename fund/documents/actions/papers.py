"""Papers: issue one, draw its PDFs, declare it void, erase what it says.

Whether `by` may issue or void a paper about a thing is the calling room's question, as it is with files.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.clock import fund_zone
from fund.core.errors import Refused
from fund.core.models import Upward
from fund.core.ringing import ring
from fund.core.uids import new_uid

from ..catalogue import paper_kind_of
from ..models import Paper, PaperContents, PaperFile, PaperVoid, Series


@transaction.atomic
def issue_paper(kind: str, *, about: models.Model, texts: dict[str, dict], by: Any, now: datetime, for_: Any = None) -> Paper:
    """Issues a paper about a thing: takes the next number of its kind and year under a lock, keeps what it says, records it,
    and asks a worker to draw it. `texts` come from `contents.in_both`. A number is given back only with the whole transaction.
    """
    named = paper_kind_of(kind)
    year = now.astimezone(fund_zone()).year
    sequence = _next(kind, year)
    paper = Paper.objects.create(
        **Upward.key(about),
        kind=kind,
        year=year,
        sequence=sequence,
        number=named.number(year, sequence),
        digest=digest_of(texts),
        issued_at=now,
        issued_by=by if getattr(by, "pk", None) else None,
    )
    PaperContents.objects.create(paper=paper, texts=texts)
    facts = {"kind": kind, "number": paper.number, "digest": paper.digest, "about": list(Upward.key(about).values())}
    record("documents.issue_paper", paper, by=by, for_=for_, now=now, facts=facts)
    ring("fund.documents.tasks.draw", paper.pk)
    return paper


def _next(kind: str, year: int) -> int:
    Series.objects.bulk_create([Series(kind=kind, year=year)], ignore_conflicts=True)
    series = Series.objects.select_for_update().get(kind=kind, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def digest_of(texts: dict) -> str:
    return hashlib.sha256(json.dumps(texts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def draw_paper(paper: Paper, *, now: datetime) -> int:
    """Draws the PDFs that are still lacking; says how many were kept.

    Drawing is done outside any transaction and gives the same bytes each time. Of two who draw at once one keeps its
    bytes; the other's are swept up. What was erased while it was drawn leaves no bytes.
    """
    texts = PaperContents.objects.filter(paper=paper).values_list("texts", flat=True).first()
    if texts is None:
        return 0
    have = set(PaperFile.objects.filter(paper=paper).values_list("language", flat=True))
    drawn = sum(_draw(paper, code, texts[code], now) for code, _name in settings.LANGUAGES if code not in have)
    return 0 if delete_erased(paper) else drawn


def _draw(paper: Paper, language: str, text: dict, now: datetime) -> int:
    from ..pdf import draw  # reportlab costs every web worker memory: only jobs load it

    content = draw(paper, text, language)
    sha256 = hashlib.sha256(content).hexdigest()
    uid = new_uid()
    path = default_storage.save(f"papers/{uid[:2]}/{uid}-{sha256[:16]}.pdf", ContentFile(content))
    row = PaperFile(paper=paper, language=language, sha256=sha256, size=len(content), path=path, made_at=now)
    PaperFile.objects.bulk_create([row], ignore_conflicts=True)
    return PaperFile.objects.filter(path=path).count()


@transaction.atomic
def void_paper(paper: Paper, *, why: str, by: Any, now: datetime, for_: Any = None) -> PaperVoid:
    """Declares a paper void, with a reason. It stays readable; whoever verifies it is told."""
    why = why.strip()
    if not why:
        raise Refused(_("Say why the paper is void"), field="why", code="why")
    list(Series.objects.select_for_update().filter(kind=paper.kind, year=paper.year).values_list("pk"))
    if PaperVoid.objects.filter(paper=paper).exists():
        raise Refused(_("This paper is void already"), code="void")
    void = PaperVoid.objects.create(paper=paper, why=why, voided_at=now, voided_by=by if getattr(by, "pk", None) else None)
    record("documents.void_paper", paper, by=by, for_=for_, now=now, to="void", why=why)
    return void


@transaction.atomic
def erase_paper(paper: Paper, *, by: Any, now: datetime, for_: Any = None) -> None:
    """Erases what a paper says, its words and its PDFs; number, code, moment and hashes stay, so that a copy can be verified.

    The bytes are deleted once the erasure is committed; what the storage does not give up then, the nightly sweep deletes.
    """
    PaperContents.objects.filter(paper=paper).delete()
    record("documents.erase_paper", paper, by=by, for_=for_, now=now, facts={"digest": paper.digest})
    transaction.on_commit(lambda: delete_erased(paper), robust=True)


def delete_erased(paper: Paper) -> int:
    """Deletes the bytes of a paper that was erased, whoever finds it so first; says how many there were."""
    paths = list(PaperFile.objects.erased().filter(paper=paper).values_list("path", flat=True))
    for path in paths:
        default_storage.delete(path)
    return len(paths)
