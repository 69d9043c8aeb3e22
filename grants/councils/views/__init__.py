"""Pages of deciding: the board, one decision, the release."""
