"""Who holds which role: asked afresh for each request's user object, so a change acts on the next request."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q

from fund.core.models import Upward

from .catalogue import ROLES, WITH_SECOND_FACTOR, Role
from .models import RoleGrant

__all__ = [
    "ROLES",
    "WITH_SECOND_FACTOR",
    "Role",
    "grants_of",
    "has_role",
    "holders",
    "needs_second_factor",
    "plays",
    "read_grants",
    "scope_ids",
    "within",
]

FUND = ("", None)


def grants_of(user: Any) -> dict[str, set[tuple[str, int | None]]]:
    """Role key → scopes, ("", None) being the whole fund; read once per user object, which lives for one request."""
    if user is None or not user.is_authenticated or not user.is_active:
        return {}
    if not hasattr(user, "_grants"):
        read_grants([user])
    return user._grants


def read_grants(users: Iterable[Any]) -> None:
    """For a list of people: what each holds, in one query for all of them."""
    known: dict[int, Any] = {user.pk: user for user in users}
    for user in known.values():
        user._grants = {"resident": {FUND}}
    live = RoleGrant.objects.live().filter(account__in=known).values_list("account", "role", "of_type", "of_id")
    for account, role, of_type, of_id in live:
        known[account]._grants.setdefault(role, set()).add((of_type, of_id))


def has_role(user: Any, key: str, thing: Model | None = None) -> bool:
    """Holds the role for the whole fund or, where a thing is given, for that thing."""
    scopes = grants_of(user).get(ROLES[key].key, ())
    return FUND in scopes or (thing is not None and (thing._meta.label_lower, thing.pk) in scopes)


def plays(user: Any, key: str) -> bool:
    """Holds the role for anything at all: what the bar of workspaces asks."""
    return bool(grants_of(user).get(ROLES[key].key))


def scope_ids(user: Any, key: str, model: type[Model]) -> list[int]:
    """The ids of the things of one model the role was given for: for visibility rules, beside has_role."""
    label = model._meta.label_lower
    return [of_id for of_type, of_id in grants_of(user).get(ROLES[key].key, ()) if of_type == label and of_id is not None]


def within(user: Any, key: str, model: type[Model], path: str) -> bool | Q:
    """A visibility rule in one line: all rows for who holds the role for the whole fund; for who holds it for some things
    of `model`, the rows whose `path` leads to one of those; else none."""
    if has_role(user, key):
        return True
    ids = scope_ids(user, key, model)
    return Q(**{f"{path}__in": ids}) if ids else False


def holders(key: str, thing: Model | None = None):
    """The active accounts that hold the role for the whole fund or for the thing."""
    scope = Q(of_id=None)
    if thing is not None:
        scope |= Q(**Upward.key(thing))
    accounts = get_user_model().objects.filter(is_active=True).order_by("pk")
    if not ROLES[key].granted:
        return accounts
    return accounts.filter(pk__in=RoleGrant.objects.live().filter(scope, role=key).values("account"))


def needs_second_factor(user: Any) -> bool:
    """Does any of their roles touch money or scores?"""
    return any(key in WITH_SECOND_FACTOR for key in grants_of(user)) or bool(getattr(user, "is_staff", False))
