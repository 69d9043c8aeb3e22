"""What journeys share: a browser in which somebody has signed in, and a good look at a page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
READ = {"runOnly": TAGS, "resultTypes": ["violations"]}  # what passed is counted, not described: half the time
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
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(50)  # what is drawn follows the size a frame later, more on a busy machine
            found = Axe().run(page, options=READ).response
            assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]] == [], (page.url, width)
            assert page.evaluate(SIDEWAYS) == 0, (page.url, width)

    return looked
