"""What cannot be stored is refused at the door; every answer carries the policy of contents."""

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/ru/calls/?q=%00", "/ru/calls/?%00=1", "/ru/calls/%00/", "/ru/desk/%00/"])
def test_a_nul_in_an_address_is_a_clear_400(address):
    assert Client().get(address).status_code == 400


def test_a_nul_in_a_cookie_is_a_clear_400():
    # A quoted cookie may hold octal escapes, which Django reads.
    quoted = f'{settings.SESSION_COOKIE_NAME}="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'

    assert Client(headers={"cookie": quoted}).get("/ru/calls/").status_code == 400


@pytest.mark.parametrize(
    ("address", "headers", "title", "home"),
    [
        ("/ru/calls/?q=%00", {}, "Это не удалось прочитать", "/ru/"),
        ("/en/calls/%00/", {}, "This cannot be read", "/en/"),
        ("/ru/calls/", {"host": "somewhere.else.example"}, "Это не удалось прочитать", "/ru/"),
    ],
)
def test_what_cannot_be_read_is_answered_by_a_page_of_our_own(address, headers, title, home):
    response = Client().get(address, headers=headers)

    page = html.fromstring(response.text)
    assert (response.status_code, page.xpath("//h1")[0].text_content()) == (400, title)
    assert page.xpath("//main//a/@href") == [home]
    assert page.xpath("//title")[0].text_content().endswith(("Креативная платформа", "Creative Platform"))


@pytest.mark.parametrize("address", ["/static/css/nothing.css", "/ru/calls/", "/", "/ru/nothing/"])
def test_every_answer_carries_the_policy(address):
    assert "default-src 'self'" in Client().get(address).headers["Content-Security-Policy"]
