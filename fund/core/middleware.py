"""What happens to every request before any page sees it: its instant, the workspace door, malformed input."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from .busy import pressed
from .clock import arrived
from .text import is_clean


class Arrival:
    """Takes the request's instant first of all; verbs compare it with deadlines under the lock."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.now = arrived(request.META)
        return self.get_response(request)


class Resent:
    """A form sent once more because many pressed at once keeps the instant of its first arrival: waiting costs nobody a deadline."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, *_view):
        request.now = pressed(request) or request.now


class Desk:
    """/<language>/desk/…: a visitor gets the sign-in page whether the path exists or not; nothing there is ever cached.

    It also sets the reader's zone, so that times on pages are theirs.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if is_desk(request.path_info) and not user.is_authenticated:
            response = redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            add_never_cache_headers(response)
            return response
        zone = user.time_zone if user.is_authenticated and user.time_zone else settings.TIME_ZONE
        with timezone.override(zone):
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        if user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def is_desk(path: str) -> bool:
    parts = path.split("/", 3)
    return len(parts) > 2 and parts[1] in dict(settings.LANGUAGES) and parts[2] == "desk"


class PlainInput:
    """NUL and lone surrogates have no place in any address, query or cookie: one clear 400 instead of a database error.

    Cookies too: a quoted one may hold an escaped NUL, and the session's goes straight to the database. Fields are the forms'.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        texts = [request.path, *request.GET, *(v for vs in request.GET.lists() for v in vs[1]), *request.COOKIES.values()]
        if not all(map(is_clean, texts)):
            raise BadRequest("unclean")
        return self.get_response(request)
