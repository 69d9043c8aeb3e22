"""docs/promises-of-competition.md names only pages, commands and tests that exist."""

import ast
import re
from functools import cache

import pytest
from django.core.management import get_commands

from . import rooms
from .access.tables import addresses

DOCUMENT = rooms.ROOT / "docs/promises-of-competition.md"
HEAD = ["promise", "where", "proof"]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def promises() -> list[list[str]]:
    """The rows of all tables: the promise in words, its pages and commands, its tests."""
    lines = [cells(line) for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [row for row in lines if row != HEAD and set("".join(row)) != {"-"}]


@cache
def functions_of(path: str) -> set[str]:
    file = rooms.ROOT / path
    if not file.is_file():
        return set()
    return {node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def exists(where: str) -> bool:
    command = where.removeprefix("manage.py ")
    return command in get_commands() if command != where else where in addresses()


def test_every_row_has_its_page_and_its_proof():
    assert [row for row in promises() if len(row) != 3 or not all(row) or not (named(row[1]) and named(row[2]))] == []
    assert len(promises()) > 80


def test_no_promise_stands_twice():
    said = [row[0] for row in promises()]

    assert [one for one in said if said.count(one) > 1] == []


def is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    return name in functions_of(path)


@pytest.mark.parametrize(("column", "known"), [(1, exists), (2, is_there)])
def test_what_is_named_exists(column, known):
    assert [(row[0], one) for row in promises() for one in named(row[column]) if not known(one)] == []
