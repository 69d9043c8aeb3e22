"""Signed links: what a letter's link may do without signing in; they expire, and a GET shows a page, a button posts."""

from datetime import timedelta

from django.core import signing


def sign(purpose: str, payload) -> str:
    """A token for one purpose ("proposals.consent"); it opens nothing else."""
    return signing.dumps(payload, salt=f"link:{purpose}", compress=True)


def read(purpose: str, token: str, *, days: int):
    """The payload, or None when the token is foreign, altered or older than `days`."""
    try:
        return signing.loads(token, salt=f"link:{purpose}", max_age=timedelta(days=days))
    except signing.BadSignature:
        return None
