"""Public pages, rendered once for all visitors: the same bytes per address, language, theme, version and minute.

Only a visitor without a session gets them, so never a private byte: whoever is signed in, or has a message waiting,
gets a page of their own. The version is asked of the database each time, so no page is stale and nothing is purged.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from .context import Shell
from .pages import Page

KEPT = 90  # seconds; the minute in the key ends a page sooner


class PublicPage(Page):
    """A page for everyone. `freshness()` changes whenever the page would; `filters` are the GET names it knows."""

    filters: tuple[str, ...] = ()

    def freshness(self) -> tuple[Any, ...]:
        raise NotImplementedError(f"{type(self).__name__}.freshness")

    def get(self, request, *args, **kwargs):
        if not self.is_shared():
            return super().get(request, *args, **kwargs)
        mark = self.mark()
        etag = f'"{mark[:32]}"'
        if etag in (given.removeprefix("W/") for given in parse_etags(request.headers.get("If-None-Match", ""))):
            return self.with_headers(HttpResponseNotModified(), etag)
        body = cache.get(f"page:{mark}")
        if body is None:
            response = super().get(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            body = response.render().content
            cache.set(f"page:{mark}", body, KEPT)
        return self.with_headers(HttpResponse(body), etag)

    def is_shared(self) -> bool:
        """A visitor without a session, at an address whose every part is ours."""
        known = all(name in self.filters for name in self.request.GET)
        return known and settings.SESSION_COOKIE_NAME not in self.request.COOKIES

    def mark(self) -> str:
        """What the bytes depend on, as one digest."""
        minute = int(self.request.now.timestamp()) // 60
        parts = (self.request.get_full_path(), get_language(), Shell(self.request).theme, minute, *self.freshness())
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def with_headers(self, response: HttpResponse, etag: str) -> HttpResponse:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ("Cookie",))
        return response
