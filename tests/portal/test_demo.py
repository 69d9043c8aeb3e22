"""The demo fund: made once for all of these, through the rooms' own verbs."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fund.accounts.models import Account
from fund.lots.models import Draw
from fund.notices.models import Notice
from grants.applications.models import Application
from grants.calls.models import Call
from grants.reviews.models import Sheet
from portal.demo.cast import CAST, PASSWORD

pytestmark = pytest.mark.xdist_group("demo")


def test_demo_is_a_fund_in_full_swing(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    out = StringIO()

    call_command("demo", json=True, scale=2, stdout=out)

    told = json.loads(out.getvalue())
    assert [one["email"] for one in told["accounts"]] == [player.email for player in CAST]
    assert {one["password"] for one in told["accounts"]} == {PASSWORD}
    assert set(Call.objects.values_list("state", flat=True)) == {
        *("draft", "announced", "open", "closed", "judging", "released", "archived", "cancelled")
    }
    assert Application.objects.count() == 2 * 56
    assert set(Application.objects.values_list("state", flat=True)) >= {
        *("draft", "missed", "submitted", "returned", "not_admitted", "admitted", "under_review"),
        *("funded", "reserve", "declined", "withdrawn"),
    }
    assert set(Sheet.objects.values_list("state", flat=True)) >= {
        "invited",
        "accepted",
        "draft",
        "submitted",
        "declined",
        "conflicted",
    }
    assert Notice.objects.filter(kind="applications.closing").count() == 3
    assert Account.objects.get(email=CAST[0].email).check_password(PASSWORD)
    the_lot_is_the_same_each_time_and_told()
    every_page_answers()
    with pytest.raises(CommandError):
        call_command("demo")


def the_lot_is_the_same_each_time_and_told() -> None:
    """Whatever seed was committed the same project wins; the lot, the results and the score lead to one another."""
    draw = Draw.objects.get()
    winner, second = (Application.objects.get(number=one.code) for one in draw.order())
    assert (winner.state, second.state, winner.number < second.number) == ("funded", "reserve", True)
    own = Client()
    own.force_login(second.owner)
    lot, results = draw.get_absolute_url(), reverse("results:published", args=[winner.call.slug])
    assert f'href="{winner.call.get_absolute_url()}"' in own.get(lot).content.decode()
    for path in (results, reverse("results:explain", args=[second.uid])):
        assert f'href="{lot}"' in own.get(path).content.decode()


def every_page_answers() -> None:
    """The pages of all states, in both languages, as a visitor sees them; the page of accounts and letters."""
    visitor = Client()
    paths = ["/demo/?language=en", "/demo/", "/ru/calls/?state=over"]
    for language in ("ru", "en"):
        paths.append(f"/{language}/")
        paths += [f"/{language}/calls/{slug}/" for slug in Call.objects.published().values_list("slug", flat=True)]
    assert {path: visitor.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    for player in CAST:
        browser = Client()
        browser.force_login(Account.objects.get(email=player.email))
        assert browser.get("/ru/desk/").status_code == 200


def test_the_page_shows_the_letter_that_opens_a_new_account(db, client, settings):
    """Its notice holds a link and no facts: without it nobody could register in the demo."""
    settings.DEMO = True

    client.post("/ru/account/signup/", {"email": "new@example.org"})
    page = client.get("/demo/").content.decode()

    link = re.search(r"http\S+(/ru/account/confirm-email/\S+/)", page)
    assert link
    assert client.get(link[1]).status_code == 200


def test_demo_refuses_a_database_that_holds_people(applicant):
    with pytest.raises(CommandError):
        call_command("demo")


def test_demo_refuses_production(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("demo")


def test_demo_dates_lie_around_today():
    from grants.calls.regulation import read_regulation
    from portal.demo.calls import YARDS, yard_text

    now = timezone.now()

    texts = [read_regulation(key, yard_text(now, key), prove=False) for key in YARDS]

    assert [text.call.key for text in texts] == list(YARDS)
