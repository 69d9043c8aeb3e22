"""The second-factor gate before workspaces, and what allauth's pages need to look and answer like ours."""

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from fund.core.middleware import is_desk

from .roles import needs_second_factor
from .second_factor import has_second_factor

# Closed beside the workspaces; the pages of signing in and the public site stay open.
CLOSED = ("/admin/", "/api/", "/documents/")


class SecondFactor:
    """Who touches money or scores opens a workspace only after a second factor was set up, and used in this session.

    A session without any record of how it was signed in was not made by our sign-in pages (a test's browser).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if (is_desk(path) or path.startswith(CLOSED)) and needs_second_factor(request.user):
            # The backend has looked already; whoever was signed in without it is looked at now.
            if not getattr(request.user, "came_with_factor", False) and not has_second_factor(request.user):
                messages.warning(request, _("Your role works with money or scores: set up a second factor first."))
                return self._turn_to(reverse("mfa_index"))
            records = get_authentication_records(request, request.user)
            if records and not any(record["method"] == "mfa" for record in records):
                query = urlencode({"next": request.get_full_path()})
                return self._turn_to(f"{reverse('mfa_reauthenticate')}?{query}")
        return self.get_response(request)

    @staticmethod
    def _turn_to(address: str) -> HttpResponseRedirect:
        response = HttpResponseRedirect(address)
        add_never_cache_headers(response)
        return response


PAGES = ("account/", "mfa/", "usersessions/")


class SignInPages:
    """allauth's pages answer like ours: 422 where a form came back with errors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        names = response.template_name
        name = names[0] if isinstance(names, list | tuple) else names
        context = response.context_data or {}
        form = context.get("form")
        if str(name).startswith(PAGES) and form is not None and form.is_bound and form.errors and response.status_code == 200:
            response.status_code = 422
        return response
