"""After the release: money for one that waits in the reserve."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ThingVerbPage
from grants.applications.models import Application

from ..actions import ahead_of, fund_from_reserve
from ..forms import ReserveForm
from ..permissions import can_decide, can_fund_from_reserve


class FundFromReserve(ThingVerbPage):
    """Who is ahead, what the envelope has left, the sum and its reason."""

    template_name = "councils/fund_from_reserve.html"
    model = Application
    form_class = ReserveForm
    title, nav = _("Fund from the reserve"), "calls"
    whose, may = staticmethod(can_decide), staticmethod(can_fund_from_reserve)
    done = _("The project is funded, its authors are written to.")

    def no_more(self):
        return gettext("“%(title)s” does not wait in the reserve any more.") % {"title": self.thing.name}

    def get_queryset(self):
        return super().get_queryset().select_related("call", "version")

    def get_crumbs(self):
        call = self.thing.call
        return [
            (call.title, reverse("calls:manage", args=[call.slug])),
            (_("Decisions"), reverse("councils:list", args=[call.slug])),
        ]

    def act(self, form) -> str:
        given = form.cleaned_data
        fund_from_reserve(
            application=self.thing, amount=given["amount"], why=given["why"], by=self.request.user, now=self.request.now
        )
        return reverse("councils:list", args=[self.thing.call.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            application=self.thing,
            ahead=ahead_of(self.thing).visible_to(self.request.user),
            left=self.thing.call.left,
            until=self.thing.call.regulation.timeline.reserve_until,
            **kwargs,
        )
