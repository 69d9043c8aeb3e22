"""Files leave here: fetched by the rules of their parent, each time anew, and never as something a browser would run."""

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ..models import Document, Picture
from ..visibility import is_open

SANDBOX = "sandbox; default-src 'none'"
YEAR = 365 * 24 * 3600


@require_safe
def download(request, uid: str):
    """A private file, always to be saved, never shown by the browser as a page of ours."""
    document = Document.objects.served().filter(uid=uid).first()
    if document is None or not is_open(document, request.user):
        raise Http404
    response = serve(document.path, document.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=document.name)
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def picture(request, uid: str, width: int):
    """A picture in one of its widths; what everybody may see is kept by browsers for a year."""
    shown = Picture.objects.filter(uid=uid).first()
    names = {found: name for found, _, name in shown.renditions} if shown else {}
    if shown is None or width not in names or not is_open(shown, request.user):
        raise Http404
    response = serve(f"pictures/{names[width]}", "image/webp")
    is_public = is_open(shown, AnonymousUser())
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_public else "no-store, private"
    return response


def serve(path: str, media_type: str) -> FileResponse:
    try:
        file = default_storage.open(path)
    except OSError:
        raise Http404 from None
    response = FileResponse(file, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
