"""The cast: the people every test may call on, and `signed_in`, a browser in which one of them has signed in."""

import pytest
from django.test import Client

CAST = {
    # Writes applications; works in the cluster.
    "applicant": ("Анна", "Мельник", ["employee"], "applicant@example.org"),
    # Helps the applicant; holds no role.
    "teammate": ("Илья", "Ветров", [], "teammate@example.org"),
    "expert": ("Елена", "Каштанова", ["expert"], "expert@example.org"),
    "council_member": ("Павел", "Громов", ["council_member"], "council@example.org"),
    "director": ("Михаил", "Северин", ["director"], "director@example.org"),
    "officer": ("Ольга", "Лесная", ["officer"], "officer@example.org"),
    "accountant": ("Нина", "Счётова", ["accountant"], "accountant@example.org"),
    "organiser": ("Тимур", "Ярмаркин", ["organiser"], "organiser@example.org"),
    "coordinator": ("Дарья", "Берёзова", ["coordinator"], "coordinator@example.org"),
    "admin": ("Глеб", "Ключников", ["admin"], "admin@example.org"),
    # Has a household with a child, once a test registers one.
    "parent": ("Софья", "Калинина", [], "parent@example.org"),
    # Lives in the town, has nothing to do with any application.
    "resident": ("Роман", "Полевой", [], "resident@example.org"),
    # Tried at every door that is not theirs.
    "stranger": ("Чужой", "Незнакомов", [], "stranger@example.org"),
}


def play(name: str):
    """One of the cast, made now: in a test by the fixture of that name, in a world that a module shares by hand."""
    from tests.factories.people import make_account  # this file is a plugin, read before Django is set up

    first, last, roles, email = CAST[name]
    return make_account(first, last, roles=roles, email=email)


def _one(name: str):
    @pytest.fixture(name=name)
    def one(db):
        return play(name)

    return one


applicant, teammate, expert, council_member = _one("applicant"), _one("teammate"), _one("expert"), _one("council_member")
director, officer, accountant, organiser = _one("director"), _one("officer"), _one("accountant"), _one("organiser")
coordinator, admin, parent, resident = _one("coordinator"), _one("admin"), _one("parent"), _one("resident")
stranger = _one("stranger")


@pytest.fixture
def signed_in():
    """signed_in(officer) is a browser in which the officer has signed in."""

    def browser(account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return browser
