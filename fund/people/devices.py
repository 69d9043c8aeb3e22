"""The mark of a browser in which an account has signed in before: its failures are counted apart from strangers'."""

import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

NAME = "__Host-device" if settings.IS_HTTPS else "device"
AGE = 180 * 24 * 3600
SALT = "fund.people.device"


def device_of(request, email: str) -> str:
    """The browser's mark if it was made for this address, else nothing."""
    try:
        mark = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return ""
    return mark["id"] if mark.get("who") == _digest(email) else ""


def remember_device(response, request, email: str) -> None:
    """Marks the browser after a complete sign-in; it grants nothing by itself."""
    if not device_of(request, email):
        mark = signing.dumps({"who": _digest(email), "id": secrets.token_urlsafe(16)}, salt=SALT)
        response.set_cookie(NAME, mark, max_age=AGE, httponly=True, samesite="Lax", secure=settings.IS_HTTPS)


def _digest(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]
