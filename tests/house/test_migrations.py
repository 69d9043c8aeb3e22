"""Migrations hold all that the models say, and name what they lean on."""

import re

from django.core.management import call_command

from . import rooms

EXTENSIONS = '("core", "0001_extensions")'
NEEDS_EXTENSIONS = re.compile(r"Exclusion\(|Gin\(|gin_trgm_ops|GistIndex")


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_code_before_survives_each_migration(db, capsys):
    """A room's first migration makes its tables: nothing ran on them before."""
    assert exit_code("lintmigrations", ignore_initial_migrations=True) == 0, capsys.readouterr().out


def exit_code(*command, **options) -> int:
    try:
        call_command(*command, **options)
    except SystemExit as ended:
        return ended.code
    return 0


def test_a_migration_that_uses_an_extension_depends_on_it():
    lacking = [
        str(path.relative_to(rooms.ROOT))
        for path in rooms.committed(".py")
        if path.parent.name == "migrations" and NEEDS_EXTENSIONS.search(text := path.read_text(encoding="utf-8"))
        if EXTENSIONS not in text
    ]

    assert lacking == []


def test_every_room_with_tables_has_migrations():
    bare = [config.label for config in rooms.installed() if list(config.get_models()) and not _migrations(config)]

    assert bare == []


def _migrations(config) -> list:
    return list((rooms.ROOT / config.name.replace(".", "/") / "migrations").glob("0*.py"))
