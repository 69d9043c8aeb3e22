"""The pages of draws (G10): all of them, one with everything needed to compute it again, its inputs as a file."""

import json

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from fund.core.moments import moment
from fund.core.navigation import address
from fund.core.pages import ListPage, ThingMixin, ThingPage

from .models import Draw
from .queries import opened_to

PILLS = {"committed": (_("Committed"), "info"), "drawn": (_("Drawn"), "amber"), "revealed": (_("Revealed"), "ok")}


class DrawMixin(ThingMixin):
    model = Draw

    def get_queryset(self):
        return super().get_queryset().select_related("seal", "drawing", "reveal")


class DrawList(ListPage):
    """Every draw there was, the newest first."""

    template_name = "lots/list.html"
    title = _("Lots")

    def get_rows(self):
        return Draw.objects.visible_to(self.request.user).select_related("drawing", "reveal")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["draws"] = [(draw, *PILLS[draw.step]) for draw in context["rows"]]
        return context


class DrawRead(DrawMixin, ThingPage):
    """G10: what was published when, the list, the lots, and how to compute them oneself."""

    template_name = "lots/read.html"

    def get_title(self):
        return self.thing.title

    def get_crumbs(self):
        return [(_("Lots"), address("lots:list"))]

    def get_context_data(self, **kwargs):
        opened = opened_to(self.request.user, self.thing)
        label, tone = PILLS[self.thing.step]
        found = {"opened": opened, "pill": label, "tone": tone, "first": opened.order[:1], "about": self.about()}
        return super().get_context_data(steps=steps_of(self.thing), **found, **kwargs)

    def about(self):
        """What was drawn about, where it has a page this reader may open."""
        thing = self.thing.of
        if not hasattr(thing, "get_absolute_url"):
            return None
        return type(thing).objects.visible_to(self.request.user).filter(pk=thing.pk).first()


class DrawInputs(DrawMixin, View):
    """The inputs as a file; what is closed to this reader is null in it."""

    def get(self, request, *args, **kwargs):
        inputs = opened_to(request.user, self.thing).inputs()
        response = HttpResponse(json.dumps(inputs, ensure_ascii=False, indent=2) + "\n", content_type="application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="draw-{self.thing.uid}.json"'
        return response


def steps_of(draw: Draw) -> list[tuple]:
    """The three steps as a timeline: what happened at each, and when."""
    at = {
        "committed": draw.committed_at,
        "drawn": draw.drawing.drawn_at if draw.step != "committed" else None,
        "revealed": draw.reveal.revealed_at if draw.step == "revealed" else None,
    }
    words = {
        "committed": _("The list is closed, the hashes are published"),
        "drawn": _("Words are said aloud, the order is fixed"),
        "revealed": _("The seed is opened, anyone can check"),
    }
    now = next((step for step, moment_ in at.items() if moment_ is None), "")
    state = {step: "done" if at[step] else "now" if step == now else "" for step in at}
    return [(words[step], moment(at[step]) if at[step] else "", state[step]) for step in at]
