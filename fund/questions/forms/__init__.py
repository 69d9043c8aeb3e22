"""Forms built from question sets: one for every room."""

from .kept import KeptForm
from .rows import RowsInput
from .section import SectionForm

__all__ = ["KeptForm", "RowsInput", "SectionForm"]
