"""The cast: the people every test may call on, and `signed_in`, a browser in which one of them has signed in."""

import pytest
from django.test import Client


def make_account(*args, **kwargs):
    """Imported when called: this file is a plugin, read before Django is set up."""
    from tests.factories import people

    return people.make_account(*args, **kwargs)


@pytest.fixture
def applicant(db):
    """Writes applications; works in the cluster."""
    return make_account("Анна", "Мельник", roles=["employee"], email="applicant@example.org")


@pytest.fixture
def teammate(db):
    """Helps the applicant; holds no role."""
    return make_account("Илья", "Ветров", email="teammate@example.org")


@pytest.fixture
def expert(db):
    return make_account("Елена", "Каштанова", roles=["expert"], email="expert@example.org")


@pytest.fixture
def council_member(db):
    return make_account("Павел", "Громов", roles=["council_member"], email="council@example.org")


@pytest.fixture
def director(db):
    return make_account("Михаил", "Северин", roles=["director"], email="director@example.org")


@pytest.fixture
def officer(db):
    return make_account("Ольга", "Лесная", roles=["officer"], email="officer@example.org")


@pytest.fixture
def accountant(db):
    return make_account("Нина", "Счётова", roles=["accountant"], email="accountant@example.org")


@pytest.fixture
def organiser(db):
    return make_account("Тимур", "Ярмаркин", roles=["organiser"], email="organiser@example.org")


@pytest.fixture
def coordinator(db):
    return make_account("Дарья", "Берёзова", roles=["coordinator"], email="coordinator@example.org")


@pytest.fixture
def admin(db):
    return make_account("Глеб", "Ключников", roles=["admin"], email="admin@example.org")


@pytest.fixture
def parent(db):
    """Has a household with a child, once a test registers one."""
    return make_account("Софья", "Калинина", email="parent@example.org")


@pytest.fixture
def resident(db):
    """Lives in the town, has nothing to do with any application."""
    return make_account("Роман", "Полевой", email="resident@example.org")


@pytest.fixture
def stranger(db):
    """Tried at every door that is not theirs."""
    return make_account("Чужой", "Незнакомов", email="stranger@example.org")


@pytest.fixture
def signed_in():
    """signed_in(officer) is a browser in which the officer has signed in."""

    def browser(account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return browser
