"""The first consent texts, in fund/people/consents/: one file per purpose and language, the town's names from its profile."""

from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from .catalogue import PURPOSES
from .models import ConsentDocument

FOLDER = Path(__file__).parent / "consents"


def first_text(purpose: str, language: str) -> str:
    """The text as the house proposes it, with the fund, its town and its contacts filled in."""
    profile = settings.PROFILE
    values = {name: getattr(getattr(profile, name), language) for name in ("name", "fund", "town", "address")}
    text = (FOLDER / f"{purpose}.{language}.txt").read_text(encoding="utf-8")
    return text.format(**values, contact=profile.contact_email).strip()


def publish_missing(using: str) -> None:
    """Writes version 1 of every purpose that has no document yet; never touches what an administrator published."""
    if using != "default" or ConsentDocument._meta.db_table not in connections[using].introspection.table_names():
        return
    known = set(ConsentDocument.objects.values_list("purpose", flat=True))
    for purpose in PURPOSES.values():
        if purpose.key not in known:
            ru, en = first_text(purpose.key, "ru"), first_text(purpose.key, "en")
            ConsentDocument.objects.create(
                purpose=purpose.key,
                version=1,
                text_ru=ru,
                text_en=en,
                text_hash=ConsentDocument.hash_of(ru, en),
                is_required=purpose.is_required,
                published_at=timezone.now(),
            )
