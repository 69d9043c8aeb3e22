"""The engine of moves: state and who are checked under the lock, every move leaves one entry."""

from datetime import UTC, datetime

import pytest

from fund.accounts.models import Account
from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.workflow.drawing import faults
from fund.workflow.engine import perform
from fund.workflow.table import Move, State, Workflow

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def is_herself(user, thing) -> bool:
    return user == thing


class Lamp(Account):
    """An account that borrows its `language` column as a state, so that the engine is tried without a table of its own."""

    class Meta:
        proxy = True
        app_label = "lamps"  # of no room: the accounts' migrations must not miss it

    @property
    def state(self):
        return self.language

    @state.setter
    def state(self, value):
        self.language = value

    def save(self, *args, update_fields=None, **kwargs):
        fields = None if update_fields is None else ["language" if name == "state" else name for name in update_fields]
        super().save(*args, update_fields=fields, **kwargs)


TABLE = Workflow(
    model="lamps.Lamp",
    initial="ru",
    states={"ru": State("Off"), "en": State("On")},
    final=("en",),
    moves=(Move("light", ("ru",), "en", "Light", is_herself),),
)


@pytest.fixture
def lamp():
    return Lamp.objects.get(pk=Account.objects.create_user("lamp@example.org").pk)


def test_perform_moves_and_records(lamp):
    perform(TABLE, "light", lamp, by=lamp, now=NOW, why="dark", time_zone="Europe/Kaliningrad")

    lamp.refresh_from_db()
    entry = Entry.objects.get()
    assert (lamp.state, lamp.time_zone) == ("en", "Europe/Kaliningrad")
    assert (entry.verb, entry.source, entry.to, entry.at) == ("lamps.light", "ru", "en", NOW)
    assert entry.personal.why == "dark"


def test_perform_refuses_from_another_state(lamp):
    perform(TABLE, "light", lamp, by=lamp, now=NOW)

    with pytest.raises(Refused) as refusal:
        perform(TABLE, "light", lamp, by=lamp, now=NOW)

    assert refusal.value.code == "state"
    assert Entry.objects.count() == 1


def test_perform_refuses_a_stranger(lamp):
    stranger = Account.objects.create_user("stranger@example.org")

    with pytest.raises(Refused) as refusal:
        perform(TABLE, "light", lamp, by=stranger, now=NOW)

    assert refusal.value.code == "who"
    assert Entry.objects.count() == 0


def test_a_stale_object_does_not_overwrite(lamp):
    stale = Lamp.objects.get(pk=lamp.pk)
    perform(TABLE, "light", lamp, by=lamp, now=NOW)

    with pytest.raises(Refused):
        perform(TABLE, "light", stale, by=stale, now=NOW)


def test_a_table_that_names_an_unknown_state_is_an_error():
    with pytest.raises(ValueError, match="lacks"):
        Workflow("x.X", "a", {"a": State("A")}, (), (Move("go", ("a",), "b", "Go", is_herself),))


def test_faults_names_dead_ends_and_islands():
    table = Workflow(
        "x.X",
        "a",
        {"a": State("A"), "b": State("B"), "c": State("C")},
        (),
        (Move("go", ("a",), "b", "Go", is_herself),),
    )

    assert faults(table) == ["x.X: nothing reaches c", "x.X: no way out of b", "x.X: no way out of c"]
