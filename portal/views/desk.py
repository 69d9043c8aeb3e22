"""The start page of the workspaces: what do I have to do now."""

from django.utils.translation import gettext_lazy as _

from fund.core.pages import Page

from ..todo import groups_for


class Desk(Page):
    """One list for all the roles a person has; the nearest first within each."""

    template_name = "portal/desk.html"
    title = _("What to do now")

    def get_context_data(self, **kwargs):
        return super().get_context_data(groups=groups_for(self.request.user, self.request.now), **kwargs)
