"""The chain of the journal: whole when nobody touched it; otherwise it names what was altered, cut out or never chained."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from fund.accounts.models import Account
from fund.audit import triggers
from fund.audit.actions import chain, chain_batch, record
from fund.audit.models import Entry, Link, Personal
from fund.audit.queries import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entries():
    account = Account.objects.create_user("a@example.org")
    made = [record(f"tests.act{n}", account, by=account, now=timezone.now(), why="Anna asked") for n in range(6)]
    chain()
    return made


@contextmanager
def as_owner():
    """Somebody who owns the tables: the triggers and the key between them step aside."""
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": (
            f"ALTER TABLE audit_link DROP CONSTRAINT {foreign_key()}",
            f"ALTER TABLE audit_link ADD CONSTRAINT {foreign_key()} FOREIGN KEY (entry_id) REFERENCES audit_entry DEFERRABLE INITIALLY DEFERRED NOT VALID",
        ),
    }[connection.vendor]
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute(off)
        try:
            yield cursor
        finally:
            cursor.execute(on)
            triggers.install()


def foreign_key() -> str:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "audit_link")
    return next(name for name, facts in found.items() if facts["foreign_key"])


def verify_audit(*args: str) -> str:
    out = StringIO()
    call_command("verify_audit", *args, stdout=out)
    return out.getvalue()


def faults() -> list[str]:
    return verify(now=timezone.now()).faults


def test_a_chain_nobody_touched_is_whole(entries):
    last = Link.objects.last()

    said = verify_audit()

    assert said == f"6 entries chained, 0 without a personal side.\nLast: 6:{last.digest}\nThe chain is whole.\n"


def test_nothing_chained_yet_is_whole(db):
    assert (
        verify_audit() == "0 entries chained, 0 without a personal side.\nLast: 0: nothing is chained yet\nThe chain is whole.\n"
    )


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'other'",
        "by_id = NULL",
        "for_id = 7",
        "\"to\" = 'funded'",
        "source = 'draft'",
        "of_id = of_id + 1",
        "at = '2026-01-01 00:00:00+00:00'",
        "facts = '{\"amount\": 1}'",
        f"digest = '{'0' * 64}'",
    ],
)
def test_an_altered_row_is_named(entries, change):
    with as_owner() as cursor:
        cursor.execute(f"UPDATE audit_entry SET {change} WHERE id = %s", [entries[2].pk])

    assert [fault.partition(": ")[0] for fault in faults()] == [f"position 3, entry {entries[2].pk}"]


def test_an_altered_reason_is_named(entries):
    Personal.objects.filter(entry=entries[2]).update(why="Nobody asked")

    assert faults() == [f"position 3, entry {entries[2].pk}: its personal side was altered ({entries[2]})"]


def test_a_deleted_row_is_named(entries):
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_personal WHERE entry_id = %s", [entries[2].pk])
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [entries[2].pk])

    assert faults() == [f"position 3, entry {entries[2].pk}: the entry is gone"]
    with as_owner() as cursor:  # else the database itself complains when the test ends
        cursor.execute("DELETE FROM audit_link WHERE position = 3")


def test_a_row_deleted_with_its_link_leaves_a_gap(entries):
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_link WHERE position IN (3, 4)")
        cursor.execute("DELETE FROM audit_personal WHERE entry_id IN (%s, %s)", [entries[2].pk, entries[3].pk])
        cursor.execute("DELETE FROM audit_entry WHERE id IN (%s, %s)", [entries[2].pk, entries[3].pk])

    assert faults() == ["gap: positions 3 to 4 missing"]


def test_a_swapped_pair_is_named(entries):
    swapped = {2: entries[3].pk, 4: entries[1].pk}
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_link WHERE position IN (2, 4)")
        for position, entry in swapped.items():
            values = [position, entry, Link.objects.values_list("digest", flat=True).first(), timezone.now()]
            cursor.execute("INSERT INTO audit_link (position, entry_id, digest, chained_at) VALUES (%s, %s, %s, %s)", values)

    named = [fault.partition(":")[0] for fault in faults()]

    assert named[:1] == [f"position 2, entry {entries[3].pk}"]
    assert f"position 4, entry {entries[1].pk}" in named


def test_a_cut_tail_shows_against_what_was_written_down(entries):
    last = str(Link.objects.last())
    assert "whole" in verify_audit("--expect", last)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_link WHERE position > 4")
        cursor.execute("DELETE FROM audit_personal WHERE entry_id > %s", [entries[3].pk])
        cursor.execute("DELETE FROM audit_entry WHERE id > %s", [entries[3].pk])

    assert "whole" in verify_audit()  # nothing inside the database can tell
    with pytest.raises(CommandError, match="position 6 was written down before: no such position: the tail is cut"):
        verify_audit("--expect", last)


def test_a_chain_made_anew_shows_against_what_was_written_down(entries):
    last = str(Link.objects.last())
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_entry SET verb = 'other' WHERE id = %s", [entries[2].pk])
        cursor.execute("DELETE FROM audit_link")
    chain()

    assert faults() == []
    with pytest.raises(CommandError, match="position 6 was written down before: another digest"):
        verify_audit("--expect", last)


def test_a_row_unchained_after_five_minutes_is_named(entries):
    account = Account.objects.get()
    fresh = record("tests.fresh", account, by=account, now=timezone.now())
    assert faults() == []

    later = timezone.now() + timedelta(minutes=6)

    assert [fault.partition(" (")[0] for fault in verify(now=later).faults] == [f"entry {fresh.pk}"]


def test_erasing_the_personal_side_breaks_nothing(entries):
    Personal.objects.filter(entry=entries[2]).delete()

    found = verify(now=timezone.now())

    assert (found.faults, found.links, found.erased) == ([], 6, 1)


def test_a_broken_chain_exits_with_a_failure(entries):
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_entry SET verb = 'other' WHERE id = %s", [entries[0].pk])

    with pytest.raises(CommandError, match=f"position 1, entry {entries[0].pk}: altered") as failure:
        verify_audit()

    assert failure.value.returncode == 1


@pytest.mark.parametrize("wrong", ["7", "7:abc", "x:" + "0" * 64, "-1:" + "0" * 64])
def test_a_wrong_expectation_is_told(entries, wrong):
    with pytest.raises(CommandError, match="invalid POSITION:DIGEST value"):
        verify_audit(f"--expect={wrong}")


def test_links_are_append_only(entries):
    for statement in ("UPDATE audit_link SET digest = ''", "DELETE FROM audit_link"):
        with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_chain_in_small_batches_goes_on_where_it_was(entries):
    account = Account.objects.get()
    more = [record("tests.more", account, by=account, now=timezone.now()) for _ in range(5)]

    made = [chain_batch([entry.pk for entry in more[:2]]), chain(), chain()]

    assert made == [2, 3, 0]
    assert list(Link.objects.values_list("position", flat=True)) == list(range(1, 12))
    assert list(Link.objects.values_list("entry", flat=True)) == list(Entry.objects.order_by("pk").values_list("pk", flat=True))
