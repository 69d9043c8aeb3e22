"""Guessing is counted in the database, by whom and from where; nobody is locked out for good."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fund.core.errors import Refused
from fund.people.actions.attempts import count_attempt, forget_attempts, use_once
from fund.people.models import Attempt
from tests.factories.people import PASSWORD, make_account
from tests.shared import forget_cached

NOW = timezone.now()
LOGIN = "/ru/account/login/"
WRONG = {"login": "anna@example.org", "password": "neverniy-parol-1"}
RIGHT = {"login": "anna@example.org", "password": PASSWORD}


@pytest.fixture
def anna(db):
    return make_account(email="anna@example.org", password=PASSWORD)


def guess(times: int, *, where="10.0.0.1", who="anna@example.org", device="", now=NOW) -> int:
    """How many of so many guesses were heard."""
    heard = 0
    for _ in range(times):
        try:
            count_attempt("password", who=who, where=where, device=device, now=now)
            heard += 1
        except Refused:
            pass
    return heard


def test_five_guesses_from_one_place_then_a_pause(db):
    assert guess(20) == 5
    assert guess(20, now=NOW + timedelta(minutes=1, seconds=1)) == 1
    assert guess(20, now=NOW + timedelta(minutes=1, seconds=30)) == 0


def test_the_pause_grows_to_a_quarter_of_an_hour_and_no_longer(db):
    now, heard = NOW, 0
    for _ in range(60):
        heard += guess(1, now=now)
        now += timedelta(minutes=16)

    assert heard == 60


def test_many_places_against_one_address_are_counted_together(db):
    heard = sum(guess(5, where=f"10.0.0.{n}") for n in range(30))

    assert heard == 50


def test_one_place_against_many_addresses_is_counted_together(db):
    heard = sum(guess(4, who=f"person{n}@example.org") for n in range(80))

    assert heard == 200


def test_a_known_browser_is_not_closed_by_strangers(db):
    for n in range(30):
        guess(5, where=f"10.0.0.{n}")

    assert guess(1, where="10.0.9.9") == 0
    assert guess(1, where="10.0.9.9", device="the mark of her own browser") == 1


def test_a_right_password_takes_back_its_own_count_only(db):
    guess(3)
    count_attempt("password", who="anna@example.org", where="10.0.0.1", now=NOW).was_right()

    assert guess(20) == 2


def test_a_calm_hour_forgets(db):
    guess(5)

    assert guess(20, now=NOW + timedelta(hours=2)) == 5


def test_the_table_names_nobody(db):
    guess(1)

    assert not any("anna" in row.key or "10.0" in row.key for row in Attempt.objects.all())


def test_forget_attempts_removes_only_old_ones(db):
    guess(1, now=NOW - timedelta(days=3))
    guess(1, who="new@example.org", where="10.0.0.2")

    assert forget_attempts(now=NOW) == 3
    assert Attempt.objects.count() == 3


def test_a_code_is_used_once(db):
    assert use_once("code", "7 123456", now=NOW)
    assert not use_once("code", "7 123456", now=NOW + timedelta(seconds=20))
    assert use_once("code", "7 123456", now=NOW + timedelta(days=1))


def test_login_guesses_are_refused_whatever_header_the_client_sets(anna):
    browser = Client()
    for n in range(8):
        response = browser.post(LOGIN, WRONG, headers={"X-Forwarded-For": f"10.1.1.{n}", "X-Real-IP": f"10.1.1.{n}"})
        forget_cached()

    assert response.context["form"].errors.as_data()["__all__"][0].code == "too_many"
    assert browser.post(LOGIN, RIGHT).status_code == 422


def test_login_guesses_are_counted_for_unknown_addresses_alike(anna):
    codes = []
    for login in ("anna@example.org", "nobody@example.org"):
        for _ in range(6):
            response = Client().post(LOGIN, {**WRONG, "login": login})
        codes.append(response.context["form"].errors.as_data()["__all__"][0].code)

    assert codes == ["too_many", "too_many"]


def test_login_in_a_known_browser_while_strangers_guess(anna):
    mine = Client()
    mine.post(LOGIN, RIGHT)
    mine.post("/ru/account/logout/")
    for _ in range(8):
        Client().post(LOGIN, WRONG)

    mine.post(LOGIN, RIGHT)

    assert mine.get("/ru/desk/profile/").status_code == 200


def test_letters_to_one_address_are_counted(anna):
    answers = [Client().post("/ru/account/login/code/", {"email": "anna@example.org"}).status_code for _ in range(7)]

    assert answers == [302] * 5 + [422] * 2
