"""The journal's rows cannot be changed by anyone, whatever road they take."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.audit.digests import digest_of
from fund.audit.models import Entry, Personal

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    account = Account.objects.create_user("a@example.org")
    return record("tests.act", account, by=account, now=NOW, why="Anna asked", personal={"name": "Anna"})


def refused(statement: str, *values) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_update_is_refused(entry):
    refused("UPDATE audit_entry SET verb = 'other' WHERE id = %s", entry.pk)


def test_delete_is_refused(entry):
    refused("DELETE FROM audit_entry WHERE id = %s", entry.pk)


def test_replace_and_truncate_are_refused(entry):
    if connection.vendor == "sqlite":
        columns = 'id, of_type, of_id, at, verb, source, "to", facts, digest'
        refused(f"REPLACE INTO audit_entry ({columns}) VALUES (%s, 'x', 1, 'x', 'x', '', '', '{{}}', 'x')", entry.pk)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else PostgreSQL refuses for a reason of its own
        refused("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_entry CASCADE")


def test_the_orm_is_refused_too(entry):
    entry.verb = "other"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()


def test_erasing_the_personal_side_leaves_the_entry_whole(entry):
    digest = entry.digest
    side = Personal.objects.get(entry=entry)
    assert digest == digest_of(side.salt, "Anna asked", {"name": "Anna"})

    side.delete()

    assert Entry.objects.get(pk=entry.pk).digest == digest


def test_an_entry_names_the_caller_too(entry):
    officer = Account.objects.create_user("officer@example.org")

    acted = record("tests.act", officer, by=officer, for_=entry.by, now=NOW)

    assert (acted.by, acted.for_id) == (officer, entry.by_id)
