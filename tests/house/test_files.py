"""What no file of the project may be called or hold."""

import ast
import re

from . import rooms

NAMELESS = {"utils", "helpers", "services", "common", "misc", "base2"}
HOSTS = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|/opt/(wheels|pypi)")
TEXT = (
    ".py",
    ".txt",
    ".in",
    ".json",
    ".toml",
    ".md",
    ".html",
    ".css",
    ".js",
    ".yaml",
    ".yml",
    ".po",
    "Makefile",
    "run",
    ".npmrc",
)


def test_no_file_is_called_after_nothing():
    called = [
        str(path.relative_to(rooms.ROOT))
        for path in rooms.committed(".py")
        if NAMELESS & {part.removesuffix(".py") for part in path.relative_to(rooms.ROOT).parts} - set(path.parts[:1])
        and path.relative_to(rooms.ROOT).parts[:2] != ("tests", "services")
    ]

    assert called == []


def test_every_module_opens_with_one_sentence():
    silent = [
        str(path.relative_to(rooms.ROOT))
        for path in rooms.committed(".py")
        if path.stat().st_size and "migrations" not in path.parts and path.name not in ("apps.py", "__init__.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_no_secret_and_no_download_host():
    found = [
        f"{path.relative_to(rooms.ROOT)}: {match.group()}"
        for path in rooms.committed(*TEXT)
        if path.name != "test_files.py"
        for match in HOSTS.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


def test_no_line_of_code_is_commented_out():
    code = re.compile(r"^\s*#\s*(from \w+ import|import \w+$|def \w+\(|class \w+[(:]|return \w+$|if .+:$)", re.M)
    ours = [path for path in rooms.committed(".py") if path.name != "test_files.py"]

    found = [f"{path.relative_to(rooms.ROOT)}: {m.group().strip()}" for path in ours for m in code.finditer(path.read_text())]

    assert found == []
