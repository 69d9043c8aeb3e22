"""One paper: its words as a page, its PDF as a file, while that is being prepared a sentence that says so."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from fund.core.pages import Page

from ..models import Paper
from ..visibility import may_read
from .files import serve


def paper_for(user, uid: str) -> Paper:
    """The paper if this user may read it now; what is not theirs looks like what does not exist."""
    paper = Paper.objects.told().select_related("contents").filter(uid=uid).first()
    if paper is None or not may_read(paper, user):
        raise Http404
    return paper


class PaperRead(Page):
    """The same words as in the PDF, readable by everyone who may see what the paper is about."""

    template_name = "documents/paper.html"

    @cached_property
    def paper(self) -> Paper:
        return paper_for(self.request.user, self.kwargs["uid"])

    def get_title(self):
        return self.paper.text().get("title") or self.paper.said.label

    def get_crumbs(self):
        return self.paper.said.crumbs(self.paper.of) if self.paper.said.crumbs else ()

    def get_context_data(self, **kwargs):
        return super().get_context_data(paper=self.paper, text=self.paper.text(), **kwargs)


@require_safe
def download(request, uid: str, language: str):
    """The PDF, always to be saved."""
    paper = paper_for(request.user, uid)
    file = paper.drawn.get(language)
    if file is None:
        raise Http404
    response = serve(file.path, "application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{paper.number}-{language}.pdf")
    response["Cache-Control"] = "no-store, private"
    return response
