"""Replay: a verb that creates something claims its form's token first; the same token later returns the same thing."""

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .errors import Refused
from .models import Once


class Slot:
    """One claimed token; without a token (a program's call, a test) it remembers nothing."""

    def __init__(self, row: Once | None):
        self._row = row

    @property
    def made(self) -> bool:
        """Was it done already?"""
        return self._row is not None and self._row.made_id is not None

    def thing(self, model: type[models.Model]) -> Any:
        """What was made before; ask `made` first."""
        assert self._row is not None
        return model._base_manager.get(pk=self._row.made_id)

    def keep(self, thing: models.Model) -> None:
        """Ties the token to what was made; call it last, in the verb's own transaction."""
        if self._row is not None:
            Once.objects.filter(pk=self._row.pk).update(made_id=thing.pk)


def claim(token: str | None, *, by: Any, verb: str, body: dict) -> Slot:
    """Takes the token inside the caller's transaction; waits for a twin that is still running.

    ON CONFLICT DO NOTHING waits for the other transaction to end and leaves ours usable, which a caught
    IntegrityError would not on PostgreSQL.
    """
    if not token:
        return Slot(None)
    account = by if getattr(by, "pk", None) else None
    digest = digest_of(body)
    Once.objects.bulk_create([Once(token=token, account=account, verb=verb, digest=digest)], ignore_conflicts=True)
    row = Once.objects.select_for_update().get(token=token)
    if (row.account_id, row.verb, row.digest) != (account and account.pk, verb, digest):
        raise Refused(_("This form was already sent with other contents. Open it anew and send it again."), code="replayed")
    return Slot(row)


def digest_of(body: dict) -> str:
    canonical = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
