"""For machines: is the process alive, is everything behind it ready; where robots may go."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers

from fund.people.roles import has_role
from grants.calls.models import Call

from ..readiness import checks

MOST_ADDRESSES = 10_000


def healthz(request):
    """Says nothing but ok: the process answers."""
    return plain("ok")


def readyz(request):
    """ready or not; why, only to an administrator. Failing answers 503, so that a balancer looks elsewhere."""
    found = checks(request.now)
    is_ready = all(one.is_ready for one in found)
    status = 200 if is_ready else 503
    if has_role(request.user, "admin"):
        return never_cached(JsonResponse({one.name: one.words for one in found}, status=status))
    return plain("ready" if is_ready else "not ready", status)


def robots(request):
    closed = "".join(f"Disallow: /{path}/\n" for path in ("ru/desk", "en/desk", "ru/account", "en/account", "admin", "demo"))
    return plain(f"User-agent: *\n{closed}Sitemap: {settings.SITE_URL}/sitemap.xml\n")


def sitemap(request):
    """The public pages in both languages."""
    calls = Call.objects.published().order_by("pk").values_list("slug", flat=True)[:MOST_ADDRESSES]
    paths = ["", "calls/", "privacy/", "accessibility/", *(f"calls/{slug}/" for slug in calls)]
    rows = "".join(
        f"<url><loc>{settings.SITE_URL}/{code}/{path}</loc></url>" for path in paths for code, _name in settings.LANGUAGES
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return HttpResponse(body, content_type="application/xml")


def plain(text: str, status: int = 200) -> HttpResponse:
    return never_cached(HttpResponse(text, content_type="text/plain; charset=utf-8", status=status))


def never_cached(response):
    add_never_cache_headers(response)
    return response
