"""Loading a regulation: a dry run that shows what is in the file, then one button."""

from pathlib import Path

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.pages import VerbPage
from grants.scoring.marked import BadFile

from ..actions import import_call
from ..forms import ImportForm, UploadForm
from ..permissions import can_import
from ..queries import Upload, obstacles_in, read_upload
from ..wording import facts_of, said_changes


class CallImport(VerbPage):
    """First the file is read and shown; the second form carries the text that was seen, and saves it."""

    template_name = "calls/import.html"
    title, nav = _("Load a regulation"), "calls"
    done = _("The draft of the call is saved")

    def dispatch(self, request, *args, **kwargs):
        if not can_import(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self):
        return [(_("Calls"), reverse("calls:desk"))]

    def get_form_class(self):
        return ImportForm if "text" in self.request.POST else UploadForm

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if isinstance(form, UploadForm):
            return self.planned(form) if form.is_valid() else self.form_invalid(form)
        return super().post(request, *args, **kwargs)

    def planned(self, form: UploadForm):
        """The dry run: nothing is saved."""
        name, text = form.cleaned_data["file"]
        upload = read_upload(Path(name).name[:200], text, self.request.now)
        confirm = ImportForm(initial={"name": name, "text": text})
        context = self.get_context_data(form=UploadForm(), confirm=confirm, upload=upload, **self.said(upload))
        return self.render_to_response(context, status=422 if upload.problems else 200)

    def said(self, upload: Upload) -> dict:
        """The errors in the reader's words; what would still stand before the opening."""
        obstacles = obstacles_in(upload.regulation, self.request.now) if upload.regulation else []
        facts = facts_of(upload.regulation) if upload.regulation else []
        changes = said_changes(upload.call.regulation, upload.regulation) if upload.changes else []
        problems = [problem.say(_g) for problem in upload.problems]
        return {"problems": problems, "obstacles": obstacles, "facts": facts, "changes": changes}

    def act(self, form):
        given = form.cleaned_data
        try:
            call = import_call(
                file=given["name"], text=given["text"], by=self.request.user, now=self.request.now, once=given["once"]
            )
        except BadFile:
            # Something was changed meanwhile (another call took the code): the dry run will say what.
            raise Refused(_("The regulation no longer fits. Load the file again to see why."), code="stale") from None
        return reverse("calls:manage", args=[call.slug])
