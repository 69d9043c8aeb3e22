"""Where the secret key comes from, and the starts we refuse: nothing insecure begins to serve."""

import secrets
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "change-me-to-fifty-random-characters-or-the-product-will-not-start"
SHORTEST, FEWEST_SIGNS = 50, 5  # what Django's own deployment check asks for
MADE_BY_DJANGO = "django-insecure-"


def key(given: str, *, demo: bool, var: Path) -> str:
    """The secret key: the given one if it is a real one; in the demo one made once and kept in var/."""
    if given and is_real(given):
        return given
    if given:
        raise ImproperlyConfigured(
            f"SECRET_KEY is the example, not random, or shorter than {SHORTEST} characters: give a random one (see .env.example)."
        )
    if not demo:
        raise ImproperlyConfigured("SECRET_KEY is missing: set it in the environment or in .env (see .env.example).")
    kept = var / "secret.key"
    if not kept.exists():
        var.mkdir(exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def is_real(key: str) -> bool:
    """False for what anybody knows or may guess."""
    is_known = key == EXAMPLE or key.startswith(MADE_BY_DJANGO)
    return not is_known and len(key) >= SHORTEST and len(set(key)) >= FEWEST_SIGNS


def refuse_insecure(*, debug: bool, demo: bool, site_url: str) -> None:
    """Production wants https and a real host; the demo prints passwords, so it may only listen to this machine."""
    parts = urlsplit(site_url)
    if not parts.hostname or parts.scheme not in ("http", "https") or "*" in parts.hostname:
        raise ImproperlyConfigured(f"SITE_URL must be one full address such as https://fund.example.org, not {site_url!r}.")
    if demo and not is_loopback(parts.hostname):
        raise ImproperlyConfigured(
            f"DEMO=true shows passwords to everyone, so SITE_URL must be a loopback address, not {site_url}."
        )
    if not debug and not demo and parts.scheme != "https":
        raise ImproperlyConfigured(f"SITE_URL must begin with https:// in production, not {site_url}.")
    if debug and not is_loopback(parts.hostname):
        raise ImproperlyConfigured(
            f"DEBUG=true shows the inside of errors, so SITE_URL must be a loopback address, not {site_url}."
        )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
