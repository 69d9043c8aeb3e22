"""The verbs of this room: everything that changes a call, its regulation, its money, its questions."""

from .amending import amend_regulation
from .importing import import_call
from .money import free_money, promise_money
from .moves import (
    announce_call,
    archive_call,
    cancel_call,
    close_call,
    decide_call,
    open_call,
    release_call,
    start_judging,
)
from .numbering import take_number
from .questions import answer_question, ask_curator
from .rescheduling import reschedule_call
from .sketching import adopt_sketch, begin_sketch, drop_sketch, edit_regulation, reopen_call, save_sketch

__all__ = [
    "adopt_sketch",
    "amend_regulation",
    "announce_call",
    "answer_question",
    "archive_call",
    "ask_curator",
    "begin_sketch",
    "cancel_call",
    "close_call",
    "decide_call",
    "drop_sketch",
    "edit_regulation",
    "free_money",
    "import_call",
    "open_call",
    "promise_money",
    "release_call",
    "reopen_call",
    "reschedule_call",
    "save_sketch",
    "start_judging",
    "take_number",
]
