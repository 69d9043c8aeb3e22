"""What cannot be stored is refused at the door; every answer carries the policy of contents."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/ru/calls/?q=%00", "/ru/calls/?%00=1", "/ru/calls/%00/", "/ru/desk/%00/"])
def test_a_nul_in_an_address_is_a_clear_400(address):
    assert Client().get(address).status_code == 400


def test_a_nul_in_a_cookie_is_a_clear_400():
    # A quoted cookie may hold octal escapes, which Django reads.
    quoted = f'{settings.SESSION_COOKIE_NAME}="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'

    assert Client(headers={"cookie": quoted}).get("/ru/calls/").status_code == 400


@pytest.mark.parametrize("address", ["/static/css/nothing.css", "/ru/calls/", "/", "/ru/nothing/"])
def test_every_answer_carries_the_policy(address):
    assert "default-src 'self'" in Client().get(address).headers["Content-Security-Policy"]
