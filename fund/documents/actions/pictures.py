"""Public pictures: drawn anew in a few widths under names made of their contents; taken down again."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.models import Upward

from ..formats import PICTURES, Checked
from ..formats.pictures import rendition
from ..models import Picture
from .documents import checked_upload

WIDTHS = (400, 800, 1600)


def show_picture(
    file: Any,
    *,
    of: models.Model,
    by: Any,
    now: datetime,
    alt_ru: str,
    alt_en: str = "",
    credit: str = "",
    kind: str = "",
    for_: Any = None,
) -> Picture:
    """Adds a picture to a thing's pages; words for it are obligatory. Drawing is done before the transaction."""
    if not alt_ru.strip():
        raise Refused(_("Say what the picture shows"), field="alt_ru")
    checked = file if isinstance(file, Checked) else checked_upload(file, PICTURES)
    drawn = _draw(checked)
    with transaction.atomic():
        picture = Picture.objects.create(
            **Upward.key(of),
            kind=kind,
            alt_ru=alt_ru,
            alt_en=alt_en,
            credit=credit,
            width=drawn[-1][0],
            height=drawn[-1][1],
            renditions=drawn,
            uploaded_by=by if getattr(by, "pk", None) else None,
            uploaded_at=now,
        )
        facts = {"parent": list(Upward.key(of).values())}
        record("documents.show_picture", picture, by=by, for_=for_, now=now, facts=facts)
    return picture


@transaction.atomic
def drop_picture(picture: Picture, *, by: Any, now: datetime, for_: Any = None) -> None:
    """Takes a picture down; its files are swept up later."""
    record("documents.drop_picture", picture, by=by, for_=for_, now=now)
    picture.delete()


def _draw(checked: Checked) -> list[list]:
    """One file per width, never wider than the original; the same contents have the same name."""
    drawn: list[list] = []
    for wanted in WIDTHS:
        content, width, height = rendition(checked.content, wanted)
        if drawn and drawn[-1][0] == width:
            break
        name = f"{hashlib.sha256(content).hexdigest()[:32]}-{width}.webp"
        if not default_storage.exists(f"pictures/{name}"):
            default_storage.save(f"pictures/{name}", ContentFile(content))
        drawn.append([width, height, name])
    return drawn
