"""Who sees which rows: named rules that rooms add, and the one query set that asks them.

A rule is a function of the user that answers True, False, a Q or an Exists. Opening rules let rows in, closing rules keep
them out and beat every opening one. A model without an opening rule is seen by nobody.
"""

from collections.abc import Callable
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
    joined = NOBODY
    for name, rule in OPENING.get(label, {}).items():
        if user.is_authenticated or (label, name) in FOR_ANYONE:
            joined |= _as_q(rule(user))
    return joined


def none_of(label: str, user: Any) -> Q:
    """The closing rules of a model joined by OR; a visitor who is not signed in has nothing to be kept from by name."""
    joined = NOBODY
    if user.is_authenticated:
        for rule in CLOSING.get(label, {}).values():
            joined |= _as_q(rule(user))
    return joined


def _as_q(answer: "bool | Q | Exists") -> Q:
    if answer is True:
        return EVERYBODY
    if answer is False:
        return NOBODY
    if isinstance(answer, Q) and not answer:
        raise ValueError("an empty Q() would show every row: say True or False")
    return Q(answer)


class VisibleQuerySet(models.QuerySet):
    """The query set of every model that people fetch rows of."""

    def visible_to(self, user: Any):
        label = self.model._meta.label
        return self.filter(any_of(label, user)).exclude(none_of(label, user))
