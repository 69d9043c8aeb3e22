"""Pressing twice doubles nothing: a form's token returns what it made."""

import pytest
from django.db import transaction

from fund.accounts.models import Account
from fund.core.errors import Refused
from fund.core.once import claim

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-one-form"


@pytest.fixture
def user():
    return Account.objects.create_user("u@example.org")


@transaction.atomic
def make(user, *, once, name="x"):
    """A verb in small: it makes an account once."""
    slot = claim(once, by=user, verb="tests.make", body={"name": name})
    if slot.made:
        return slot.thing(Account)
    thing = Account.objects.create_user(f"{name}{Account.objects.count()}@example.org")
    slot.keep(thing)
    return thing


@transaction.atomic
def fail(user):
    claim(TOKEN, by=user, verb="tests.make", body={"name": "x"})
    raise ZeroDivisionError


def test_the_same_token_returns_the_same_thing(user):
    assert make(user, once=TOKEN) == make(user, once=TOKEN)


def test_another_body_under_the_same_token_is_refused(user):
    make(user, once=TOKEN)

    with pytest.raises(Refused):
        make(user, once=TOKEN, name="y")


def test_another_person_under_the_same_token_is_refused(user):
    make(user, once=TOKEN)

    with pytest.raises(Refused):
        make(Account.objects.create_user("other@example.org"), once=TOKEN)


def test_a_verb_that_failed_may_be_tried_again(user):
    with pytest.raises(ZeroDivisionError):
        fail(user)

    assert make(user, once=TOKEN).pk


def test_without_a_token_nothing_is_remembered(user):
    assert make(user, once=None) != make(user, once=None)
