"""Who sees which rows: named rules that rooms add, and the one query set that asks them.

A rule is a function of the user that answers True, False, a Q or an Exists. Opening rules let rows in, closing rules keep
them out and beat every opening one. A model without an opening rule is seen by nobody.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Exists, Q

Rule = Callable[[Any], "bool | Q | Exists"]

# An empty Q() filters nothing and would show every row; this one shows none.
NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY

OPENING: dict[str, dict[str, Rule]] = {}
CLOSING: dict[str, dict[str, Rule]] = {}
FOR_ANYONE: set[tuple[str, str]] = set()


def opens(label: str, name: str, *, anyone: bool = False) -> Callable[[Rule], Rule]:
    """Adds an opening rule to a model ("applications.Application"); `anyone` lets it answer for visitors not signed in."""
    if anyone:
        FOR_ANYONE.add((label, name))
    return _adds(OPENING, label, name)


def closes(label: str, name: str) -> Callable[[Rule], Rule]:
    """Adds a closing rule to a model: what it names is hidden whatever opens it."""
    return _adds(CLOSING, label, name)


def _adds(rules: dict[str, dict[str, Rule]], label: str, name: str) -> Callable[[Rule], Rule]:
    def add(rule: Rule) -> Rule:
        named = rules.setdefault(label, {})
        if name in named and named[name] is not rule:
            raise ValueError(f"{label} already has a visibility rule named {name!r}")
        named[name] = rule
        return rule

    return add


def any_of(label: str, user: Any) -> Q:
    """The opening rules of a model joined by OR, for this user; here alone it is decided what a visitor may be asked."""
    named = OPENING.get(label, {}).items()
    return _joined(rule(user) for name, rule in named if user.is_authenticated or (label, name) in FOR_ANYONE)


def none_of(label: str, user: Any) -> Q:
    """The closing rules of a model joined by OR; a visitor who is not signed in has nothing to be kept from by name."""
    return _joined(rule(user) for rule in CLOSING.get(label, {}).values()) if user.is_authenticated else NOBODY


def _joined(answers: "Iterable[bool | Q | Exists]") -> Q:
    """One True settles it and a False adds nothing: the database is asked only what is open, and no rule after a True is."""
    asked: list[Q] = []
    for answer in answers:
        if answer is True:
            return EVERYBODY
        if isinstance(answer, Q) and not answer:
            raise ValueError("an empty Q() would show every row: say True or False")
        if answer is not False:
            asked.append(Q(answer))
    return reduce(or_, asked) if asked else NOBODY


class VisibleQuerySet(models.QuerySet):
    """The query set of every model that people fetch rows of."""

    def visible_to(self, user: Any):
        label = self.model._meta.label
        opened, closed = any_of(label, user), none_of(label, user)
        rows = self.all() if opened is EVERYBODY else self.filter(opened)
        return rows if closed is NOBODY else rows.exclude(closed)
