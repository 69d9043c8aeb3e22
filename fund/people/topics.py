"""What one may ask to be told of: rooms above register their things (a call that will open, an event, an opportunity)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser

ANY = 0  # instead of an id: whichever of them comes next


@dataclass(frozen=True)
class Topic:
    """One kind of thing to wait for."""

    name: str  # in the address: "calls"
    model: str  # "calls.call"
    key: str  # the field by which an address names one of them
    message: str  # the kind of letter that tells
    whichever: Any  # the words for ANY: "the next call"
    link: Callable[[Any], tuple]  # where a thing is read; of None, where all of them are
    title: Callable[[Any], Any]
    is_awaited: Callable[[Any, datetime], bool]  # may it still be waited for?

    def find(self, key: str) -> Any:
        """The thing, if every visitor may see it."""
        rows = apps.get_model(self.model)._default_manager.visible_to(AnonymousUser())  # type: ignore[attr-defined]
        return rows.filter(**{self.key: key}).first()

    def of(self, of_id: int) -> Any:
        return apps.get_model(self.model)._base_manager.filter(pk=of_id).first() if of_id != ANY else None

    def words(self, thing: Any) -> Any:
        return self.whichever if thing is None else self.title(thing)


TOPICS: dict[str, Topic] = {}


def topic(name: str, **facts: Any) -> Topic:
    """Registers a topic; called in a room's notices.py."""
    if name in TOPICS:
        raise ValueError(f"two topics are called {name!r}")
    TOPICS[name] = Topic(name, **facts)
    return TOPICS[name]


def topic_of(of_type: str) -> Topic:
    return next(one for one in TOPICS.values() if one.model == of_type)
