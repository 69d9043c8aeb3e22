"""Pages and acts of the core itself: the choice of colours, what goes wrong, and the page of components."""

import sys
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from . import kit as samples
from . import moments
from .busy import busy_page, is_busy
from .context import COOKIE, THEMES
from .icons import icon

YEAR = 365 * 24 * 3600


@csrf_exempt
@require_POST
def theme(request):
    """Keeps the reader's colours in a cookie and goes back.

    Public pages are cached, so their form carries no token of anyone; the Origin header says who is asking instead.
    """
    if urlsplit(request.headers.get("Origin", "")).netloc != request.get_host():
        return HttpResponseForbidden(_("This choice can only be made on our own pages."))
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES[1:]:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, secure=settings.IS_HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def server_error(request):
    """Django calls it while the error is being handled: also one of a middleware, where no page catches it."""
    return busy_page(request) if is_busy(sys.exc_info()[1]) else defaults.server_error(request)


def _for_builders() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


@require_GET
@never_cache
def kit(request):
    """Every component in every state, with sample data: the picture new pages are built from."""
    _for_builders()
    return render(request, "core/kit.html", samples.everything(request.now))


@require_POST
def kit_save(request):
    """Stores nothing; answers as a page's autosave does."""
    _for_builders()
    saved = _("Saved at %(time)s") % {"time": moments.clock(request.now)}
    return HttpResponse(format_html("{}{}", icon("check"), saved))


# Letters alone carry their styles with them, so this one page allows that.
@csp_update({"style-src": "'unsafe-inline'"})
@require_GET
@never_cache
def kit_letter(request):
    return kit_page(request, "letter")


@require_GET
@never_cache
def kit_page(request, name: str):
    """The shells that are rarely seen: error pages, the three panes, a letter."""
    _for_builders()
    if name not in samples.SHELLS:
        raise Http404
    return render(request, samples.SHELLS[name], samples.shell(name, request.now))
