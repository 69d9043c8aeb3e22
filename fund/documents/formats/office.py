"""Office files are archives: their limits are read from the directory before a single entry is unpacked."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

from .unfit import Unfit

MOST_ENTRIES = 2000
MOST_UNPACKED = 200 * 1000 * 1000
MOST_RATIO = 100  # one entry unpacked to packed; XML of honest spreadsheets stays below 40
SMALL = 1000 * 1000  # an entry below this may be packed as tightly as it likes
ENCRYPTED = 0x1

# Of each format: the entry that must be there, and what must stand in the table of contents.
MAIN = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", b"presentationml.presentation.main+xml"),
    "odt": ("content.xml", b"application/vnd.oasis.opendocument.text"),
    "ods": ("content.xml", b"application/vnd.oasis.opendocument.spreadsheet"),
}


def check_office(content: bytes, extension: str) -> bytes:
    """The same bytes, when the archive is within its limits, is what its ending says and holds no macros."""
    if not content.startswith(b"PK\x03\x04"):
        raise Unfit(_("its contents do not match its ending"))
    try:
        with ZipFile(BytesIO(content)) as archive:
            _within_limits(archive, len(content))
            _is_what_it_says(archive, extension)
            if archive.testzip() is not None:
                raise Unfit(_("it is damaged"))
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Unfit(_("it is damaged")) from error
    except Exception as error:  # zlib.error and whatever else a damaged entry raises
        if isinstance(error, Unfit):
            raise
        raise Unfit(_("it is damaged")) from error
    return content


def _within_limits(archive: ZipFile, length: int) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unfit(_("it unpacks to too much"), "bomb")
    if any(_is_bomb(entry) for entry in entries) or _overlap(entries, length):
        raise Unfit(_("it unpacks to too much"), "bomb")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Unfit(_("it is protected by a password"))
    if any(_leads_out(entry.filename) for entry in entries):
        raise Unfit(_("it holds paths that lead out of it"))


def _is_bomb(entry: ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size)


def _overlap(entries: list[ZipInfo], length: int) -> bool:
    """Do two entries share packed bytes (the trick of the small bombs), or reach beyond the file?"""
    spans = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    ends = [end for _, end in spans]
    return any(end > start for end, (start, _) in zip(ends, spans[1:], strict=False)) or (bool(ends) and max(ends) > length)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name.split("/")[0] or ".." in name.replace("\\", "/").split("/")


def _is_what_it_says(archive: ZipFile, extension: str) -> None:
    names = set(archive.namelist())
    entry, mark = MAIN[extension]
    contents = "mimetype" if extension in ("odt", "ods") else "[Content_Types].xml"
    if not {entry, contents} <= names:
        raise Unfit(_("its contents do not match its ending"))
    with archive.open(contents) as table:
        said = table.read(SMALL)
    if mark not in said:
        raise Unfit(_("its contents do not match its ending"))
    if b"macroEnabled" in said or any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
        raise Unfit(_("it holds macros"))
