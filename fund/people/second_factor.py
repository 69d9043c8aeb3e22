"""The second factor: who must have one, who has it, is a code right, and the current code, which only the demo shows."""

import time
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value, validate_totp_code
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.db.models import QuerySet

from .actions.attempts import use_once

PERIOD = 30
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(account: Any) -> QuerySet[Authenticator]:
    """Apps and keys of an account (its id, or a reference to it); recovery codes alone are none."""
    return Authenticator.objects.filter(user=account, type__in=REAL)


def has_second_factor(account: Any, *, besides: Authenticator | None = None) -> bool:
    return factors_of(account.pk).exclude(pk=besides and besides.pk).exists()


def find_by_code(account: Any, code: str, *, now: datetime) -> Authenticator | None:
    """The app or the recovery codes this code belongs to. A code opens once; in the demo, where it stands on a page, again."""
    by_hand = Authenticator.objects.filter(user=account.pk).exclude(type=Authenticator.Type.WEBAUTHN)
    for authenticator in by_hand.order_by("-type"):
        if authenticator.type != Authenticator.Type.TOTP:
            if authenticator.wrap().validate_code(code):
                return authenticator
        elif validate_totp_code(decrypt(authenticator.data["secret"]), code):
            fresh = settings.DEMO or use_once("code", f"{account.pk} {code}", now=now)
            return authenticator if fresh else None
    return None


def set_up_code(account: Any, secret: str = "") -> None:
    """Gives the account a code generator without asking anyone: for the demo and tests."""
    data = {"secret": encrypt(secret or generate_totp_secret())}
    Authenticator.objects.update_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": data})


def current_code(account: Any) -> str:
    """The six digits the account's app shows now. The demo alone may show them; empty without an app."""
    if not settings.DEMO:
        raise PermissionError("second-factor codes are shown in the demo only")
    authenticator = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return ""
    secret = decrypt(authenticator.data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
