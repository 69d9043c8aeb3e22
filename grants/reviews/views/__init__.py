"""Pages of judging: the expert's and the officer's."""
