"""Who is not entitled receives the same bytes whatever the secrets are; who is entitled sees each of them."""

import re
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fund.notices.actions import declare
from tests.cast import play

from .look import answer_of, letters_to, look_of
from .world import CHANGED, DRAW, make_told, role_names

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]

UNENTITLED = (
    "anonymous", "stranger", "resident", "applicant", "teammate", pytest.param("expert", marks=pytest.mark.smoke), "witness",
    "tied_officer",
)  # fmt: skip
# Each secret, who is entitled to it, and where it stands for them.
ENTITLED = {
    "who": ("officer", "reviews:progress"),
    "scores": ("director", "councils:list"),
    "comments": ("director", "councils:decide"),
    "conflict": ("officer", "reviews:assign"),
    "decision": ("director", "councils:list"),
}


class RolledBack(Exception):
    """Ends a world so that the next one begins where it began."""


@pytest.fixture(scope="module")
def built(module_db):
    return make_told(SimpleNamespace(**{role: play(role) for role in (*role_names(), "resident")}), timezone.now())


@pytest.fixture
def told(world):
    return world


def in_a_world(told, see, **changed):
    """What `see()` sees in a world where these secrets are told the other way; afterwards that world never was."""
    seen = None
    try:
        with transaction.atomic():
            told.tell(**changed)
            declare(now=told.now)
            seen = see()
            raise RolledBack
    except RolledBack:
        return seen


def without_uids(answer: tuple) -> bytes:
    """The body without the addresses of what each world makes anew."""
    return re.sub(rb"[a-z0-9]{14}(?=[/?\"#])", b"*", answer[2])


def client_of(told, role: str) -> Client:
    client = Client()
    client.raise_request_exception = False
    if role != "anonymous":
        client.force_login(getattr(told.world.cast, role))
    return client


@pytest.mark.parametrize("secret", ENTITLED)
def test_who_is_entitled_sees_the_difference(told, secret):
    role, name = ENTITLED[secret]
    thing = {"uid": told.judged.uid} if name == "councils:decide" else {"slug": told.call.slug}
    client, address = client_of(told, role), reverse(name, kwargs=thing)

    one, same, other = (
        in_a_world(told, lambda: without_uids(answer_of(client, address)), **changed) for changed in ({}, {}, {secret: True})
    )

    assert b"<h1" in one
    assert one == same
    assert one != other


def test_a_revealed_lot_shows_the_difference(told):
    from fund.lots.models import Draw, Drawing, Reveal

    director = told.world.cast.director

    def reveal():
        draw = Draw.objects.get(uid=DRAW)
        Drawing.objects.create(draw=draw, words="", drawn_at=told.now, drawn_by=director)
        Reveal.objects.create(draw=draw, revealed_at=told.now, revealed_by=director)
        return answer_of(Client(), reverse("lots:read", args=[DRAW]))

    assert in_a_world(told, reveal) != in_a_world(told, reveal, lot=True)


@pytest.mark.parametrize("role", UNENTITLED)
def test_who_is_not_entitled_sees_no_difference(told, role):
    client, account = client_of(told, role), getattr(told.world.cast, role, None)
    see = lambda: (look_of(told.world, client), letters_to(account))  # noqa: E731

    (one, letters), (other, other_letters) = in_a_world(told, see), in_a_world(told, see, **CHANGED)

    # A minute that turned between the two worlds is no secret: what differed is looked at again, at once. A leak differs each time.
    suspects = [address for address in sorted(one.keys() | other.keys()) if one.get(address) != other.get(address)]
    leaks = [address for address in suspects if all(still_differs(told, client, address) for _ in range(3))]
    assert leaks == []
    assert letters == other_letters
    assert sum(status == 200 for status, _headers, _body in one.values()) > 5


def still_differs(told, client: Client, address: str) -> bool:
    one, other = (in_a_world(told, lambda: answer_of(client, address), **changed) for changed in ({}, CHANGED))
    return one != other
