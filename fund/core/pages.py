"""Page bases: fetch, ask, bind the form, call one verb, answer. A room's views say only what is their own."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.edit import FormMixin

from .errors import Refused
from .forms import Confirm

MOST_PAGES = 1000  # a list deeper than this is searched, not leafed through


class Page(TemplateView):
    """A page: `title`, `crumbs` as (label, address) pairs, `nav` for the lit item of the bar."""

    request: Any
    title: Any = ""
    crumbs: Any = ()
    nav = ""

    def get_title(self) -> Any:
        return self.title

    def get_crumbs(self) -> Any:
        return self.crumbs

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(title=self.get_title(), crumbs=self.get_crumbs(), nav=self.nav, now=self.request.now)
        return context


class ThingMixin:
    """Fetches `thing` among the rows this user may see; what is not theirs looks exactly like what does not exist."""

    model: Any
    key = "uid"
    request: Any
    kwargs: Any
    may: Any = None  # the predicate can_<verb>(user, thing), wrapped in staticmethod
    whose: Any = None  # wider: whose act it is, also when it fits the thing no more; they are told so, anyone else gets 404

    @property
    def reader(self) -> Any:
        """By whose rights it is fetched: the user's; on pages that staff use for a caller, the caller's."""
        return self.request.user

    def get_queryset(self):
        return self.model._default_manager.visible_to(self.reader)

    @cached_property
    def thing(self) -> Any:
        thing = self.get_queryset().filter(**{self.key: self.kwargs[self.key]}).first()
        if thing is None or not _holds(type(self).whose or type(self).may, self.reader, thing):
            raise Http404
        return thing

    def dispatch(self, request, *args, **kwargs):
        # Asked before the method is: a stranger learns nothing from a 405 either.
        _thing = self.thing
        if request.method in ("GET", "HEAD") and (sentence := self.past()):
            return self.told(sentence)
        return super().dispatch(request, *args, **kwargs)

    def past(self) -> Any:
        """Why what this page is for does not fit the thing (any more), in a sentence for those whose act it is; "" while it does.

        Asked for pages only. A form sent all the same goes to its verb, which refuses by itself and keeps what was typed.
        """
        asked = type(self).whose is not None  # else `may` has held already
        return self.no_more() if asked and not _holds(type(self).may, self.reader, self.thing) else ""

    def no_more(self) -> Any:
        return _("This cannot be done any more.")

    def told(self, sentence: Any) -> HttpResponse:
        caller = getattr(self, "for_", None)  # an officer who acts for somebody is told so on this page too
        frame = {"title": self.get_title(), "crumbs": self.get_crumbs(), "nav": self.nav, "now": self.request.now}
        return render(self.request, "past.html", {**frame, "sentence": sentence, "caller": caller}, status=409)

    def get_context_data(self, **kwargs):
        return super().get_context_data(thing=self.thing, **kwargs)


def _holds(predicate: Any, user: Any, thing: Any) -> bool:
    return predicate is None or predicate(user, thing)


class ThingPage(ThingMixin, Page):
    """A page about one thing."""


class ListPage(Page):
    """A page of rows: `get_rows()` gives the query set, `filter_class` (django-filter) narrows it by GET."""

    paginate_by = 30
    filter_class: Any = None

    def get_rows(self):
        raise NotImplementedError(f"{type(self).__name__}.get_rows")

    def get_context_data(self, **kwargs):
        rows = self.get_rows()
        narrowed = self.filter_class(self.request.GET, queryset=rows, request=self.request) if self.filter_class else None
        page = self.page_of(narrowed.qs if narrowed else rows)
        return super().get_context_data(page=page, rows=page.object_list, filter=narrowed, **kwargs)

    def page_of(self, rows):
        number = self.request.GET.get("page", "1")
        paginator = Paginator(rows, self.paginate_by)
        if not (number.isascii() and number.isdigit() and len(number) <= 6 and 1 <= int(number) <= MOST_PAGES):
            raise Http404
        if int(number) > paginator.num_pages:
            raise Http404
        return paginator.page(int(number))


class VerbMixin(FormMixin):
    """A form that ends in one verb: `act(form)` calls it and returns where to go; a refusal stands in the form."""

    render_to_response: Any
    form_class: Any = Confirm
    done: Any = ""  # the sentence shown after the redirect

    def act(self, form) -> str:
        raise NotImplementedError(f"{type(self).__name__}.act")

    def post(self, request, *args, **kwargs) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            target = self.act(form)
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form, status=refusal.status)
        if self.done:
            messages.success(request, self.done)
        return HttpResponseRedirect(target)

    def form_invalid(self, form, status: int = 422) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class VerbPage(VerbMixin, Page):
    """A page whose form creates something or changes what is the user's own."""


class ThingVerbPage(VerbMixin, ThingPage):
    """A page whose form does one act on one thing."""
