"""The verbs of this room: tell somebody, send what is due, declare reminders, read, prefer, resend."""

from .declare import declare
from .digest import gather
from .inbox import prefer, read, unsubscribe
from .letters import resend
from .notify import cancel, notify
from .outbox import heal, send_due
from .tidy import tidy

__all__ = [
    "cancel",
    "declare",
    "gather",
    "heal",
    "notify",
    "prefer",
    "read",
    "resend",
    "send_due",
    "tidy",
    "unsubscribe",
]
