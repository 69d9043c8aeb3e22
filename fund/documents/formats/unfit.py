"""The refusal of a file, with the sentence for the person who sent it."""

from typing import Any


class Unfit(Exception):
    """This file cannot be taken. `message` is a translated sentence that names the file and what would do."""

    def __init__(self, message: Any, code: str = "unfit"):
        super().__init__(code)
        self.message, self.code = message, code

    def __str__(self) -> str:
        return str(self.message)
