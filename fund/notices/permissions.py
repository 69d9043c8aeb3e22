"""Who may do what with letters. Roles live in a room above: it grants `notices.resend` to those who may."""

from typing import Any

import rules

from .models import Delivery


def can_resend(user: Any, delivery: Delivery | None = None) -> bool:
    """Sees the letters that failed, why, and sends them again; not what stands in them."""
    return user is not None and user.is_active and rules.has_perm("notices.resend", user)
