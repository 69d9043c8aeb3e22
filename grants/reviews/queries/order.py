"""The order of an expert's rail: random for each expert, always the same for one, so that no application always tires last."""

import hashlib
from collections.abc import Iterable

from ..models import Sheet


def in_own_order(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Sheets ordered by a hash of expert and application: each expert has another order, and keeps it."""
    return sorted(sheets, key=lambda sheet: hashlib.sha256(f"{sheet.expert_id}:{sheet.application_id}".encode()).hexdigest())
