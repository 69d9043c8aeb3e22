"""Verbs of results: clear comments, file an appeal, take it up, answer it, withdraw it, have it decided anew."""

from .answering import consider_appeal, reject_appeal, revise_on_appeal, uphold_appeal
from .appealing import file_appeal, withdraw_appeal
from .clearing import Cleared, clear_comments

__all__ = [
    "Cleared",
    "clear_comments",
    "consider_appeal",
    "file_appeal",
    "reject_appeal",
    "revise_on_appeal",
    "uphold_appeal",
    "withdraw_appeal",
]
