"""PDF: begins and ends as one and is nothing else besides."""

from io import BytesIO
from zipfile import is_zipfile

from django.utils.translation import gettext_lazy as _

from .unfit import Unfit

TAIL = 2048


def check_pdf(content: bytes) -> bytes:
    """The same bytes. A file that is also an archive is refused: two programs would read two different things."""
    if not content.startswith(b"%PDF-1.") and not content.startswith(b"%PDF-2."):
        raise Unfit(_("it is not a PDF"))
    if b"%%EOF" not in content[-TAIL:]:
        raise Unfit(_("the PDF breaks off before its end"))
    if is_zipfile(BytesIO(content)):
        raise Unfit(_("it is a PDF and an archive at once"))
    return content
