"""YAML read as plain data that remembers the line of every key and value, so that errors can name it.

Scalars stay what they look like: 60.0 becomes Decimal("60.0"), never a float; a moment stays text. Anchors, aliases,
tags, repeated keys and deep nesting are refused: a rules file needs none of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from fund.core.parts import FORMS, N_, Place

from .faults import Faulty, Reason, faulty, path
from .readable import ALIAS, STRANGE, TAG, UNREADABLE, complaint_of, strange_character

LARGEST, DEEPEST = 1_000_000, 40
CORE = "tag:yaml.org,2002:"
DIGITS = r"[0-9](_?[0-9]){0,30}"
NUMBER = re.compile(rf"[-+]?{DIGITS}(\.({DIGITS})?)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file; printed as `FILE:LINE: path: reason`."""

    file: str
    line: int
    at: str
    reason: Reason

    def say(self, translate: Any = str) -> str:
        said = ": ".join(filter(None, (f"{self.file}:{self.line}", self.at, self.reason.say(translate))))
        return " ".join(said.splitlines())  # a name may hold a line end, a problem is one line

    def __str__(self) -> str:
        return self.say()


class BadFile(ValueError):
    """A file that is refused, with everything that is wrong with it, in the order of its lines."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML file as plain data (keys are text), with the line of each place in it."""

    file: str
    data: Any
    lines: Mapping[Place, int]

    def line(self, at: Place) -> int:
        """The line of `at`, or of the nearest place above it that stands in the file."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)

    def problem(self, fault: Faulty, above: Place = ()) -> Problem:
        at = (*above, *fault.at)
        return Problem(self.file, self.line(at), path(at), fault.reason)

    def problems(self, error: ValidationError, above: Place = ()) -> list[Problem]:
        """The errors of a schema, each at its line."""
        return [self.problem(fault, above) for fault in schema_faults(error)]


def read_marked(file: str, text: str) -> Marked:
    """Reads `text`; `file` is its name in errors. Raises BadFile."""
    if len(text) > LARGEST:
        raise bad_file(file, 1, "too_large", N_("the file is larger than {most} characters"), most=LARGEST)
    if strange := strange_character(text):
        raise bad_file(file, strange[0], "character", STRANGE, character=strange[1])
    root = _composed(file, text)
    if root is None:
        raise bad_file(file, 1, "empty", N_("the file is empty"))
    lines: dict[Place, int] = {}
    return Marked(file, _plain(file, root, (), lines, set()), lines)


def _composed(file: str, text: str) -> Node | None:
    """The document as nodes that know their lines."""
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = DEEPEST
    try:
        yaml.composer.warn_double_anchors = False  # refused like any other
        return yaml.compose(text)
    except MarkedYAMLError as error:
        line, sentence = complaint_of(error)
        raise bad_file(file, line, "yaml", sentence) from None
    except (YAMLError, RecursionError, ValueError):
        raise bad_file(file, 1, "yaml", UNREADABLE) from None


def bad_file(file: str, line: int, code: str, sentence: str, *, at: Place = (), **facts: Any) -> BadFile:
    """A file refused for one reason, at one line."""
    return BadFile([Problem(file, line, path(at), faulty(code, sentence, **facts).reason)])


def _plain(file: str, node: Node, at: Place, lines: dict[Place, int], seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(at, line)
    if id(node) in seen or node.anchor:
        raise bad_file(file, line, "alias", ALIAS, at=at)
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return _scalar(file, node, at, line)
    if str(node.tag).removeprefix(CORE) not in {"map", "seq"}:
        raise bad_file(file, line, "tag", TAG, at=at)
    if isinstance(node, MappingNode):
        return _mapping(file, node, at, lines, seen)
    return [_plain(file, item, (*at, place), lines, seen) for place, item in enumerate(node.value)]


def _mapping(file: str, node: MappingNode, at: Place, lines: dict[Place, int], seen: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise bad_file(file, line, "key", N_("a key must be a word or a number"), at=at)
        key = _text(file, key_node, at, line)
        if key in found:
            raise bad_file(file, line, "twice", N_("the key “{key}” stands twice"), at=at, key=key[:60])
        lines[*at, key] = line
        found[key] = _plain(file, value_node, (*at, key), lines, seen)
    return found


def _text(file: str, node: Node, at: Place, line: int) -> str:
    """What a scalar says; an escape may hide what would be refused if it stood there."""
    if strange := strange_character(str(node.value)):
        raise bad_file(file, line, "character", STRANGE, at=at, character=strange[1])
    return str(node.value)


def _scalar(file: str, node: Node, at: Place, line: int) -> Any:
    kind, text = str(node.tag or "").removeprefix(CORE), _text(file, node, at, line)
    if kind in {"str", "timestamp"}:
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in {"int", "float"}:
        if NUMBER.fullmatch(text):
            return int(text) if kind == "int" else Decimal(text)
        raise bad_file(file, line, "number", N_("“{value}” is not a number as 1500 or 0.5"), at=at, value=text[:40])
    if kind in {"merge", "value"}:
        raise bad_file(file, line, "scalar", N_("“{value}” cannot be read here; put text in quotes"), at=at, value=text[:40])
    raise bad_file(file, line, "tag", TAG, at=at)


# What the schema library says, in words an officer understands.
SENTENCES = {
    "missing": N_("this is missing"),
    "extra_forbidden": N_("this key is not known here"),
    "too_short": N_("this list is too short: at least {min_length}"),
    "too_long": N_("this list is too long: at most {max_length}"),
    "string_too_short": N_("this text is too short: at least {min_length} characters"),
    "string_too_long": N_("this text is too long: at most {max_length} characters"),
    "string_type": N_("this must be text"),
    "string_unicode": N_("this must be text"),
    "string_pattern_mismatch": N_("this does not have the form {pattern}"),
    "literal_error": N_("this must be {expected}"),
    "enum": N_("this must be {expected}"),
    "bool_type": N_("this must be true or false"),
    "bool_parsing": N_("this must be true or false"),
    "int_type": N_("this must be a whole number"),
    "int_parsing": N_("this must be a whole number"),
    "int_from_float": N_("this must be a whole number"),
    "int_parsing_size": N_("this has too many digits"),
    "decimal_type": N_("this must be a number"),
    "decimal_parsing": N_("this must be a number"),
    "finite_number": N_("this must be a number"),
    "decimal_max_places": N_("this has more than {decimal_places} decimals"),
    "decimal_max_digits": N_("this has too many digits"),
    "decimal_whole_digits": N_("this has too many digits"),
    "greater_than": N_("this must be more than {gt}"),
    "greater_than_equal": N_("this must be {ge} or more"),
    "less_than": N_("this must be less than {lt}"),
    "less_than_equal": N_("this must be {le} or less"),
    "dict_type": N_("keys with values are expected here"),
    "model_type": N_("keys with values are expected here"),
    "model_attributes_type": N_("keys with values are expected here"),
    "tuple_type": N_("a list is expected here"),
    "list_type": N_("a list is expected here"),
    "datetime_type": N_("this must be a moment, as 2026-10-15T18:00+02:00"),
    "datetime_parsing": N_("this must be a moment, as 2026-10-15T18:00+02:00"),
    "datetime_from_date_parsing": N_("this must be a moment, as 2026-10-15T18:00+02:00"),
    "timezone_aware": N_("this must be a moment with its time zone, as 2026-10-15T18:00+02:00"),
    "date_type": N_("this must be a date, as 2026-10-15"),
    "date_parsing": N_("this must be a date, as 2026-10-15"),
    "date_from_datetime_parsing": N_("this must be a date, as 2026-10-15"),
    "date_from_datetime_inexact": N_("this must be a date, as 2026-10-15"),
}


def schema_faults(error: ValidationError) -> list[Faulty]:
    """What the schema found, in our words. What only follows from an error further down is left out."""
    faults = [_fault(found) for found in error.errors(include_url=False, include_input=False)]
    deeper = {fault.at[:length] for fault in faults for length in range(len(fault.at))}
    return [fault for fault in faults if fault.at not in deeper]


def _fault(found: Any) -> Faulty:
    """An error of the schema library as a fault of ours, at the path where it stands in the file."""
    facts = dict(found.get("ctx") or {})
    at = tuple(step for step in found["loc"] if step != "[key]")
    if "sentence" in facts and "at" in facts:
        return Faulty(Reason(found["type"], facts["sentence"], facts["facts"]), (*at, *facts["at"]))
    sentence = FORMS.get(facts.get("pattern", "")) or SENTENCES.get(found["type"])
    if "expected" in facts:
        facts["expected"] = facts["expected"].replace("'", "").replace(" or ", ", ")
    if sentence is None:
        return Faulty(Reason(found["type"], "{message}", {"message": found["msg"]}), at)
    return Faulty(Reason(found["type"], sentence, facts), at)
