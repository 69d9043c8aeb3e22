"""Reading that is too big for a query set method: the board of a call's decisions."""

from .board import Board, Line, board_of

__all__ = ["Board", "Line", "board_of"]
