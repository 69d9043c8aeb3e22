"""Accounts, persons and organisations for tests, made by the verbs that make them in the product."""

from itertools import count

from django.utils import timezone

from fund.accounts.models import Account
from fund.people.actions import create_person, grant_role, open_account, register_organisation
from fund.people.models import Organisation, Person
from fund.people.roles import ROLES
from fund.people.second_factor import set_up_code

PASSWORD = "kolokolchik-2026"
NUMBER = count(1)
INNS = ("7707083893", "7736050003", "7728168971", "7702070139", "7744001497")


def make_account(
    first_name: str = "Пётр", last_name: str = "Иванов", *, roles=(), email: str = "", password: str | None = None, **facts
) -> Account:
    """An account with a confirmed address, its person and roles; a code generator where a role wants a second factor."""
    email = email or f"person{next(NUMBER)}@example.org"
    account = open_account(email, password, now=timezone.now(), first_name=first_name, last_name=last_name, **facts)
    for role in roles:
        give_role(account, role)
    return account


def give_role(account: Account, role: str, thing=None) -> None:
    grant_role(account, role, by=None, now=timezone.now(), thing=thing)
    if ROLES[role].second_factor:
        set_up_code(account)


def make_person(first_name: str = "Вера", last_name: str = "Озерова", **facts) -> Person:
    """A person without an account."""
    return create_person(by=None, now=timezone.now(), first_name=first_name, last_name=last_name, **facts)


def make_organisation(by: Account, name: str = "Мастерская", **facts) -> Organisation:
    facts = {"kind": "informal", **facts}
    return register_organisation(by=by, now=timezone.now(), name=name, **facts)
