"""What may be uploaded: an allow-list by extension, by the first bytes and by decoding. Pure: bytes in, checked bytes out.

Nothing here trusts the browser's word for a type, and nothing is unpacked or decoded before its limits are known.
"""

from .names import clean_name, extension_of
from .office import check_office
from .pdf import check_pdf
from .pictures import check_picture
from .table import BY_EXTENSION, LARGEST, PICTURES, USUAL, Checked, Format, check, check_upload, sentence, words
from .unfit import Unfit
from .worksheet import Cell, read_worksheet

__all__ = [
    "BY_EXTENSION",
    "LARGEST",
    "PICTURES",
    "USUAL",
    "Cell",
    "Checked",
    "Format",
    "Unfit",
    "check",
    "check_office",
    "check_pdf",
    "check_picture",
    "check_upload",
    "clean_name",
    "extension_of",
    "read_worksheet",
    "sentence",
    "words",
]
