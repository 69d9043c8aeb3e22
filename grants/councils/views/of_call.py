"""What every page about a call's decisions has: the call by its slug, and the way back to it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call


class CallMixin:
    model = Call
    key = "slug"
    nav = "calls"

    def get_crumbs(self):
        call = self.thing
        return [(_("Calls"), reverse("calls:desk")), (call.title, reverse("calls:manage", args=[call.slug]))]
