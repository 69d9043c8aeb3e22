"""The regulation of a call (положение) as data: its schema, its file, its versions. Pure: no database, no request."""

from .checks import obstacles
from .files import read_regulation, write_regulation
from .schema import Regulation
from .versions import Change, as_data, differences, digest, from_data, refused_changes

__all__ = [
    "Change",
    "Regulation",
    "as_data",
    "differences",
    "digest",
    "from_data",
    "obstacles",
    "read_regulation",
    "refused_changes",
    "write_regulation",
]
