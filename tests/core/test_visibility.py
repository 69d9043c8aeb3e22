"""Visibility rules: nothing is seen by default, a closing rule beats every opening one."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from fund.accounts.models import Account
from fund.core import visibility
from fund.core.models import Once
from fund.core.visibility import VisibleQuerySet, closes, opens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules():
    """The rules of one model, for one test."""
    kept = deepcopy(visibility.OPENING), deepcopy(visibility.CLOSING), visibility.FOR_ANYONE.copy()
    yield
    for live, before in zip((visibility.OPENING, visibility.CLOSING, visibility.FOR_ANYONE), kept, strict=True):
        live.clear()
        live.update(before)


@pytest.fixture
def user():
    return Account.objects.create_user("u@example.org")


@pytest.fixture
def row(user):
    return Once.objects.create(token="t", account=user, verb="v", digest="d")


def seen_by(who) -> list:
    return list(VisibleQuerySet(Once).visible_to(who))


def test_without_a_rule_nobody_sees_a_row(user, row):
    assert seen_by(user) == []


def test_an_opening_rule_shows_its_rows(user, row):
    opens("core.Once", "its owner")(lambda who: Q(account=who))

    assert seen_by(user) == [row]


def test_a_stranger_does_not_see_them(user, row):
    opens("core.Once", "its owner")(lambda who: Q(account=who))

    assert seen_by(Account.objects.create_user("s@example.org")) == []


def test_a_closing_rule_beats_every_opening_one(user, row):
    opens("core.Once", "everyone signed in")(lambda who: True)
    closes("core.Once", "never the owner")(lambda who: Q(account=who))

    assert seen_by(user) == []


def test_where_one_rule_shows_everything_the_database_is_asked_nothing(user, row):
    opens("core.Once", "its owner")(lambda who: Q(account=who))
    opens("core.Once", "everyone signed in")(lambda who: True)
    closes("core.Once", "nothing")(lambda who: False)

    rows = VisibleQuerySet(Once).visible_to(user)

    assert list(rows) == [row]
    assert "WHERE" not in str(rows.query)


def test_a_closing_rule_that_hides_everything_leaves_nothing(user, row):
    opens("core.Once", "everyone signed in")(lambda who: True)
    closes("core.Once", "everything")(lambda who: True)

    assert seen_by(user) == []


def test_a_visitor_is_asked_only_rules_for_anyone(row):
    opens("core.Once", "rows without an owner")(lambda who: Q(account=who.pk) | Q(token="t"))

    assert seen_by(AnonymousUser()) == []

    opens("core.Once", "public rows", anyone=True)(lambda who: Q(token="t"))

    assert seen_by(AnonymousUser()) == [row]


def test_an_empty_q_is_an_error_not_everything(user, row):
    opens("core.Once", "forgotten")(lambda who: Q())

    with pytest.raises(ValueError, match="empty Q"):
        seen_by(user)


def test_two_rules_of_one_name_are_an_error():
    opens("core.Once", "twice")(lambda who: True)

    with pytest.raises(ValueError, match="already"):
        opens("core.Once", "twice")(lambda who: False)
