"""The messages and deadlines of this room: releases, meetings, invited sides, what follows from a meeting."""

from .floor import tell_convened, tell_entrusted, tell_handed_in, tell_outcome, tell_reported, tell_side_answered
from .meetings import invited, tell_called, tell_meeting_cancelled, tell_rescheduled, tell_to_sign
from .releases import EXPLAINED, MESSAGES, facts_released, tell_released
from .sides import tell_side_invited, tell_side_withdrawn, tell_sides_cancelled, tell_sides_moved

__all__ = [
    "EXPLAINED",
    "MESSAGES",
    "facts_released",
    "invited",
    "tell_called",
    "tell_convened",
    "tell_entrusted",
    "tell_handed_in",
    "tell_meeting_cancelled",
    "tell_outcome",
    "tell_released",
    "tell_reported",
    "tell_rescheduled",
    "tell_side_answered",
    "tell_side_invited",
    "tell_side_withdrawn",
    "tell_sides_cancelled",
    "tell_sides_moved",
    "tell_to_sign",
]
