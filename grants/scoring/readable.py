"""Why a text cannot be read as YAML: at the line where it went wrong, in words an officer understands."""

import re
from typing import NamedTuple

from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError

from fund.core.parts import N_

DEEP = N_("this is nested too deeply")
ALIAS = N_("anchors and aliases are not allowed: write it out")
TAG = N_("tags are not allowed: write it out, and put text in quotes")
UNREADABLE = N_("this cannot be read as YAML: check indentation, colons, quotes and brackets")
STRANGE = N_("the character {character} is not allowed here")

# What the parser complains of (a part of its sentence), our sentence, and whether it is the place where the broken thing
# began that helps, rather than the place where the parser gave up.
COMPLAINTS = (
    (
        "cannot start any token",
        N_("a tab or another sign stands where text should begin: indent with spaces, put the text in quotes"),
        False,
    ),
    ("mapping values are not allowed", N_("a colon too many, or a wrong indentation: put text with a colon in quotes"), False),
    ("expected ',' or", N_("a bracket opened here is not closed, or a comma is missing in it"), True),
    ("expected ':'", N_("a colon is missing after this key"), True),
    ("end of stream", N_("a quotation mark opened here is not closed"), True),
    ("escape", N_("this backslash stands for nothing: use single quotes"), False),
    ("another document", N_("a file holds one document, and here a second one begins"), False),
    ("<block end>", N_("the indentation does not fit the lines above"), False),
    ("entries are not allowed", N_("the indentation does not fit the lines above"), False),
    ("alias", ALIAS, False),
    ("anchor", ALIAS, False),
    ("tag", TAG, False),
)
# What may stand in YAML, written as it is or as an escape: no control characters, no halves of characters.
NO_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LINE_END = re.compile(r"\r\n|\r|\n")


class Complaint(NamedTuple):
    line: int
    sentence: str


def strange_character(text: str) -> tuple[int, str] | None:
    """The line and the name (U+0000) of the first character that no text holds."""
    found = NO_TEXT.search(text)
    return (len(LINE_END.findall(text, 0, found.start())) + 1, f"U+{ord(found[0]):04X}") if found else None


def complaint_of(error: MarkedYAMLError) -> Complaint:
    """What the parser found, said plainly."""
    if isinstance(error, MaxDepthExceededError):
        return Complaint(_line(error, False), DEEP)
    said = f"{error.problem or ''} {error.context or ''}"
    for part, sentence, began in COMPLAINTS:
        if part in said:
            return Complaint(_line(error, began), sentence)
    return Complaint(_line(error, False), UNREADABLE)


def _line(error: MarkedYAMLError, began: bool) -> int:
    marks = (error.context_mark, error.problem_mark) if began else (error.problem_mark, error.context_mark)
    mark = next((mark for mark in marks if mark), None)
    return mark.line + 1 if mark else 1
