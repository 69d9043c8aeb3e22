"""The bars of links: only pages that exist, only what the reader may open, in a steady order."""

import pytest
from django.contrib.auth.models import AnonymousUser

from fund.core import navigation
from fund.core.navigation import desk_item, desk_links, public_links


class Reader:
    is_authenticated = True


@pytest.fixture(autouse=True)
def items():
    kept = navigation.DESK_ITEMS[:]
    navigation.DESK_ITEMS.clear()
    yield navigation.DESK_ITEMS
    navigation.DESK_ITEMS[:] = kept


def everybody(user):
    return True


def test_desk_items_stand_in_order(items):
    desk_item("core:theme", "Second", everybody, order=20)
    desk_item("core:kit", "First", everybody, order=10, key="kit")

    assert [(link.label, link.key) for link in desk_links(Reader())] == [("First", "kit"), ("Second", "core")]


def test_desk_item_named_twice_stands_once(items):
    desk_item("core:kit", "Old", everybody)
    desk_item("core:kit", "New", everybody)

    assert [link.label for link in desk_links(Reader())] == ["New"]


def test_desk_shows_only_what_one_may_open(items):
    desk_item("core:kit", "Kit", lambda user: False)

    assert desk_links(Reader()) == []


def test_desk_has_no_dead_links(items):
    desk_item("core:nowhere", "Nowhere", everybody)

    assert desk_links(Reader()) == []


def test_desk_is_empty_for_visitors(items):
    desk_item("core:kit", "Kit", everybody)

    assert desk_links(AnonymousUser()) == []


def test_public_bar_has_no_dead_links(monkeypatch):
    monkeypatch.setattr(navigation, "PUBLIC", (("core:kit", "Kit", "kit"), ("core:nowhere", "Nowhere", "x")))

    assert [(link.url, link.key) for link in public_links()] == [("/kit/", "kit")]
