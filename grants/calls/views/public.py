"""The pages anyone reads: all calls, one call, its regulation in plain words and as a file."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import View

from fund.core.bilingual import say
from fund.core.navigation import address
from fund.core.pages import ListPage, ThingMixin
from fund.core.public import PublicPage

from .. import wording
from ..models import Call
from ..permissions import can_ask
from ..queries import counts_by_time
from ..regulation import write_regulation
from ..status import status_of

STATES = {
    "open": pgettext_lazy("calls", "Open"),
    "soon": pgettext_lazy("calls", "Soon"),
    "over": pgettext_lazy("calls", "Closed"),
}


class CallList(PublicPage, ListPage):
    """P2: what is open now, what opens soon, what is over."""

    template_name = "calls/list.html"
    title, nav = _("Calls"), "calls"
    filters = ("state", "theme", "page")
    paginate_by = 24

    def freshness(self):
        return Call.objects.published().freshness()

    def get_rows(self):
        now, state, theme = self.request.now, self.chosen("state", STATES), self.chosen("theme", self.themes())
        rows = {"open": Call.objects.open, "soon": Call.objects.soon, "over": Call.objects.over}[state or "open"](now)
        rows = rows.about(theme) if theme else rows
        return rows.order_by("-closes_at", "pk") if state == "over" else rows.order_by("closes_at", "pk")

    def chosen(self, name: str, known) -> str:
        """A filter of the address; one that does not exist is a page that does not exist."""
        given = self.request.GET.get(name, "")
        if given and given not in known:
            raise Http404
        return given

    def themes(self) -> dict:
        return {theme.key: say(theme.name) for theme in settings.PROFILE.themes}

    def get_context_data(self, **kwargs):
        state, theme = self.chosen("state", STATES) or "open", self.chosen("theme", self.themes())
        counts = counts_by_time(self.request.now, theme)
        chips = [(key, label, counts[key], key == state) for key, label in STATES.items()]
        next_opens = Call.objects.soon(self.request.now).order_by("opens_at").first() if not counts["open"] else None
        extra = {"state": state, "theme": theme, "themes": self.themes(), "chips": chips, "next": next_opens}
        return super().get_context_data(**extra, **kwargs)


class CallThing(ThingMixin):
    """A call by its key; drafts are the officers'."""

    model, key = Call, "slug"

    def get_queryset(self):
        return super().get_queryset().select_related("curator__person")

    def freshness(self):
        return self.thing.uid, self.thing.revision


class CallRead(CallThing, PublicPage):
    """P3: everything somebody needs to decide whether to apply."""

    template_name = "calls/read.html"
    nav = "calls"

    def get_title(self):
        return self.thing.title

    def get_crumbs(self):
        return [(_("Calls"), address("calls:list"))]

    def get_context_data(self, **kwargs):
        call, now = self.thing, self.request.now
        regulation = call.regulation
        context = {
            "regulation": regulation,
            "status": status_of(call, now),
            "facts": wording.facts_of(regulation),
            "criteria": wording.criteria_of(regulation.rules),
            "costs": wording.cost_rows(regulation),
            "steps": wording.steps_of(regulation, now) if call.state != "cancelled" else [],
            "thresholds": wording.threshold_rows(regulation.rules),
            "questions": call.questions.public(),
            "takes_questions": can_ask(call.curator, call),
            "is_open": call.is_open_at(now),
            "is_released": call.is_released,
        }
        return super().get_context_data(**context, **kwargs)


class CallRegulation(CallThing, PublicPage):
    """P4: the whole regulation in plain words, to read and to print."""

    template_name = "calls/regulation.html"
    nav = "calls"
    title = _("Regulation")

    def get_crumbs(self):
        return [(_("Calls"), address("calls:list")), (self.thing.title, self.thing.get_absolute_url())]

    def get_context_data(self, **kwargs):
        regulation = self.thing.regulation
        context = {
            "regulation": regulation,
            "facts": wording.facts_of(regulation),
            "criteria": wording.criteria_of(regulation.rules),
            "costs": wording.cost_rows(regulation),
            "sections": wording.question_rows(regulation),
            "sentences": wording.rule_sentences(regulation),
            "thresholds": wording.threshold_rows(regulation.rules),
            "steps": wording.steps_of(regulation, self.request.now),
            "versions": self.thing.versions.order_by("-number"),
        }
        return super().get_context_data(**context, **kwargs)


class CallExport(CallThing, View):
    """The regulation as the file it could be imported from."""

    def get(self, request, *args, **kwargs):
        text = write_regulation(self.thing.regulation)
        response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.thing.slug}.yaml"'
        return response
