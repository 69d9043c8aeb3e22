"""What journeys share: a browser in which somebody has signed in, and a good look at a page."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.services.axe import violations

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOOKS = [(390, "light"), (1280, "dark")]


@pytest.fixture(autouse=True, scope="session")
def stylesheet():
    call_command("css")


@pytest.fixture
def enter(browse, live_server, transactional_db):
    """enter(expert, language="en", javascript=False) is a page in which the expert has signed in."""

    def entered(account, **how):
        client = Client()
        client.force_login(account)
        page = browse(**how)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return entered


@pytest.fixture
def look():
    """look(page) reads the page as it stands by axe, on a phone by day and at a desk by night, and finds nothing."""

    def looked(page) -> None:
        page.wait_for_load_state()  # a click ends when the next page answers, which may be before its first element is there
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert violations(page, (width, scheme)) == [], (page.url, width)
            assert page.evaluate(SIDEWAYS) == 0, (page.url, width)

    return looked
