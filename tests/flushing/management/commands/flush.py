"""`flush` for tests: only tables with rows are emptied, all at once; append-only tables refuse, so their triggers step aside.
The consent texts that a new database has from the start are there again: a worker may go on with any test."""

from django.core.management.commands import flush
from django.db import connections, transaction

from fund.audit import triggers
from fund.people.texts import publish_missing


class Command(flush.Command):
    """A TRUNCATE makes a new file for each of the hundred tables, which takes a second; most tests fill twenty."""

    def handle(self, **options):
        using = options["database"]
        with transaction.atomic(using), connections[using].cursor() as cursor:
            names = ", ".join(f'"{table}"' for table in tables(using))
            if connections[using].vendor == "postgresql":  # a process of this test that has not ended may still write
                cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
            triggers.drop(using)
            for table in filled(using, cursor):
                cursor.execute(f'DELETE FROM "{table}"')  # foreign keys wait for the end of the transaction
            triggers.install(using)
            publish_missing(using)


def filled(using: str, cursor) -> list[str]:
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables(using)))
    return [name for (name,) in cursor.fetchall()]


def tables(using: str) -> list[str]:
    return connections[using].introspection.django_table_names(only_existing=True, include_views=False)
