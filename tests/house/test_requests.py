"""What the home page asks a browser for: few things, and none from anywhere else."""

from urllib.parse import urlsplit

from django.utils import timezone

from tests.factories.calls import make_call

REQUESTS = 6


def test_home_asks_for_little_and_for_nothing_foreign(officer, browse):
    make_call(officer, now=timezone.now())
    asked = []
    page = browse()
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/ru/", wait_until="networkidle")

    print(f"home asks {len(asked)} times: {[urlsplit(url).path for url in asked]}")
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert len(asked) <= REQUESTS
