"""/demo/: the accounts with their passwords and current codes, and the letters. There only while DEMO is on."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fund.core.pages import Page
from fund.notices.queries import latest_letters
from fund.people.second_factor import current_code

from ..demo.cast import CAST, PASSWORD


class Demo(Page):
    """Everything a visitor of the demo needs to try each role."""

    template_name = "portal/demo.html"
    title = _("The demo fund")

    def dispatch(self, request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        with translation.override(chosen_language(request)):
            return super().dispatch(request, *args, **kwargs).render()

    def get_context_data(self, **kwargs):
        found = get_user_model().objects.select_related("person").in_bulk([one.email for one in CAST], field_name="email")
        people = [(one, found[one.email], current_code(found[one.email])) for one in CAST if one.email in found]
        letters = sorted(latest_letters(60), key=lambda letter: letter[0].created_at, reverse=True)[:30]
        return super().get_context_data(people=people, password=PASSWORD, letters=letters, **kwargs)


def chosen_language(request) -> str:
    """The address has no language of its own: a link switches it."""
    return "en" if request.GET.get("language") == "en" else "ru"
