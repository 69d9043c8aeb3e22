"""The verbs of this room: attach, replace, remove, pin; show and drop pictures; issue, draw, void and erase papers; clean up."""

from .documents import attach, copy_to, pin, remove, replace
from .papers import draw_paper, erase_paper, issue_paper, void_paper
from .pictures import drop_picture, show_picture
from .upkeep import check_for_viruses, clean_up

__all__ = [
    "attach",
    "check_for_viruses",
    "clean_up",
    "copy_to",
    "draw_paper",
    "drop_picture",
    "erase_paper",
    "issue_paper",
    "pin",
    "remove",
    "replace",
    "show_picture",
    "void_paper",
]
