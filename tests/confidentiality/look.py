"""Everything a role receives: each page it can open, the pages those lead to, their headers, its letters and messages."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import reverse

from fund.notices.models import Delivery, Notice
from tests.house.access.tables import World, addresses
from tests.shared import forget_cached

# What differs from answer to answer by itself, and says nothing.
TOKENS = (
    re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*'),
    re.compile(rb'(X-CSRFToken":\s*")[^"]*'),
    re.compile(rb'(name="once" value=")[^"]*'),
    re.compile(rb'(name="tab" value=")[^"]*'),
    re.compile(rb'(data-left=")[^"]*'),
)
PASSING = {"Set-Cookie", "X-Request-ID", "X-Correlation-ID", "Date", "Expires"}
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)"')
# Not ours to press, or the same page in the other language, or a page of every state there is.
LEFT_OUT = re.compile(r"^/(en/|static/|admin/|kit/|demo/|media/|ru/account/)")


def look_of(world: World, client: Client) -> dict[str, tuple]:
    """Address → (status, headers, body) of every address of the access tables and of what their pages lead to."""
    forget_cached()
    found: dict[str, tuple] = {}
    known = addresses()
    todo = [reverse(name, kwargs=world.arguments(name, arguments)) for name, arguments in sorted(known.items())]
    led = []
    for address in todo:
        if not LEFT_OUT.match(address):
            found[address] = answer_of(client, address)
            led += links_in(address, found[address])
    for address in sorted(set(led) - found.keys()):
        found[address] = answer_of(client, address)
    return found


def answer_of(client: Client, address: str) -> tuple:
    response = client.get(address)
    body = b"".join(response)
    for token in TOKENS:
        body = token.sub(rb"\1*", body)
    headers = sorted((name, value) for name, value in response.headers.items() if name not in PASSING)
    return response.status_code, tuple(headers), body


def links_in(address: str, answer: tuple) -> list[str]:
    """The addresses of ours that a page leads to: filters, orders, pages of a list, exports, single things."""
    status, headers, body = answer
    if status != 200 or "html" not in dict(headers).get("Content-Type", ""):
        return []
    links = (urljoin(address, unescape(link)) for link in LINK.findall(body.decode()))
    return [link for link in links if link.startswith("/") and not urlsplit(link).netloc and not LEFT_OUT.match(link)]


def letters_to(account) -> list[tuple]:
    """Every message to somebody as it stands in the outbox and the inbox: kind, moment, facts, link, channels."""
    if account is None:
        return []
    notices = Notice.objects.filter(account=account).order_by("kind", "of_type", "of_id", "instant", "ahead")
    return [
        (one.kind, one.instant, one.ahead, one.facts, one.link,
         sorted(Delivery.objects.filter(notice=one).values_list("channel", "state")))
        for one in notices
    ]  # fmt: skip
