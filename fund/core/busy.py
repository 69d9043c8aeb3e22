"""Many press at once: whoever waited too long for a lock is told so, and sends the same form once more with one button."""

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .clock import LONGEST_WAIT

# PostgreSQL: lock_not_available (lock_timeout), deadlock_detected, query_canceled (statement_timeout).
STATES = ("55P03", "40P01", "57014")
CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
SECONDS = 5
# The field by which a form that is sent once more says when it arrived first.
PRESSED = "pressed_at"


def is_busy(error: BaseException | None) -> bool:
    """Did the database give up waiting? Its transaction is undone, so that the same may be tried again."""
    if not isinstance(error, OperationalError):
        return False
    cause: Any = error.__cause__
    return getattr(cause, "sqlstate", None) in STATES or getattr(cause, "sqlite_errorcode", 0) & 0xFF in CODES


def busy_page(request: Any) -> HttpResponse:
    """503 with the form as it was sent: its token with it, so that it does nothing twice. Passwords are typed again."""
    if request.headers.get("HX-Request"):
        told = _("Many people are pressing at once. Nothing was lost: try once more in a few seconds.")
        answer = HttpResponse(told, status=503)
    else:
        is_secret = any("password" in name for name in request.POST)  # it has no place in a page
        context = {
            "may_resend": request.method == "POST" and not is_secret,
            "fields": said(request),
            "files": [(name, [one.name for one in files]) for name, files in request.FILES.lists()],
            "sealed": seal(request),
            "pressed": request.now,
            "until": request.now + LONGEST_WAIT,
        }
        answer = render(request, "503.html", context, status=503)
    answer["Retry-After"] = str(SECONDS)
    answer["Cache-Control"] = "no-store, private"
    return answer


def said(request: Any) -> list[tuple[str, str]]:
    """What a form said, field by field, without what each page adds of its own."""
    added = ("csrfmiddlewaretoken", PRESSED)
    return [(name, text) for name, texts in request.POST.lists() if name not in added for text in texts]


def seal(request: Any) -> str:
    """When this form arrived, whose it was and what it said. Nothing where it brought files: they are chosen anew, and may be others."""
    return "" if request.FILES else signing.dumps([request.now.timestamp(), _digest(request)], salt=PRESSED)


def pressed(request: Any) -> datetime | None:
    """When a form that is sent once more arrived first: word for word the same, and no longer ago than a request may wait."""
    if request.method != "POST" or PRESSED not in request.POST:
        return None
    try:
        instant, digest = signing.loads(request.POST[PRESSED], salt=PRESSED)
    except signing.BadSignature:
        return None
    at = datetime.fromtimestamp(instant, UTC)
    return at if digest == _digest(request) and request.now - LONGEST_WAIT <= at <= request.now else None


def _digest(request: Any) -> str:
    whose = getattr(getattr(request, "user", None), "pk", None)
    return hashlib.sha256(json.dumps([whose, request.path, said(request)]).encode()).hexdigest()
