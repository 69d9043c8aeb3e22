"""R4: after the release, an expert's own marks beside the others'."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ThingPage
from grants.calls.models import Call

from ..permissions import can_calibrate
from ..queries.calibration import calibration_of
from .expert import CRUMB


class Calibrate(ThingPage):
    """Severity and spread, for the total and each criterion; before the release the page is not there."""

    model, key = Call, "slug"
    may = staticmethod(can_calibrate)
    template_name = "reviews/calibrate.html"
    title, nav = _("My scores beside the others'"), "reviews"

    def get_crumbs(self):
        return [(CRUMB[0], reverse(CRUMB[1]))]

    def get_context_data(self, **kwargs):
        whole, lines = calibration_of(self.thing, self.request.user)
        return super().get_context_data(call=self.thing, whole=whole, lines=[whole, *lines], **kwargs)
