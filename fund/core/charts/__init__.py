"""Charts drawn by the server as SVG: no library, no script; widths are attributes, colours are classes."""

from .bars import bar, bars, quota, share
from .lines import lines
from .ranges import Range, ranges
from .scores import Part, adds, beside, strip

__all__ = ["Part", "Range", "adds", "bar", "bars", "beside", "lines", "quota", "ranges", "share", "strip"]
