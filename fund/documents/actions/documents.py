"""Private files: attach to a parent, replace, remove, pin what was handed in.

Whether `by` may change the parent is the calling room's question; a file belongs to it and knows no roles.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.models import Upward
from fund.core.once import claim
from fund.core.ringing import ring
from fund.core.uids import new_uid

from ..formats import USUAL, Checked, Unfit, check_upload
from ..models import Document

MOST_FILES = 10


def attach(
    file: Any,
    *,
    to: models.Model,
    by: Any,
    now: datetime,
    kind: str = "",
    once: str | None = None,
    for_: Any = None,
    allowed: tuple[str, ...] = USUAL,
    most: int = MOST_FILES,
    first: Callable[[], None] | None = None,
) -> Document:
    """Checks the file (an upload, or what DocumentInput has checked already), stores it, adds the row, the audit entry.

    The bytes are written before the transaction: a row without its file cannot exist; a file without a row is swept up.
    `first` is asked under the parent's lock: it refuses where nothing may be added any more.
    """
    checked = file if isinstance(file, Checked) else checked_upload(file, allowed)
    path = store(checked)
    with transaction.atomic():
        body = {"to": Upward.key(to), "kind": kind, "sha256": checked.sha256}
        slot = claim(once, by=by, verb="documents.attach", body=body)
        if slot.made:
            return slot.thing(Document)
        lock(to)
        if first is not None:
            first()
        if Document.objects.about(to).live().filter(kind=kind).count() >= most:
            raise Refused(_("No more than %(most)s files here. Remove one first") % {"most": most}, field=kind, code="most")
        document = _add(checked, path, to=to, by=by, now=now, kind=kind, for_=for_)
        slot.keep(document)
    return document


def replace(
    document: Document, file: Any, *, by: Any, now: datetime, for_: Any = None, allowed: tuple[str, ...] = USUAL
) -> Document:
    """Puts another file in this one's place; the old one leaves the list."""
    checked = file if isinstance(file, Checked) else checked_upload(file, allowed)
    path = store(checked)
    with transaction.atomic():
        parent = document.of
        if parent is None:
            raise Refused(_("This file is not here any more"), code="gone")
        lock(parent)
        _take_away(document, by=by, now=now, for_=for_)
        return _add(checked, path, to=parent, by=by, now=now, kind=document.kind, for_=for_)


@transaction.atomic
def remove(document: Document, *, by: Any, now: datetime, for_: Any = None) -> None:
    """Takes the file from its parent; its bytes are deleted later, unless it was pinned."""
    _take_away(document, by=by, now=now, for_=for_)


def pin(thing: models.Model, *, now: datetime) -> list[Document]:
    """Keeps the files that stand at the thing now, for ever: they were handed in. Returns them, oldest first."""
    live = Document.objects.about(thing).live()
    live.filter(pinned_at=None).update(pinned_at=now)
    return list(live)


def copy_to(document: Document, to: models.Model, *, now: datetime) -> Document:
    """The same file at another parent, with bytes of its own: what becomes of one does not touch the other."""
    with default_storage.open(document.path) as file:
        uid = new_uid()
        path = default_storage.save(f"documents/{uid[:2]}/{uid}-{document.sha256[:16]}", ContentFile(file.read()))
    same = {name: getattr(document, name) for name in ("kind", "name", "media_type", "size", "sha256", "state", "uploaded_by")}
    copied = Document.objects.create(**Upward.key(to), **same, path=path, uploaded_at=now)
    facts = {"parent": list(Upward.key(to).values()), "sha256": copied.sha256, "from": document.pk}
    record("documents.copy", copied, by=None, now=now, facts=facts)
    return copied


def checked_upload(file: Any, allowed: tuple[str, ...]) -> Checked:
    try:
        return check_upload(file, allowed=allowed)
    except Unfit as unfit:
        raise Refused(unfit.message, code=unfit.code) from unfit


def store(checked: Checked) -> str:
    """Writes the bytes under a name that says nothing and cannot be guessed."""
    uid = new_uid()
    return default_storage.save(f"documents/{uid[:2]}/{uid}-{checked.sha256[:16]}", ContentFile(checked.content))


def lock(thing: models.Model) -> None:
    """The parent's row is the queue in which its files are counted."""
    list(type(thing)._base_manager.select_for_update().filter(pk=thing.pk).values_list("pk"))


def _add(checked: Checked, path: str, *, to: models.Model, by: Any, now: datetime, kind: str, for_: Any) -> Document:
    document = Document.objects.create(
        **Upward.key(to),
        kind=kind,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        path=path,
        state="checking" if settings.CLAMAV_URL else "ready",
        uploaded_by=by if getattr(by, "pk", None) else None,
        uploaded_at=now,
    )
    facts = {"parent": list(Upward.key(to).values()), "sha256": checked.sha256, "size": checked.size}
    record("documents.attach", document, by=by, for_=for_, now=now, facts=facts, personal={"name": checked.name})
    if settings.CLAMAV_URL:
        ring("fund.documents.tasks.check", document.pk)
    return document


def _take_away(document: Document, *, by: Any, now: datetime, for_: Any) -> None:
    """Conditional on its standing: of two who remove at once one does, and the other is told nothing is left to do."""
    if not Document.objects.live().filter(pk=document.pk).update(removed_at=now):
        raise Refused(_("This file is not here any more"), code="gone")
    document.removed_at = now
    record("documents.remove", document, by=by, for_=for_, now=now, facts={"sha256": document.sha256})
