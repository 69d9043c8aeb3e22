"""The simulator: move the envelope, the line, the rule; see who is in and for which directions. Nothing is written."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ThingPage
from grants.reviews.models import Conflict

from ..forms import SimulateForm
from ..permissions import can_rank
from ..queries.simulation import simulate
from .of_call import CallMixin

SHOWN = 200  # changes named on the page; the figures count all


class Simulate(CallMixin, ThingPage):
    """A form by GET: an address that can be kept, sent, opened again."""

    template_name = "councils/simulate.html"
    title = _("Simulator")
    may = staticmethod(can_rank)

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Decisions"), reverse("councils:list", args=[self.thing.slug]))]

    def get(self, request, *args, **kwargs):
        form = SimulateForm(request.GET or None, call=self.thing)
        is_wrong = form.is_bound and not form.is_valid()
        return self.render_to_response(self.get_context_data(form=form), status=422 if is_wrong else 200)

    def get_context_data(self, form, **kwargs):
        asked = SimulateForm(form.data, call=self.thing) if form.is_bound else SimulateForm({}, call=self.thing)
        found = None
        if asked.is_valid():
            closed = Conflict.objects.live().filter(application__call=self.thing, expert=self.request.user)
            found = simulate(self.thing, asked.wish, hidden=set(closed.values_list("application", flat=True)))
        return super().get_context_data(
            form=form,
            found=found,
            envelope=asked.wish.envelope if found else None,
            gains=[one for one in found.changes if one.kind == "in"][:SHOWN] if found else [],
            loses=[one for one in found.changes if one.kind == "out"][:SHOWN] if found else [],
            others=[one for one in found.changes if one.kind == "sum"][:SHOWN] if found else [],
            **kwargs,
        )
