"""Every address × every role: what was decided is what happens, and no page leads its reader to a door that is shut."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import resolve, reverse

from fund.accounts.models import Account
from tests.cast import play

from . import rooms
from .access.document import text
from .access.tables import ROLES, addresses, build, tables

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
SIGN_IN, FACTOR = "/account/login/", "/account/2fa/"
LINK = re.compile(r"<a\b[^>]*\bhref=\"(/[^\"#]*)")


@pytest.fixture(scope="module")
def built(module_db):
    cast = SimpleNamespace(**{role: play(role) for role in ROLES if role != "anonymous"})
    return build(cast, [config.label for config in rooms.installed()])


def answer(response) -> str:
    target = response.headers.get("Location", "")
    if response.status_code == 302 and SIGN_IN in target:
        return "sign-in"
    return "factor" if response.status_code == 302 and FACTOR in target else str(response.status_code)


def test_every_address_has_a_row():
    decided = {row["url"] for rows in tables().values() for row in rows}

    assert sorted(set(addresses()) - decided) == [], "add these to tests/house/access/<room>.csv"
    assert sorted(decided - set(addresses())) == [], "these exist no longer"


@pytest.mark.parametrize("room", tables())
def test_answers(room, world, signed_in):
    known, wrong = addresses(), []
    clients = {role: Client() if role == "anonymous" else signed_in(getattr(world.cast, role)) for role in ROLES}
    for row in tables()[room]:
        if row["url"] not in known:
            continue  # the test above names it
        address = reverse(row["url"], kwargs=world.arguments(row["url"], known[row["url"]]))
        for role, client in clients.items():
            client.raise_request_exception = False
            response = client.get(address)
            content = b"".join(response)  # a file is closed once it is read to its end
            if (got := answer(response)) != row[role]:
                wrong.append(f"{row['url']} as {role}: {got}, decided {row[role]}")
            if response.status_code == 200:
                wrong += [f"{row['url']} leads {role} to {astray}" for astray in dead_links(client, content)]

    assert wrong == []


def dead_links(client: Client, content: bytes) -> list[str]:
    """Of each kind of link on a page one is followed; a page of the other language is this page again."""
    kinds = {}
    for found in LINK.findall(content.decode(errors="replace")):
        address = unescape(found)
        if address.startswith("/ru/"):
            kinds.setdefault(resolve(address.partition("?")[0]).view_name, address)
    followed = getattr(client, "followed", {})
    client.followed = followed
    for address in set(kinds.values()) - followed.keys():
        response = client.get(address)
        b"".join(response)
        followed[address] = response.status_code
    return [f"{address}: {followed[address]}" for address in sorted(kinds.values()) if followed[address] not in (200, 302)]


def test_the_admin_is_for_administrators(world, signed_in):
    pages = [
        reverse("admin:index"),
        *(reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry),
    ]

    for client in (Client(), signed_in(world.cast.stranger), signed_in(world.cast.officer)):
        assert {client.get(page).status_code for page in pages} <= {302, 403, 404}


def test_every_list_of_the_admin_opens(db):
    client = Client()
    client.force_login(Account.objects.create_superuser("root@example.org", "x" * 20))

    closed = [m._meta.label for m in admin.site._registry if _status(client, m) not in (200, 302)]

    assert closed == []


def _status(client: Client, model) -> int:
    return client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")).status_code


def test_the_document_is_fresh():
    assert (rooms.ROOT / "docs/access.md").read_text(encoding="utf-8") == text(), "run: python -m tests.house.access"
