"""Acting for a caller: an officer says for whom and why; pages that residents use then act in that person's name, and say so."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from fund.core.pages import ThingVerbPage

from ..actions import act_for, person_of
from ..forms import ActForForm
from ..models import Person
from ..permissions import can_act_for

KEPT = "caller"
# A call ends; what is forgotten ends by itself.
LASTS = timedelta(hours=2)


def caller_of(request: Any) -> Person | None:
    """The person for whom the officer acts now, if they may still; read once in a request."""
    if not hasattr(request, "_caller"):
        request._caller = _read(request)
    return request._caller


def _read(request: Any) -> Person | None:
    kept = request.session.get(KEPT)
    if not kept or datetime.fromisoformat(kept["until"]) < request.now:
        return None
    person = Person.objects.filter(uid=kept["person"]).select_related("account", "household").first()
    return person if person is not None and can_act_for(request.user, person) else None


class ForCaller:
    """A page of one's own that an officer may use for a caller: `person` is whose page it is, `for_` goes to the verbs."""

    request: Any

    @cached_property
    def for_(self) -> Person | None:
        return caller_of(self.request)

    @cached_property
    def person(self) -> Person:
        return self.for_ or person_of(self.request.user)

    @property
    def reader(self) -> Any:  # ThingMixin asks for it
        """By whose rights things are fetched and offered: the caller's own, or one's own."""
        return (self.for_.account or AnonymousUser()) if self.for_ else self.request.user

    @property
    def acting(self) -> dict[str, Any]:
        """What every verb wants to know: who presses, for whom, and when it arrived."""
        return {"by": self.request.user, "for_": self.for_, "now": self.request.now}

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(caller=self.for_, **kwargs)  # type: ignore[misc]


class ForCallerOrSelf(ForCaller):
    """A page about a thing that its people and the fund both open: for the caller where the thing is theirs, else for oneself."""

    model: Any
    key: str
    kwargs: dict

    @cached_property
    def for_(self) -> Person | None:
        caller = caller_of(self.request)
        if caller is None or caller.account is None:
            return None
        theirs = self.model._default_manager.visible_to(caller.account).filter(**{self.key: self.kwargs[self.key]})
        return caller if theirs.exists() else None


class ActFor(ThingVerbPage):
    """Z3: for whom, and how they asked; the person is told."""

    model = Person
    template_name = "people/act_for.html"
    form_class = ActForForm
    title = _("Act for a caller")
    nav = "people"
    may = staticmethod(can_act_for)

    def get_crumbs(self):
        return [(_("People"), reverse("people:list"))]

    def act(self, form):
        act_for(self.thing, by=self.request.user, now=self.request.now, why=form.cleaned_data["why"])
        self.request.session[KEPT] = {"person": self.thing.uid, "until": (self.request.now + LASTS).isoformat()}
        return reverse("people:profile")


class StopActing(View):
    """The button of the banner: from now on the officer acts for themself."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        request.session.pop(KEPT, None)
        return HttpResponseRedirect(reverse("people:profile"))
