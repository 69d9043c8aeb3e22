"""Append-only tables: which they are, and the triggers that keep them so, per vendor, put back after every migrate.

SQLite remakes a table on AlterField and drops its triggers silently, hence the reinstalling. A REPLACE fires no DELETE
trigger there, so an INSERT of an existing key is refused too; PostgreSQL refuses TRUNCATE as well.
"""

from django.apps import apps
from django.db import connections

# Scores from hand-in on, decisions, receipts: a room adds its own in apps.ready().
APPEND_ONLY: set[str] = {"audit.Entry", "audit.Link"}
SAYS = "this table is append-only"


def append_only(label: str) -> None:
    """Declares one more table whose rows are only ever added."""
    APPEND_ONLY.add(label)


def install(using: str = "default") -> None:
    for table, unique in _tables(using):
        _run(using, INSTALL[connections[using].vendor](table, unique))


def drop(using: str = "default") -> None:
    """Takes the triggers out: for the tests that empty tables, and for race controls."""
    for table, _ in _tables(using):
        _run(using, DROP[connections[using].vendor](table))


def _tables(using: str):
    present = set(connections[using].introspection.table_names())
    for label in sorted(APPEND_ONLY):
        meta = apps.get_model(label)._meta
        if meta.db_table in present:
            yield meta.db_table, [f.column for f in meta.local_fields if f.unique]


def _run(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_install(table: str, unique: list[str]) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    same = " OR ".join(f'"{c}" = NEW."{c}"' for c in unique)
    known = f'SELECT 1 FROM "{table}" WHERE {same}'  # noqa: S608 -- the names of our own tables
    return [
        *_sqlite_drop(table),
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" {refuse}',
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" {refuse}',
        f'CREATE TRIGGER "{table}_no_replace" BEFORE INSERT ON "{table}" WHEN EXISTS ({known}) {refuse}',
    ]


def _sqlite_drop(table: str) -> list[str]:
    return [f'DROP TRIGGER IF EXISTS "{table}_no_{act}"' for act in ("update", "delete", "replace")]


def _postgresql_install(table: str, unique: list[str]) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$",
        f'CREATE OR REPLACE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f'CREATE OR REPLACE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


def _postgresql_drop(table: str) -> list[str]:
    return [f'DROP TRIGGER IF EXISTS "{table}_no_{act}" ON "{table}"' for act in ("change", "truncate")]


INSTALL = {"sqlite": _sqlite_install, "postgresql": _postgresql_install}
DROP = {"sqlite": _sqlite_drop, "postgresql": _postgresql_drop}
