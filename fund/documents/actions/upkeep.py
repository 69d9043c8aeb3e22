"""What tasks do with files: ask the virus scanner, delete bytes that no row needs."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from ..models import Document, PaperFile, Picture
from ..viruses import scan

YOUNG = timedelta(days=1)  # a file this young may belong to a transaction that has not ended
REMOVED = timedelta(days=30)


def check_for_viruses(document: Document) -> str:
    """Asks the scanner; the file is served only once it is found clean. Returns its state."""
    with default_storage.open(document.path) as file:
        found = scan(file)
    state = "infected" if found else "ready"
    Document.objects.filter(pk=document.pk, state="checking").update(state=state)
    return state


def clean_up(*, now: datetime) -> int:
    """Deletes the bytes of files removed a month ago and not pinned, of erased papers, and those that never got a row; counts them."""
    gone = Document.objects.filter(removed_at__lt=now - REMOVED, pinned_at=None)
    kept = set(Document.objects.exclude(pk__in=gone.values("pk")).values_list("path", flat=True))
    kept |= {f"pictures/{name}" for rows in Picture.objects.values_list("renditions", flat=True) for _, _, name in rows}
    kept |= set(PaperFile.objects.readable().values_list("path", flat=True))
    deleted = 0
    for path in [*_files("documents"), *_files("pictures"), *_files("papers")]:
        if path not in kept and default_storage.get_modified_time(path) < now - YOUNG:
            default_storage.delete(path)
            deleted += 1
    return deleted


def _files(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    yield from (os.path.join(folder, name) for name in names)
    for inner in folders:
        yield from _files(os.path.join(folder, inner))
