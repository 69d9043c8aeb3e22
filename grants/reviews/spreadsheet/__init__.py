"""Score sheets as a spreadsheet: one row for each criterion of each application. Sheets in, bytes out; bytes in, marks out.

No database here, and nothing is believed: each row carries a check of whose it is, what it asks and where it stands.
"""

from .layout import COLUMNS, HEADER, MOST_ROWS, REMARK, digest_of
from .reading import Filled, Found, Wrong, read_sheets
from .writing import write_sheets

__all__ = ["COLUMNS", "HEADER", "MOST_ROWS", "REMARK", "Filled", "Found", "Wrong", "digest_of", "read_sheets", "write_sheets"]
