"""Pages of drafts, for every room that asks: they show a part, keep it as typed, and say what is wrong when asked."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from fund.core.errors import Conflict, Refused

from .conditions import is_same
from .forms import KeptForm, SectionForm
from .queries import answers_of, files_of
from .reading import texts
from .schema import Question, QuestionSet, Section


class KeptMixin:
    """Mix into a ThingPage. One POST serves them all: autosave is answered with the state's text; the buttons on rows and
    files with the page; "Save and leave" goes away; "Save and continue" goes on if nothing is wrong, or if the people want
    to come back to it. What is typed is kept in every case but a conflict, which shows both texts.
    """

    request: Any
    thing: Any
    kwargs: dict
    can_finish = True

    def build_form(self, *posted: Any) -> Any:
        """The form over what is stored now."""
        raise NotImplementedError

    def keep(self, form: Any) -> None:
        """Calls the room's verbs."""
        raise NotImplementedError

    def is_right(self, form: Any) -> bool:
        """Reads what is stored now, and says at the form's fields what is wrong with it."""
        raise NotImplementedError

    def theirs(self, form: Any, conflict: Conflict) -> list:
        """What the other window left, where it differs (reading.Told)."""
        raise NotImplementedError

    def get_next_url(self, form: Any) -> str:
        raise NotImplementedError

    def get_leave_url(self) -> str:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict:
        form = kwargs.pop("form", None) or self.build_form()
        return super().get_context_data(form=form, can_finish=self.can_finish, **kwargs)  # type: ignore[misc]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build_form(request.POST, request.FILES)
        is_autosave = bool(request.htmx) and not form.act
        if not form.is_valid():
            return self.stated(form.first_error, status=422) if is_autosave else self.shown(form, status=422)
        try:
            self.keep(form)
        except Conflict as conflict:
            return self.stated(conflict.message, status=409) if is_autosave else self.compared(form, conflict)
        except Refused as refusal:
            form.refuse(refusal)
            return self.stated(refusal.message, status=422) if is_autosave else self.shown(form, status=refusal.status)
        return self.autosaved(form) if is_autosave else self.followed(form)

    def followed(self, form: KeptForm) -> HttpResponse:
        """After saving: the page again for a button on rows or files, else on, unless something is wrong."""
        if form.act:
            fresh = self.build_form()
            fresh.tab = form.tab
            fresh.follow(form.data)
            return self.shown(fresh)
        if form.data.get("go") == "out":
            return HttpResponseRedirect(self.get_leave_url())
        if form.finished is not False and not self.is_right(form):
            return self.shown(form, status=422)
        return HttpResponseRedirect(self.get_next_url(form))

    def shown(self, form: KeptForm, status: int = 200, **more: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **more), status=status)  # type: ignore[attr-defined]

    def autosaved(self, form: Any) -> HttpResponse:
        return self.stated()

    def stated(self, text: Any = "", status: int = 200) -> HttpResponse:
        """The words of the autosave line."""
        context = {"text": text, "at": self.request.now, "is_saved": status == 200}
        return HttpResponse(render_to_string("questions/saved.html", context), status=status)

    def compared(self, form: KeptForm, conflict: Conflict) -> HttpResponse:
        """Both texts: theirs above, one's own in the form, which now stands on their version."""
        form.stand_on(conflict.theirs["version"])
        theirs = {**conflict.theirs, "message": conflict.message, "texts": self.theirs(form, conflict)}
        return self.shown(form, status=409, theirs=theirs)


class SectionMixin(KeptMixin):
    """The page of one section, named in the address. The room says what is asked and how it is kept."""

    def get_questions(self) -> QuestionSet:
        raise NotImplementedError

    def get_only(self) -> set[str] | None:
        """The questions left open, where not all are."""
        return None

    def save(self, form: SectionForm) -> Any:
        """Calls the room's verb with form.section, form.typed, form.version, form.tab, form.finished."""
        raise NotImplementedError

    def attach(self, question: Question, files: list) -> None:
        raise NotImplementedError

    def remove(self, uid: str) -> None:
        raise NotImplementedError

    @cached_property
    def questions(self) -> QuestionSet:
        return self.get_questions()

    @cached_property
    def section(self) -> Section:
        section = self.questions.section(self.kwargs["section"])
        if section is None:
            raise Http404
        return section

    def read(self) -> None:
        self.answers, self.files = answers_of(self.thing), files_of(self.thing, self.questions)

    def filled(self) -> dict[str, Any]:
        return {**self.answers.values, **{key: [one.uid for one in documents] for key, documents in self.files.items()}}

    def build_form(self, *posted: Any) -> SectionForm:
        self.read()
        return SectionForm(
            self.questions,
            self.section,
            self.filled(),
            *posted,
            documents=self.files,
            version=self.answers.version_of(self.section.key),
            is_postponed=self.section.key in self.answers.postponed,
            only=self.get_only(),
        )

    def get_context_data(self, **kwargs: Any) -> dict:
        kwargs.update(section=self.section, draft=f"{self.thing.uid}-{self.section.key}")
        context = super().get_context_data(**kwargs)
        return {**context, "saved_at": self.answers.saved_at}

    def keep(self, form: SectionForm) -> None:
        """Texts first: a file that does not fit must not cost what was typed."""
        self.save(form)
        for question, files in form.uploads:
            self.attach(question, files)
        if form.act == "remove":
            self.remove(form.data["remove"])

    def is_right(self, form: SectionForm) -> bool:
        self.read()
        form.documents = self.files
        form.stand_on(self.answers.version_of(self.section.key))
        return form.check(self.filled())

    def theirs(self, form: SectionForm, conflict: Conflict) -> list:
        values = conflict.theirs["values"]
        return texts(self.section, values, [key for key, mine in form.typed.items() if not is_same(values.get(key), mine)])
