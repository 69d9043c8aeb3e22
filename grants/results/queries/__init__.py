"""Reading of results: comments and what is cleared of them, the explanation of one score, what waits."""

from .comments import Comment, chosen_so_far, comments_of, count_to_clear, released_comments, to_clear
from .explained import Explained, explained
from .waiting import open_refusals

__all__ = [
    "Comment",
    "Explained",
    "chosen_so_far",
    "comments_of",
    "count_to_clear",
    "explained",
    "open_refusals",
    "released_comments",
    "to_clear",
]
