"""S3: is this paper genuine? By the code printed on it, or by the file itself; nobody's name is ever told here."""

import hashlib

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.pages import VerbPage
from fund.people.actions.attempts import count_attempt

from ..codes import read_code, written
from ..forms import CodeForm, PaperForm
from ..models import Paper, PaperFile

# Said once, to whoever compared: an address that said it could be given along with a forged file.
SAME = _("The file is the same to the byte.")
OTHER = _("The file is another one: it was changed, scanned or printed anew.")


class Counting(VerbPage):
    """A question to the register, counted by the place it comes from before it is answered; a right one is taken back."""

    def count(self):
        where = get_adapter().get_client_ip(self.request)
        return count_attempt("paper", who="", where=where, now=self.request.now)


class Verify(Counting):
    """A code typed, or a file: is there such a paper?"""

    template_name = "documents/verify.html"
    title = _("Is a paper genuine?")
    form_class = CodeForm

    def act(self, form) -> str:
        return reverse("papers:check", args=[written(form.cleaned_data["code"])])

    def get_context_data(self, **kwargs):
        return super().get_context_data(file_form=PaperForm(), **kwargs)


class VerifyFile(Counting):
    """A PDF uploaded without a code: its hash finds the paper, or none has these bytes."""

    template_name = "documents/verify.html"
    title = _("Is a paper genuine?")
    form_class = PaperForm

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(reverse("papers:verify"))

    def act(self, form) -> str:
        counted = self.count()
        found = PaperFile.objects.filter(sha256=hash_of(form.cleaned_data["file"])).select_related("paper").first()
        if found is None:
            raise Refused(_("No paper of the fund has exactly these bytes"), field="file", code="unknown")
        counted.was_right()
        messages.success(self.request, SAME)
        return reverse("papers:check", args=[found.paper.written_code])

    def get_context_data(self, **kwargs):
        # The page has two forms; this one came back, the other is fresh.
        context = super().get_context_data(**kwargs)
        return {**context, "form": CodeForm(), "file_form": context["form"]}


class Check(Counting):
    """What a code stands for: the kind, the number, the day, whether it is void; and a file to compare."""

    template_name = "documents/check.html"
    title = _("Is a paper genuine?")
    form_class = PaperForm
    status = 200

    def get_crumbs(self):
        return [(_("Is a paper genuine?"), reverse("papers:verify"))]

    def find(self) -> Paper | None:
        """Counted like every guess; too many at once get no answer for a while."""
        counted = self.count()
        paper = Paper.objects.told().filter(code=read_code(self.kwargs["code"]) or "-").first()
        if paper is not None:
            counted.was_right()
        return paper

    def dispatch(self, request, *args, **kwargs):
        self.paper, self.refusal = None, None
        try:
            self.paper = self.find()
        except Refused as refusal:
            self.refusal = refusal
        response = super().dispatch(request, *args, **kwargs)
        if self.paper is None:
            response.status_code = 429 if self.refusal else 404
        response.headers["Cache-Control"] = "no-store"
        return response

    def act(self, form) -> str:
        if self.paper is None:
            raise Refused(_("There is no paper to compare with"), code="unknown")
        same = PaperFile.objects.filter(paper=self.paper, sha256=hash_of(form.cleaned_data["file"])).exists()
        (messages.success if same else messages.error)(self.request, SAME if same else OTHER)
        return self.request.path

    def get_context_data(self, **kwargs):
        return super().get_context_data(paper=self.paper, refusal=self.refusal, typed=self.kwargs["code"][:40], **kwargs)


def hash_of(file) -> str:
    """Read piece by piece: whatever its size, it takes no memory."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()
