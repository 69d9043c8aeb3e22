"""Every address × every role: what was decided is what happens, no page leads its reader to a door that is shut, and what
creates something creates it once."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from fund.accounts.models import Account
from fund.core.forms import OnceForm, new_token
from tests.cast import play
from tests.shared import undone

from . import rooms
from .access.document import text
from .access.tables import ROLES, addresses, build, tables
from .access.twice import sent

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


def test_every_creating_form_pressed_twice_creates_once(world, signed_in):
    """With the token of its page; the second press writes no row of any table."""
    wrong, forms = [], sent(world)
    for one in forms:
        client = signed_in(one.who) if one.who else Client()
        shown = client.get(one.address).context.get("form")
        token = shown["once"].value() if isinstance(shown, one.form) else new_token()
        with undone():
            before = counted()
            first = press(client, one, token)
            between = counted()
            press(client, one, token)
            if (first, before != between, counted() - between) != (302, True, set()):
                wrong.append(f"{one.form.__name__}: {first}, then {sorted(name for name, _count in counted() - between)}")

    assert wrong == []
    untried = {form for form in below(OnceForm) if not any(issubclass(one.form, form) for one in forms)}
    assert {form for form in untried if form.__module__.split(".")[0] in rooms.CORRIDORS} == set(), "add it to access/twice.py"


def press(client: Client, one, token: str) -> int:
    files = {key: SimpleUploadedFile("plan.pdf", value) for key, value in one.typed.items() if isinstance(value, bytes)}
    return client.post(one.address, {"once": token, **one.typed, **files}).status_code


def counted() -> set[tuple[str, int]]:
    """How many each table holds; sessions come and go by themselves."""
    return {
        (m._meta.label, m._base_manager.count())
        for m in apps.get_models()
        if m._meta.app_label not in ("sessions", "usersessions")
    }


def below(form: type) -> set[type]:
    return {found for child in form.__subclasses__() for found in (child, *below(child))}


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
