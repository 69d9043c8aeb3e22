"""The allow-list itself, and the one check every upload goes through."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .names import clean_name, extension_of
from .office import check_office
from .pdf import check_pdf
from .pictures import check_picture
from .unfit import Unfit

LARGEST = 20 * 1000 * 1000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Format:
    """One kind of file: its ending, the type it is served as, its check (bytes, extension) → bytes to store."""

    extension: str
    media_type: str
    check: Callable[[bytes, str], bytes]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


_ALL = (
    Format("pdf", "application/pdf", lambda content, extension: check_pdf(content)),
    Format("docx", _OFFICE + "wordprocessingml.document", check_office),
    Format("xlsx", _OFFICE + "spreadsheetml.sheet", check_office),
    Format("pptx", _OFFICE + "presentationml.presentation", check_office),
    Format("odt", _OPEN + "text", check_office),
    Format("ods", _OPEN + "spreadsheet", check_office),
    Format("jpg", "image/jpeg", check_picture),
    Format("jpeg", "image/jpeg", check_picture),
    Format("png", "image/png", check_picture),
    Format("webp", "image/webp", check_picture),
)
BY_EXTENSION = {known.extension: known for known in _ALL}
USUAL = ("pdf", "docx", "xlsx", "jpg", "png")
PICTURES = ("jpg", "png", "webp")


@dataclass(frozen=True)
class Checked:
    """A file that passed: what will be stored, under which name, served as which type."""

    name: str
    media_type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


def check_upload(file: Any, *, allowed: tuple[str, ...] = USUAL, largest: int = LARGEST) -> Checked:
    """Checks what a browser sent; its size is known before a byte of it is read into memory."""
    return check(file.name, b"" if file.size > largest else file.read(), allowed=allowed, largest=largest, size=file.size)


def check(
    name: str, content: bytes, *, allowed: tuple[str, ...] = USUAL, largest: int = LARGEST, size: int | None = None
) -> Checked:
    """Checks one file whole; raises Unfit with a sentence that names the file, the reason and what would do."""
    shown = clean_name(name)
    extension = extension_of(shown)
    fits = {*allowed, *({"jpeg"} if "jpg" in allowed else ())}
    try:
        if extension not in fits or extension not in BY_EXTENSION or not shown.rpartition(".")[0]:
            raise Unfit(_("files of this kind are not taken"), "kind")
        if (len(content) if size is None else size) > largest:
            raise Unfit(_("it is larger than %(size)s MB") % {"size": largest // 1_000_000}, "size")
        if not content:
            raise Unfit(_("it is empty"), "empty")
        known = BY_EXTENSION[extension]
        kept = known.check(content, extension)
    except Unfit as unfit:
        raise Unfit(sentence(shown, unfit, allowed), unfit.code) from unfit
    return Checked(shown, known.media_type, kept, hashlib.sha256(kept).hexdigest())


def words(allowed: tuple[str, ...]) -> str:
    """`PDF, DOCX, XLSX, JPG or PNG`"""
    *most, last = [extension.upper() for extension in allowed]
    return _("%(most)s or %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def sentence(name: str, unfit: Unfit, allowed: tuple[str, ...]) -> str:
    """What the person who sent the file reads: which file, why not, what would do."""
    return _("“%(name)s” can't be used: %(reason)s. Attach a %(kinds)s") % {
        "name": name or _("no name"),
        "reason": unfit.message,
        "kinds": words(allowed),
    }
