"""The kinds of papers the fund issues: every room names its own in its papers.py, as it names its letters in notices.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper: the letters its numbers begin with, its word for people, its sheet, who may read it."""

    name: str
    prefix: str  # ПС gives ПС-26-001
    label: Any
    layout: str = "document"  # or "certificate": one landscape sheet with a cover
    # can_read(user, thing) beside the rules of the thing itself; without one whoever sees the thing sees its papers.
    who: Callable[[Any, Any], bool] | None = None
    # Where the paper's page leads back to: parents(thing) → ((label, address), …).
    crumbs: Callable[[Any], list] | None = None

    def number(self, year: int, sequence: int) -> str:
        return f"{self.prefix}-{year % 100:02d}-{sequence:03d}"


KINDS: dict[str, PaperKind] = {}


def paper_kind(name: str, prefix: str, label: Any, **options: Any) -> str:
    """Registers a kind and returns its name: PROTOCOL = paper_kind("councils.protocol", "ПС", _("Protocol of a council"))."""
    if name in KINDS:
        raise ValueError(f"two kinds of papers are called {name!r}")
    if prefix in {kind.prefix for kind in KINDS.values()}:
        raise ValueError(f"the papers of two kinds would be numbered {prefix}-…")
    KINDS[name] = PaperKind(name, prefix, label, **options)
    return name


def paper_kind_of(name: str) -> PaperKind:
    if name not in KINDS:
        raise LookupError(f"no room has registered the paper {name!r}: its papers.py says paper_kind({name!r}, …)")
    return KINDS[name]
