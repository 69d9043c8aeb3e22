"""What is ranked: entries (one application each) and the score sheets handed in on them; plain data, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """One application in the competition.

    `amount` asked and `minimum` accepted in roubles; `submitted` an instant (all aware, or all naive); `values` the form
    values that automatic criteria need, by name.
    """

    application: str
    amount: Decimal | None = None
    minimum: Decimal | None = None
    submitted: datetime | None = None
    values: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one expert handed in on one application: criterion key → value, None = N/A. Only handed-in sheets count."""

    application: str
    expert: str
    scores: Mapping[str, Decimal | None]
