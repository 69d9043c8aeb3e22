"""G7, the regulation editor: begin, write page by page, look at it as others will, put it in force."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Conflict, Refused
from fund.core.pages import ThingPage, ThingVerbPage, VerbPage

from ..actions import adopt_sketch, begin_sketch, drop_sketch, edit_regulation, reopen_call, save_sketch
from ..forms import BeginForm, PageForm
from ..models import Call, Sketch
from ..permissions import can_adopt, can_begin, can_drop, can_edit, can_reopen, can_write, runs
from ..queries import reading_of
from ..sketching import PARTS, Act, Context, page_at
from ..wording import facts_of, said_changes
from .frame import Frame, differing, known_to
from .officer import DESK, OfCall


class SketchBegin(VerbPage):
    """A new call: a title, and what it begins from."""

    template_name = "calls/editor/begin.html"
    title, nav, form_class = _("A new call"), "calls", BeginForm

    def dispatch(self, request, *args, **kwargs):
        if not can_begin(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self):
        return [(_("Calls"), reverse(DESK))]

    def get_initial(self):
        return {"source": self.request.GET.get("from", "")}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "calls": Call.objects.visible_to(self.request.user)}

    def act(self, form):
        given = form.cleaned_data
        title = {"ru": given["title_ru"], "en": given["title_en"]}
        once = given["once"]
        sketch = begin_sketch(title=title, source=given["source"], by=self.request.user, now=self.request.now, once=once)
        return reverse("calls:write", args=[sketch.uid, PARTS[0].key])


class CallEdit(OfCall, ThingVerbPage):
    """The button that opens a call's regulation in the editor."""

    template_name = "calls/editor/edit.html"
    title = _("Write on the regulation")
    whose, may = staticmethod(runs), staticmethod(can_edit)

    def act(self, form):
        sketch = edit_regulation(self.thing, by=self.request.user, now=self.request.now)
        return reverse("calls:sketch", args=[sketch.uid])


class CallReopen(OfCall, ThingVerbPage):
    """A cancelled call is opened anew: its regulation goes into the editor, its drafts follow."""

    template_name = "calls/editor/reopen.html"
    title = _("Open the call anew")
    whose, may = staticmethod(lambda user, call: runs(user)), staticmethod(can_reopen)

    def no_more(self):
        return _("Only a cancelled call is opened anew, and only once.")

    def act(self, form):
        sketch = reopen_call(self.thing, by=self.request.user, now=self.request.now)
        return reverse("calls:sketch", args=[sketch.uid])


class OfSketch:
    """A page about one sketch: the rail, the examples, what is left."""

    model, nav = Sketch, "calls"
    may = staticmethod(can_write)

    def get_queryset(self):
        return super().get_queryset().select_related("call", "reopens")

    def get_crumbs(self):
        crumbs = [(_("Calls"), reverse(DESK))]
        if self.thing.call:
            crumbs.append((self.thing.call.title, reverse("calls:manage", args=[self.thing.call.slug])))
        if not isinstance(self, SketchRead):
            title = _("Regulation") if self.thing.call else self.thing.title or _("Untitled")
            crumbs.append((title, reverse("calls:sketch", args=[self.thing.uid])))
        return crumbs

    @property
    def reading(self):
        return reading_of(self.thing, self.request.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(frame=Frame(self.thing, self.reading, getattr(self, "page", None)), **kwargs)


class SketchRead(OfSketch, ThingPage):
    """The whole at a glance: its parts, what is left before the opening."""

    template_name = "calls/editor/read.html"

    def get_title(self):
        return self.thing.title or _("Untitled")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_drop=can_drop(self.request.user, self.thing), **kwargs)


class SketchWrite(OfSketch, ThingPage):
    """One page of the editor. Every saving is kept as typed; "Save and continue" goes on if nothing is wrong with it."""

    template_name = "calls/editor/write.html"

    @cached_property
    def page(self):
        page = page_at(self.kwargs["place"], self.thing.data)
        if page is None:
            raise Http404
        return page

    def dispatch(self, request, *args, **kwargs):
        _page = self.page
        return super().dispatch(request, *args, **kwargs)

    def get_title(self):
        return self.page.title_in(self.thing.data)

    def build(self, data: dict, tab: str = "") -> PageForm:
        return PageForm(self.page, data, Context(data, **self.known), tab=tab)

    @cached_property
    def known(self) -> dict[str, Any]:
        return known_to(self.thing.call)

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.build(self.thing.data)
        return super().get_context_data(form=form, page=self.page, draft=f"{self.thing.uid}-{self.page.path}", **kwargs)

    def post(self, request, *args: Any, **kwargs: Any) -> HttpResponse:
        tab, act = request.POST.get("tab", "")[:32], Act.read(request.POST.get("act", ""))
        is_autosave = bool(request.htmx)
        form = self.build(self.page.merged(self.thing.data, request.POST), tab)
        if form.errors:  # what cannot be stored at all
            return self.stated(next(iter(form.errors.values()))[0], 422) if is_autosave else self.shown(form, 422)
        was = set(self.build(self.thing.data).fields)
        try:
            focus = save_sketch(
                self.thing,
                page=self.page,
                given=request.POST,
                token=request.POST.get("token", ""),
                act=None if is_autosave else act,
                tab=tab,
                by=request.user,
                now=request.now,
            )
        except Conflict as conflict:
            return self.stated(conflict.message, 409) if is_autosave else self.compared(form, conflict)
        except Refused as refusal:
            form.refuse(refusal)
            return self.stated(refusal.message, 422) if is_autosave else self.shown(form, refusal.status)
        return self.stated() if is_autosave else self.followed(form, was, focus, act)

    def followed(self, form: PageForm, was: set, focus: str, act: Act | None) -> HttpResponse:
        """After a button on rows the page again, at the row; after "Save and leave" the overview; else on, if all is right."""
        here = reverse("calls:write", args=[self.thing.uid, self.page.path])
        if act is not None:
            return HttpResponseRedirect(self.after(act, here, focus))
        if self.request.POST.get("go") == "out":
            return HttpResponseRedirect(reverse("calls:sketch", args=[self.thing.uid]))
        if not form.say(self.reading.faults):
            form.token = self.page.token(self.thing.data)
            return self.shown(form, 422)
        if not was.issuperset(form.fields):  # what was chosen asks for more
            messages.info(self.request, gettext("Saved. There is more to fill in below now."))
            return HttpResponseRedirect(here)
        return HttpResponseRedirect(reverse("calls:write", args=[self.thing.uid, Frame.next_of(self.page)]))

    def after(self, act: Act, here: str, focus: str) -> str:
        """A new row that has a page of its own opens it."""
        number = focus.rpartition("-")[2]
        if act.verb == "add" and number.isdigit() and (row := page_at(f"{self.page.path}/{number}", self.thing.data)):
            return reverse("calls:write", args=[self.thing.uid, row.path])
        return f"{here}#{focus}" if focus else here

    def shown(self, form: PageForm, status: int = 200, **more: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **more), status=status)

    def stated(self, text: Any = "", status: int = 200) -> HttpResponse:
        """The words of the autosave line."""
        context = {"text": text, "at": self.request.now, "is_saved": status == 200}
        return HttpResponse(render_to_string("questions/saved.html", context), status=status)

    def compared(self, form: PageForm, conflict: Conflict) -> HttpResponse:
        """Both texts: theirs above, one's own in the form, which now stands on theirs."""
        theirs = self.build(conflict.theirs["data"])
        form.token = theirs.token
        told = {"message": conflict.message, "at": conflict.theirs["at"], "texts": differing(form, theirs)}
        return self.shown(form, 409, theirs=told)


class SketchPreview(OfSketch, ThingPage):
    """As an applicant, an expert or a director will see it, as far as the sketch can be read."""

    def get_template_names(self):
        return [f"calls/editor/as_{self.kwargs['who']}.html"]

    def get_title(self):
        return {
            "applicant": _("As an applicant sees it"),
            "expert": _("As an expert sees it"),
            "director": _("As a director sees it"),
        }[self.kwargs["who"]]

    def dispatch(self, request, *args, **kwargs):
        if self.kwargs["who"] not in ("applicant", "expert", "director"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, **context["frame"].preview(self.kwargs["who"])}


class SketchAdopt(OfSketch, ThingVerbPage):
    """What the regulation will say, and how it differs from the one in force; one button."""

    template_name = "calls/editor/adopt.html"
    title, may = _("Put the regulation in force"), staticmethod(can_adopt)

    def act(self, form):
        call = adopt_sketch(self.thing, by=self.request.user, now=self.request.now)
        messages.success(self.request, format_html(gettext("Version {} of the regulation is in force"), call.version.number))
        return reverse("calls:manage", args=[call.slug])

    def get_context_data(self, **kwargs):
        regulation, call = self.reading.regulation, self.thing.call
        extra = {
            "regulation": regulation,
            "facts": facts_of(regulation) if regulation else [],
            "changes": said_changes(call.regulation, regulation) if regulation and call else [],
        }
        return super().get_context_data(**extra, **kwargs)


class SketchDrop(OfSketch, ThingVerbPage):
    """Throwing the sketch away."""

    template_name = "calls/editor/drop.html"
    title, may = _("Drop what is written"), staticmethod(can_drop)
    done = _("What was written is dropped")

    def act(self, form):
        call = self.thing.call
        drop_sketch(self.thing, by=self.request.user, now=self.request.now)
        return reverse("calls:manage", args=[call.slug]) if call else reverse(DESK)
